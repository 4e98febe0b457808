/** Which open invoices are likely to be paid late, and how much money that is. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type BackTest, backTest, Habits, type Outlook } from '../domain/invoice-lateness.ts'
import { type OpenInvoice, openInvoices, paidInvoices } from '../store/invoice-lateness.ts'

/** The most that is learned from, and the most that is judged. */
const MOST_PAID = 10_000
const MOST_OPEN = 500

export interface LateLine extends OpenInvoice {
  /** Null: too little is known of how customers pay. */
  outlook: Outlook | null
}

export interface LateOutlook {
  /** Those with the most money at risk first. */
  lines: LateLine[]
  /** True when there are more open invoices than are judged. */
  more: boolean
  /** Paid invoices that it learns from. */
  learned: number
  /** Money likely to come late, by currency, in 1/10,000: what is owed times the chance. */
  atRisk: { currency: string; owed: number; late: number }[]
  test: BackTest | null
}

export async function readLateOutlook(services: Services, actor: Actor): Promise<Result<LateOutlook>> {
  if (!can(actor, 'foundry:read')) return forbidden('see invoices')
  const db = services.tenant(actor.tenantId)
  const [paid, open] = await db.getAll([paidInvoices(db, MOST_PAID), openInvoices(db, MOST_OPEN + 1)])
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const habits = new Habits()
  for (const invoice of paid) habits.add(invoice)
  const lines = open.slice(0, MOST_OPEN).map((invoice): LateLine => {
    const { customer, due_day: dueDay } = invoice
    return { ...invoice, outlook: habits.outlook({ customer, dueDay }, today) }
  })
  const risk = ({ outlook, outstanding }: LateLine) => (outlook?.chance ?? 0) * outstanding
  return ok({
    lines: lines.toSorted((a, b) => risk(b) - risk(a) || (a.due_day < b.due_day ? -1 : 1)),
    more: open.length > MOST_OPEN,
    learned: paid.length,
    atRisk: Array.from(
      Map.groupBy(lines, ({ currency }) => currency),
      ([currency, own]) => ({
        currency,
        owed: own.reduce((sum, { outstanding }) => sum + outstanding, 0),
        late: Math.round(own.reduce((sum, line) => sum + risk(line), 0)),
      }),
    ),
    test: backTest(paid),
  })
}
