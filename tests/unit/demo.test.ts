// The sample shops: the same every time, believable, and adding up.
import { describe, expect, test } from 'vitest'
import { demoLedger } from '../../src/modules/mini-foundry/domain/demo/ledger.ts'
import { demoOrders } from '../../src/modules/mini-foundry/domain/demo/orders.ts'
import { DEMO_CHOICES, DEMO_PROFILES } from '../../src/modules/mini-foundry/domain/demo/profiles.ts'

const TODAY = '2026-11-22'

const shops = Object.values(DEMO_PROFILES).map((profile) => {
  const orders = demoOrders(profile, TODAY)
  return { profile, orders, ledger: demoLedger(profile, TODAY, orders.payments) }
})

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

test('every shop can be chosen', () => {
  expect(DEMO_CHOICES.map(({ id }) => id).sort()).toEqual(Object.keys(DEMO_PROFILES).sort())
})

describe.each(shops)('$profile.name', ({ profile, orders, ledger }) => {
  test('comes out the same every time for the same day', () => {
    expect(demoOrders(profile, TODAY)).toEqual(orders)
    expect(demoLedger(profile, TODAY, orders.payments)).toEqual(ledger)
    expect(demoOrders(profile, '2026-11-23').orders).not.toEqual(orders.orders)
  })

  test('has some 6,000 orders in 24 months up to yesterday, open at local hours', () => {
    expect(orders.orders.length).toBeGreaterThan(5_000)
    expect(orders.orders.length).toBeLessThan(7_500)
    const days = orders.orders.map(({ businessDay }) => businessDay).sort()
    expect([days[0], days.at(-1)]).toEqual(['2024-11-22', '2026-11-21'])
    const everything = [...orders.events, ...orders.payments].map(({ businessDay }) => businessDay)
    expect(everything.filter((day) => day >= TODAY)).toEqual([])
    const hour = new Intl.DateTimeFormat('en', {
      timeZone: profile.timeZone,
      hour: 'numeric',
      hourCycle: 'h23',
    })
    const hours = new Set(
      orders.orders.map(({ orderedAt }) => Number(hour.format(new Date(orderedAt ?? '')))),
    )
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(8)
    expect(Math.max(...hours)).toBeLessThanOrEqual(20)
  })

  test('grows, has seasons, and customers who come back', () => {
    const sold = (year: string) =>
      sum(orders.orders.filter((o) => o.businessDay > year).map(({ net }) => net))
    const first = sum(orders.orders.filter((o) => o.businessDay <= '2025-11-22').map(({ net }) => net))
    expect(sold('2025-11-22') / first).toBeGreaterThan(1.15)
    const inMonths = (months: string[]) =>
      orders.orders.filter((o) => months.includes(o.businessDay.slice(5, 7))).length
    expect(inMonths(['11', '12'])).toBeGreaterThan(inMonths(['06', '07']) * 1.2)
    const perCustomer = orders.orders.length / orders.customers.length
    expect(perCustomer).toBeGreaterThan(1.5)
    expect(perCustomer).toBeLessThan(4)
  })

  test('has 2 to 4 % of refunds, and cancelled orders that do not count', () => {
    const refunded = new Set(orders.events.filter(({ kind }) => kind === 'refund').map((e) => e.orderExtId))
    const share = refunded.size / orders.orders.length
    expect(share).toBeGreaterThanOrEqual(0.015)
    expect(share).toBeLessThanOrEqual(0.04)
    const cancelled = orders.orders.filter(({ status }) => status === 'cancelled').map(({ extId }) => extId)
    expect(cancelled.length).toBeGreaterThan(20)
    const counted = new Set(orders.events.filter((event) => event.counted).map((event) => event.orderExtId))
    expect(cancelled.filter((id) => counted.has(id))).toEqual([])
  })

  test('adds up: orders to their lines and entries, payments to orders, ids only once', () => {
    const lines = new Map<string, number>()
    for (const line of orders.lines)
      lines.set(line.orderExtId, (lines.get(line.orderExtId) ?? 0) + line.total)
    const wrong = orders.orders.filter((order) => lines.get(order.extId) !== order.net)
    expect(wrong).toEqual([])
    const sales = orders.events.filter(({ kind }) => kind === 'sale')
    expect(sum(sales.map(({ net }) => net))).toBe(sum(orders.orders.map(({ net }) => net)))
    const taken = orders.payments.filter(({ kind }) => kind === 'charge')
    expect(taken).toHaveLength(orders.orders.filter(({ status }) => status !== 'cancelled').length)
    const known = new Set(orders.customers.map(({ extId }) => extId))
    expect(orders.orders.filter(({ customerExtId }) => !known.has(customerExtId ?? ''))).toEqual([])
    for (const facts of [...Object.values(orders), ...Object.values(ledger)] as { extId: string }[][]) {
      expect(new Set(facts.map(({ extId }) => extId)).size).toBe(facts.length)
    }
    const whole = orders.events.flatMap(({ net, gross, discount, quantity }) => [
      net,
      gross,
      discount,
      quantity,
    ])
    expect(whole.every(Number.isSafeInteger)).toBe(true)
  })

  test('has overdue invoices, subscriptions that ended, stock that runs low, and payouts', () => {
    const overdue =
      ledger.invoices?.filter(({ status, dueDay }) => status === 'open' && (dueDay ?? '') < TODAY) ?? []
    expect(overdue.length).toBeGreaterThan(0)
    expect(overdue.length).toBeLessThan(20)
    expect(ledger.invoices?.length).toBeGreaterThan(60)
    const ended = ledger.subscriptions?.filter(({ status }) => status === 'canceled') ?? []
    expect(ended.length).toBeGreaterThan(10)
    expect(ledger.subscriptions?.length).toBeGreaterThan(ended.length)
    expect(ledger.inventory?.some(({ onHand }) => onHand < 50_000)).toBe(true)
    const paidOut = sum(ledger.payouts?.map(({ amount }) => amount) ?? [])
    expect(paidOut).toBe(sum(orders.payments.map(({ amount, fee }) => amount - (fee ?? 0))))
  })
})

describe.each(shops)('the money of $profile.name', ({ orders, ledger }) => {
  test('moves as it was paid: the movements of each payout add up to it, and each deposit is one payout', () => {
    const moved = new Map<string, number>()
    for (const line of ledger.payoutLines ?? [])
      moved.set(line.payoutExtId ?? '', (moved.get(line.payoutExtId ?? '') ?? 0) + line.net)
    expect((ledger.payouts ?? []).filter(({ extId, amount }) => moved.get(extId) !== amount)).toEqual([])
    const amounts = (ledger.payouts ?? []).map(({ amount }) => amount)
    expect((ledger.deposits ?? []).every(({ amount }) => amounts.includes(amount))).toBe(true)
    expect((ledger.deposits ?? []).length).toBeLessThan(amounts.length)
  })

  test('has subscriptions whose last change is what they bring now', () => {
    for (const { extId, monthly, status } of ledger.subscriptions ?? []) {
      const own = (ledger.subscriptionChanges ?? []).filter((change) => change.subscriptionExtId === extId)
      const last = own.toSorted((a, b) => (a.day < b.day ? 1 : -1))[0]
      expect([extId, last?.monthly]).toEqual([extId, status === 'canceled' ? 0 : monthly])
    }
  })

  test('has costs, spend, bills and deals on days that are over, and orders that were sent', () => {
    const days = [
      ...(ledger.expenses ?? []).map(({ day }) => day),
      ...(ledger.spend ?? []).map(({ day }) => day),
      ...(ledger.bills ?? []).map(({ issuedDay }) => issuedDay),
      ...(ledger.deals ?? []).map(({ createdDay }) => createdDay),
      ...orders.orders.flatMap(({ fulfilledDay }) => fulfilledDay ?? []),
    ]
    expect(days.length).toBeGreaterThan(8_000)
    expect(days.filter((day) => day >= TODAY)).toEqual([])
    expect(new Set((ledger.spend ?? []).map(({ extId }) => extId)).size).toBe((ledger.spend ?? []).length)
  })
})
