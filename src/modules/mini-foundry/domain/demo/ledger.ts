/** What stands beside the orders: products and stock, invoices (some late), subscriptions that come and go, payouts. */
import { addDays, daysBetween } from '../../../../kit/calendar.ts'
import type { FactBatch, InvoiceFact, PaymentFact, PayoutFact, SubscriptionFact } from '../facts.ts'
import { arrivalOf, demoMoney } from './money.ts'
import { DEMO_DAYS, productId } from './orders.ts'
import type { DemoProfile } from './profiles.ts'
import { type Chance, createChance } from './random.ts'

const dayMs = (day: string): number => Date.parse(`${day}T09:00:00Z`)

export function demoLedger(profile: DemoProfile, today: string, payments: PaymentFact[]): FactBatch {
  const chance = createChance(profile.seed + 1)
  const first = addDays(today, -DEMO_DAYS)
  const stock = stockOf(profile, today, chance)
  const invoices = demoInvoices(profile, first, today, chance)
  const subscriptions = demoSubscriptions(profile, first, today, chance)
  const payouts = demoPayouts(profile, today, payments)
  return {
    products: profile.products.map((sold) => ({
      extId: productId(profile, sold),
      srcUpdatedAt: dayMs(first),
      sku: productId(profile, sold),
      name: sold.name,
      category: sold.category,
      unitPrice: sold.price * 10_000,
      unitCost: sold.cost * 10_000,
      currency: profile.currency,
    })),
    inventory: stock,
    invoices,
    subscriptions,
    payouts,
    ...demoMoney(profile, today, { payments, payouts, subscriptions }),
  }
}

const stockOf = (profile: DemoProfile, today: string, chance: Chance) =>
  profile.products.map((sold) => {
    const onHand = chance.whole(0, 9) === 0 ? chance.whole(0, 4) : chance.whole(12, 160)
    return {
      extId: productId(profile, sold),
      srcUpdatedAt: dayMs(today),
      productExtId: productId(profile, sold),
      location: 'Main',
      onHand: onHand * 10_000,
      available: Math.max(0, onHand - chance.whole(0, 3)) * 10_000,
      day: addDays(today, -1),
    }
  })

/** Each firm gets one a month; most pay near the due day, some late, a few of the latest not yet. */
function demoInvoices(profile: DemoProfile, first: string, today: string, chance: Chance): InvoiceFact[] {
  const invoices: InvoiceFact[] = []
  for (let issued = addDays(first, 20); issued < today; issued = addDays(issued, 30)) {
    for (const firm of profile.firms) {
      const day = addDays(issued, chance.whole(0, 6))
      if (day >= today) continue
      const due = addDays(day, 14)
      const paidDay = addDays(due, chance.happens(0.25) ? chance.whole(4, 40) : chance.whole(-9, 2))
      const isPaid = paidDay < today && !(daysBetween(due, today) < 45 && chance.happens(0.3))
      const total = chance.whole(180, 1900) * 10_000
      const number = `${day.slice(0, 4)}-${String(invoices.length + 1).padStart(4, '0')}`
      invoices.push({
        extId: `I-${number}`,
        srcUpdatedAt: dayMs(isPaid ? paidDay : day),
        number,
        customerName: firm,
        customerEmail: `accounts@${firm
          .toLowerCase()
          .replaceAll('ł', 'l')
          .normalize('NFD')
          .replace(/[^a-z]+/g, '')}.example`,
        status: isPaid ? 'paid' : 'open',
        currency: profile.currency,
        total,
        paid: isPaid ? total : 0,
        issuedDay: day,
        dueDay: due,
        paidDay: isPaid ? paidDay : null,
      })
    }
  }
  return invoices
}

function demoSubscriptions(
  profile: DemoProfile,
  first: string,
  today: string,
  chance: Chance,
): SubscriptionFact[] {
  const subscriptions: SubscriptionFact[] = []
  for (let offset = 0; offset < DEMO_DAYS; offset++) {
    if (!chance.happens(0.16)) continue
    const started = addDays(first, offset)
    const plan = chance.weighted(profile.plans)
    const ends = addDays(started, chance.whole(25, 900))
    const canceled = ends < today && chance.happens(0.7)
    subscriptions.push({
      extId: `S-${subscriptions.length + 1}`,
      srcUpdatedAt: dayMs(canceled ? ends : started),
      customerExtId: `C-${chance.whole(1, 400)}`,
      status: canceled ? 'canceled' : chance.happens(0.04) ? 'past_due' : 'active',
      currency: profile.currency,
      monthly: plan.monthly * 10_000,
      startedDay: started,
      canceledDay: canceled ? ends : null,
      periodEndDay: canceled ? null : addDays(today, chance.whole(1, 30)),
    })
  }
  return subscriptions
}

/** A week's payments less fees, paid out the Wednesday after. */
function demoPayouts(profile: DemoProfile, today: string, payments: PaymentFact[]): PayoutFact[] {
  const weeks = new Map<string, number>()
  for (const payment of payments) {
    const arrival = arrivalOf(payment.businessDay)
    weeks.set(arrival, (weeks.get(arrival) ?? 0) + payment.amount - (payment.fee ?? 0))
  }
  return [...weeks].map(([arrivalDay, amount]) => ({
    extId: `payout-${arrivalDay}`,
    srcUpdatedAt: dayMs(arrivalDay),
    amount,
    currency: profile.currency,
    status: arrivalDay < today ? 'paid' : 'in_transit',
    arrivalDay,
  }))
}
