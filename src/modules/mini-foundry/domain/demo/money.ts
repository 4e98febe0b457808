/** The sample shop's money beside its sales: how the provider's balance moved, what the bank booked, what things cost. */
import { addDays, addMonths, daysBetween, startOfMonth } from '../../../../kit/calendar.ts'
import type {
  BankDepositFact,
  BillFact,
  CampaignDayFact,
  DealFact,
  ExpenseFact,
  FactBatch,
  LedgerAccountFact,
  PaymentFact,
  PayoutFact,
  PayoutLineFact,
  SubscriptionChangeFact,
  SubscriptionFact,
} from '../facts.ts'
import { DEMO_DAYS } from './orders.ts'
import type { DemoProfile } from './profiles.ts'
import { type Chance, createChance } from './random.ts'

const dayMs = (day: string): number => Date.parse(`${day}T09:00:00Z`)

/** The Wednesday after the week of a payment. */
export const arrivalOf = (day: string): string => addDays(day, 9 - (daysBetween('2024-01-01', day) % 7))

export function demoMoney(
  profile: DemoProfile,
  today: string,
  book: { payments: PaymentFact[]; payouts: PayoutFact[]; subscriptions: SubscriptionFact[] },
): FactBatch {
  const chance = createChance(profile.seed + 2)
  const first = addDays(today, -DEMO_DAYS)
  const expenses = demoExpenses(profile, first, today, chance)
  const bills = demoBills(profile, first, today, chance)
  const deposits = demoDeposits(profile, book.payouts, today)
  return {
    payoutLines: book.payments.map((payment) => lineOf(payment)),
    deposits,
    expenses,
    bills,
    accounts: demoAccounts(profile, today, { deposits, expenses, bills }),
    spend: demoSpend(profile, first, today, chance),
    deals: demoDeals(profile, first, today, chance),
    subscriptionChanges: book.subscriptions.flatMap((subscription) => changesOf(subscription, today, chance)),
  }
}

function lineOf(payment: PaymentFact): PayoutLineFact {
  const fee = payment.fee ?? 0
  return {
    extId: `move-${payment.extId}`,
    srcUpdatedAt: payment.srcUpdatedAt,
    payoutExtId: `payout-${arrivalOf(payment.businessDay)}`,
    kind: payment.kind,
    amount: payment.amount,
    fee,
    net: payment.amount - fee,
    currency: payment.currency,
    paymentExtId: payment.extId,
    orderExtId: payment.orderExtId ?? null,
    happenedAt: payment.happenedAt,
    businessDay: payment.businessDay,
    availableDay: arrivalOf(payment.businessDay),
    description: payment.orderExtId ? `Order ${payment.orderExtId}` : null,
  }
}

/** The bank books a payout a day later; the newest has not been booked yet, as in any real set of books. */
function demoDeposits(
  profile: DemoProfile,
  payouts: readonly PayoutFact[],
  today: string,
): BankDepositFact[] {
  const arrived = payouts.filter(({ arrivalDay, amount }) => addDays(arrivalDay, 1) < today && amount > 0)
  arrived.sort((a, b) => (a.arrivalDay < b.arrivalDay ? -1 : 1))
  return arrived.slice(0, -1).map(({ amount, arrivalDay }) => {
    const day = addDays(arrivalDay, 1)
    return {
      extId: `deposit-${day}`,
      srcUpdatedAt: dayMs(day),
      amount,
      currency: profile.currency,
      day,
      account: 'Business account',
      memo: `Card payments ${arrivalDay}`,
    }
  })
}

/** Share of a usual month's sales that each cost takes, in thousandths. */
const COSTS = [
  { category: 'Rent', vendor: 'Harbour Estates', share: 60, day: 1 },
  { category: 'Wages', vendor: null, share: 140, day: 28 },
  { category: 'Software', vendor: 'Various', share: 8, day: 5 },
  { category: 'Packaging', vendor: 'Boxes & Co', share: 16, day: 12 },
  { category: 'Insurance', vendor: 'Seaward Mutual', share: 7, day: 20 },
]

const monthlySales = ({ ordersPerDay, products }: DemoProfile): number =>
  ordersPerDay * 30 * 1.7 * (products.reduce((sum, { price }) => sum + price, 0) / products.length)

function demoExpenses(profile: DemoProfile, first: string, today: string, chance: Chance): ExpenseFact[] {
  const base = monthlySales(profile)
  const expenses: ExpenseFact[] = []
  for (let month = startOfMonth(first); month < today; month = addMonths(month, 1)) {
    for (const cost of COSTS) {
      const day = addDays(month, cost.day - 1)
      if (day < first || day >= today) continue
      const amount = Math.round(((base * cost.share) / 1000) * (0.9 + chance.next() * 0.2)) * 10_000
      expenses.push({
        extId: `cost-${cost.category}-${day}`,
        srcUpdatedAt: dayMs(day),
        day,
        amount,
        currency: profile.currency,
        category: cost.category,
        vendorName: cost.vendor,
      })
    }
  }
  return expenses
}

function demoBills(profile: DemoProfile, first: string, today: string, chance: Chance): BillFact[] {
  const base = monthlySales(profile)
  const bills: BillFact[] = []
  for (let issued = addDays(first, 5); issued < today; issued = addDays(issued, 15)) {
    const due = addDays(issued, 30)
    const paidDay = addDays(due, chance.whole(-6, 3))
    const isPaid = paidDay < today
    const total = Math.round(base * (0.12 + chance.next() * 0.06)) * 10_000
    bills.push({
      extId: `bill-${issued}`,
      srcUpdatedAt: dayMs(isPaid ? paidDay : issued),
      number: `S-${issued.replaceAll('-', '')}`,
      vendorName: 'North Supply',
      status: isPaid ? 'paid' : 'open',
      currency: profile.currency,
      total,
      paid: isPaid ? total : 0,
      issuedDay: issued,
      dueDay: due,
      paidDay: isPaid ? paidDay : null,
    })
  }
  return bills
}

/** The bank account stands where a comfortable start, all deposits and all that was paid leave it. */
function demoAccounts(
  profile: DemoProfile,
  today: string,
  { deposits, expenses, bills }: { deposits: BankDepositFact[]; expenses: ExpenseFact[]; bills: BillFact[] },
): LedgerAccountFact[] {
  const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0)
  const start = Math.round(monthlySales(profile)) * 10_000
  const came = sum(deposits.map(({ amount }) => amount))
  const went = sum(expenses.map(({ amount }) => amount)) + sum(bills.map(({ paid }) => paid))
  const owed = sum(bills.map(({ total, paid }) => total - paid))
  const day = addDays(today, -1)
  const account = (name: string, type: LedgerAccountFact['type'], balance: number): LedgerAccountFact => ({
    extId: `account-${type}`,
    srcUpdatedAt: dayMs(today),
    name,
    type,
    balance,
    currency: profile.currency,
    day,
  })
  return [
    account('Business account', 'bank', Math.max(start, start + came - went)),
    account('Suppliers', 'payable', owed),
  ]
}

const CAMPAIGNS = [
  { channel: 'Google Ads', campaign: 'Brand search', share: 12, clickCost: 0.6 },
  { channel: 'Google Ads', campaign: 'Shopping', share: 26, clickCost: 0.9 },
  { channel: 'Meta', campaign: 'New season', share: 22, clickCost: 0.7 },
  { channel: 'Meta', campaign: 'Come back', share: 9, clickCost: 0.5 },
]

function demoSpend(profile: DemoProfile, first: string, today: string, chance: Chance): CampaignDayFact[] {
  const base = monthlySales(profile) / 30
  const order = profile.products.reduce((sum, { price }) => sum + price, 0) / profile.products.length
  const days: CampaignDayFact[] = []
  for (let day = first; day < today; day = addDays(day, 1)) {
    const season = profile.season[Number(day.slice(5, 7)) - 1] ?? 1
    for (const { channel, campaign, share, clickCost } of CAMPAIGNS) {
      const spend = Math.round(((base * season * share) / 1000) * (0.7 + chance.next() * 0.6) * 100) / 100
      const clicks = Math.max(1, Math.round(spend / clickCost))
      const conversions = Math.round(clicks * (0.015 + chance.next() * 0.02))
      days.push({
        extId: `${campaign}:${day}`,
        srcUpdatedAt: dayMs(day),
        day,
        channel,
        campaign,
        spend: Math.round(spend * 10_000),
        clicks,
        impressions: clicks * chance.whole(30, 70),
        conversions,
        conversionValue: Math.round(conversions * order * 1.4 * 10_000),
        currency: profile.currency,
      })
    }
  }
  return days
}

const STAGES = ['Talked to', 'Offer sent', 'Decides']

function demoDeals(profile: DemoProfile, first: string, today: string, chance: Chance): DealFact[] {
  const deals: DealFact[] = []
  for (let day = addDays(first, 8); day < today; day = addDays(day, chance.whole(6, 16))) {
    const firm = chance.pick(profile.firms.length > 0 ? profile.firms : ['A new customer'])
    const closedDay = addDays(day, chance.whole(10, 70))
    const isClosed = closedDay < today
    const isWon = isClosed && chance.happens(0.42)
    deals.push({
      extId: `deal-${day}`,
      srcUpdatedAt: dayMs(isClosed ? closedDay : day),
      name: `${firm}, ${day.slice(0, 7)}`,
      stage: isClosed ? (isWon ? 'Won' : 'Lost') : chance.pick(STAGES),
      status: isClosed ? (isWon ? 'won' : 'lost') : 'open',
      amount: chance.whole(400, 4_800) * 10_000,
      currency: profile.currency,
      createdDay: day,
      closedDay: isClosed ? closedDay : null,
    })
  }
  return deals
}

/** It starts at what it brings now or a little less, may rise once, and ends at nothing. */
function changesOf(subscription: SubscriptionFact, today: string, chance: Chance): SubscriptionChangeFact[] {
  const { extId, customerExtId, currency, monthly, startedDay, canceledDay } = subscription
  const change = (day: string, amount: number): SubscriptionChangeFact => ({
    extId: `${extId}:${day}`,
    srcUpdatedAt: dayMs(day),
    subscriptionExtId: extId,
    customerExtId,
    day,
    monthly: amount,
    currency,
  })
  const raised = addDays(startedDay, chance.whole(90, 400))
  const rises = chance.happens(0.2) && raised < (canceledDay ?? today)
  const before = Math.round(monthly / 12_500) * 10_000
  return [
    change(startedDay, rises ? before : monthly),
    ...(rises ? [change(raised, monthly)] : []),
    ...(canceledDay && canceledDay > startedDay ? [change(canceledDay, 0)] : []),
  ]
}
