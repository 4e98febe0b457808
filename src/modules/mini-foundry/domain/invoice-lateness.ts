/**
 * How likely open invoices are paid late, from how their customers paid before. A customer with little past counts as
 * the business's usual one: the share of late payments is drawn towards the share of all by as much as a few invoices
 * would (empirical Bayes with a fixed strength).
 */
import { addDays, daysBetween } from '../../../kit/calendar.ts'

export interface PaidInvoice {
  /** Who paid; the same words for the same customer. */
  customer: string
  issuedDay: string
  dueDay: string
  paidDay: string
}

export interface Outlook {
  /** 0 to 1: paid after its day. */
  chance: number
  /** The day on which it is likely to be paid; null: its usual day has passed already. */
  expectedOn: string | null
  /** What the customer's own past holds. */
  past: { paid: number; late: number; averageDays: number | null }
}

export interface BackTest {
  /** Invoices that could have been judged on their day of issue. */
  judged: number
  /** Mean squared error of the chance (Brier 1950); 0 is never wrong. */
  error: number
  /** The same of somebody who says the share of all late invoices for each. */
  usualError: number
}

/** Fewer paid invoices than this say nothing about a business. */
export const FEWEST = 10
/** As many invoices of the business's usual kind are added to each customer's own. */
export const STRENGTH = 4
/** A day of payment farther off than this is a correction of the books, not a habit. */
const FARTHEST_DAYS = 365

interface Sums {
  paid: number
  late: number
  days: number
}

/** What is known of who pays how, grown invoice by invoice. */
export class Habits {
  readonly #all: Sums = { paid: 0, late: 0, days: 0 }
  readonly #by = new Map<string, Sums>()

  add({ customer, dueDay, paidDay }: PaidInvoice): void {
    const days = Math.max(-FARTHEST_DAYS, Math.min(FARTHEST_DAYS, daysBetween(dueDay, paidDay)))
    const own = this.#by.get(customer) ?? { paid: 0, late: 0, days: 0 }
    this.#by.set(customer, own)
    for (const sums of [own, this.#all]) {
      sums.paid += 1
      sums.late += days > 0 ? 1 : 0
      sums.days += days
    }
  }

  get paid(): number {
    return this.#all.paid
  }

  /** Share of all paid invoices that came late; 0 without any. */
  get usual(): number {
    return this.#all.paid > 0 ? this.#all.late / this.#all.paid : 0
  }

  chanceOf(customer: string): number {
    const { paid, late } = this.#of(customer)
    return (late + STRENGTH * this.usual) / (paid + STRENGTH)
  }

  /** Null while too little is known of the business. */
  outlook(invoice: { customer: string; dueDay: string }, today: string): Outlook | null {
    if (this.paid < FEWEST) return null
    const own = this.#of(invoice.customer)
    const usualDays = this.#all.days / this.#all.paid
    const expected = addDays(
      invoice.dueDay,
      Math.round((own.days + STRENGTH * usualDays) / (own.paid + STRENGTH)),
    )
    const isLate = invoice.dueDay < today
    return {
      chance: isLate ? 1 : this.chanceOf(invoice.customer),
      expectedOn: expected < today ? null : expected,
      past: {
        paid: own.paid,
        late: own.late,
        averageDays: own.paid > 0 ? Math.round(own.days / own.paid) : null,
      },
    }
  }

  #of(customer: string): Sums {
    return this.#by.get(customer) ?? { paid: 0, late: 0, days: 0 }
  }
}

/** Judges each past invoice on the day it was issued, by nothing but what had been paid before; null: too few. */
export function backTest(invoices: readonly PaidInvoice[]): BackTest | null {
  const issued = invoices.toSorted((a, b) => (a.issuedDay < b.issuedDay ? -1 : 1))
  const paid = invoices.toSorted((a, b) => (a.paidDay < b.paidDay ? -1 : 1))
  const habits = new Habits()
  let known = 0
  let [judged, error, usualError] = [0, 0, 0]
  for (const invoice of issued) {
    for (let next = paid[known]; next && next.paidDay < invoice.issuedDay; next = paid[known]) {
      habits.add(next)
      known += 1
    }
    if (habits.paid < FEWEST) continue
    const late = invoice.paidDay > invoice.dueDay ? 1 : 0
    judged += 1
    error += (habits.chanceOf(invoice.customer) - late) ** 2
    usualError += (habits.usual - late) ** 2
  }
  return judged < FEWEST ? null : { judged, error: error / judged, usualError: usualError / judged }
}
