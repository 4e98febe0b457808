/** Where the money is, and each payout with what it is made of. */
import {
  addDays,
  addMonths,
  businessDay,
  type DayRange,
  daysBetween,
  isDay,
  startOfMonth,
} from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type Bridge, bridgeOf } from '../domain/money/bridge.ts'
import type { BalanceEntry, DepositEntry, FactKey, MoneyLink, PayoutEntry } from '../domain/money/entries.ts'
import { keyOf } from '../domain/money/entries.ts'
import { checkPayout, type PayoutCheck } from '../domain/money/payout-check.ts'
import { depositsOf, linesOfPayouts, linksOf, moneyCurrencies, payoutOf, payoutsOf } from '../store/money.ts'
import { gatherMoney } from './money-facts.ts'

const LONGEST_DAYS = 92

export interface MoneyQuestion {
  from?: string
  to?: string
  currency?: string
}

export interface PayoutLine extends PayoutEntry {
  check: PayoutCheck
  /** The deposit at the bank, as far as it is known. */
  deposit: DepositEntry | null
  rule: MoneyLink['rule'] | null
}

export interface MoneyView {
  range: DayRange
  currency: string
  currencies: string[]
  bridge: Bridge
  payouts: PayoutLine[]
  /** Nothing was ever paid out or booked: there is nothing to follow. */
  isEmpty: boolean
}

/** Without dates: the month before this one. At most 92 days. */
export async function readMoney(
  services: Services,
  actor: Actor,
  question: MoneyQuestion,
): Promise<Result<MoneyView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see where the money is')
  const range = rangeOf(question, businessDay(services.clock.now(), actor.workspace.timeZone))
  if (!range.ok) return range
  const db = services.tenant(actor.tenantId)
  const currencies = (await db.get(moneyCurrencies(db))).map(({ currency }) => currency)
  const currency = question.currency || currencies[0] || actor.workspace.currency
  if (!/^[A-Z]{3}$/.test(currency)) {
    return invalid([{ path: 'currency', message: 'Write a currency as three letters, like USD.' }])
  }
  const facts = await gatherMoney(db, currency, range.value)
  if (!facts.ok) return facts
  const { payouts, deposits, lines, links } = facts.value
  const within = payouts.filter(({ day }) => day >= range.value.from && day <= range.value.to)
  return ok({
    range: range.value,
    currency,
    currencies,
    bridge: bridgeOf(range.value, facts.value),
    payouts: payoutLines(within, { lines, deposits, links }),
    isEmpty: currencies.length === 0,
  })
}

export interface PayoutView {
  payout: PayoutLine & { currency: string; source: string }
  lines: BalanceEntry[]
  /** Deposits that could be this payout, the nearest first, while none is linked. */
  candidates: DepositEntry[]
}

const CANDIDATE_DAYS = 14

export async function readPayout(
  services: Services,
  actor: Actor,
  key: FactKey,
): Promise<Result<PayoutView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see payouts')
  const db = services.tenant(actor.tenantId)
  const payout = await db.get(payoutOf(db, key))
  if (!payout) return notFound('payout')
  const near = { from: addDays(payout.day, -CANDIDATE_DAYS), to: addDays(payout.day, CANDIDATE_DAYS) }
  const [lines, links, deposits, others] = await db.getAll([
    linesOfPayouts(db, [key]),
    linksOf(db, 'payout_deposit', [key]),
    depositsOf(db, payout.currency, near),
    payoutsOf(db, payout.currency, near),
  ])
  const [line] = payoutLines([payout], { lines, deposits, links })
  if (!line) return notFound('payout')
  const otherLinks = await db.get(linksOf(db, 'payout_deposit', others))
  const taken = new Set(otherLinks.filter(({ refused }) => !refused).map(({ right }) => keyOf(right)))
  const candidates = deposits.filter((deposit) => !taken.has(keyOf(deposit)))
  candidates.sort(
    (a, b) =>
      Math.abs(a.amount - payout.amount) - Math.abs(b.amount - payout.amount) ||
      Math.abs(daysBetween(payout.day, a.day)) - Math.abs(daysBetween(payout.day, b.day)),
  )
  return ok({
    payout: { ...payout, ...line },
    lines,
    candidates: line.deposit ? [] : candidates.slice(0, 5),
  })
}

/** All payouts of a stretch of days, the newest first. */
export async function listPayouts(
  services: Services,
  actor: Actor,
  question: MoneyQuestion,
): Promise<Result<{ currency: string; payouts: PayoutLine[] }>> {
  const view = await readMoney(services, actor, question)
  return view.ok ? ok({ currency: view.value.currency, payouts: view.value.payouts }) : view
}

function payoutLines(
  payouts: readonly PayoutEntry[],
  { lines, deposits, links }: { lines: BalanceEntry[]; deposits: DepositEntry[]; links: MoneyLink[] },
): PayoutLine[] {
  const members = Map.groupBy(
    lines.filter((line) => line.payout_ext_id !== null),
    (line) => keyOf({ source_id: line.source_id, ext_id: line.payout_ext_id ?? '' }),
  )
  const booked = new Map(
    links
      .filter((link) => link.kind === 'payout_deposit' && !link.refused)
      .map((link) => [keyOf(link.left), link]),
  )
  const byKey = new Map(deposits.map((deposit) => [keyOf(deposit), deposit]))
  return payouts.map((payout) => {
    const link = booked.get(keyOf(payout))
    return {
      ...payout,
      check: checkPayout(payout, members.get(keyOf(payout)) ?? []),
      deposit: (link && byKey.get(keyOf(link.right))) ?? null,
      rule: link?.rule ?? null,
    }
  })
}

function rangeOf({ from = '', to = '' }: MoneyQuestion, today: string): Result<DayRange> {
  if (!from && !to) {
    const start = addMonths(startOfMonth(today), -1)
    return ok({ from: start, to: addDays(startOfMonth(today), -1) })
  }
  const faults = [
    ...(isDay(from) ? [] : [{ path: 'from', message: 'Write the first day as 2026-01-31.' }]),
    ...(isDay(to) ? [] : [{ path: 'to', message: 'Write the last day as 2026-01-31.' }]),
  ]
  if (faults.length > 0) return invalid(faults)
  if (from > to) return invalid([{ path: 'to', message: 'The last day lies before the first.' }])
  if (daysBetween(from, to) >= LONGEST_DAYS) {
    return invalid([{ path: 'to', message: `Choose at most ${LONGEST_DAYS} days.` }])
  }
  return ok({ from, to })
}
