/** Finds what belongs together across sources, month by month, and lets people say otherwise. */
import * as z from 'zod'
import {
  addDays,
  addMonths,
  businessDay,
  type DayRange,
  daysBetween,
  startOfMonth,
} from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { MoneyLink } from '../domain/money/entries.ts'
import { matchDeposits, matchSales } from '../domain/money/match.ts'
import { keepLinks, keepWord, linkable, moneyCurrencies, wordsAgainst } from '../store/money.ts'
import { gatherMoney } from './money-facts.ts'

/** New payouts and deposits concern these last months; what is older was matched in its time. */
const MONTHS_BACK = 3
/** After a backfill everything is new. */
const ALL_MONTHS = 26

/** Idempotent: links that are there stay, and a second run over the same rows finds nothing new. Answers how many it made. */
export async function matchMoney(
  services: Services,
  actor: Actor,
  scope: 'recent' | 'all' = 'recent',
): Promise<number> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const thisMonth = startOfMonth(businessDay(now, actor.workspace.timeZone))
  const currencies = await db.get(moneyCurrencies(db))
  let made = 0
  for (const { currency } of currencies) {
    for (let back = 0; back < (scope === 'all' ? ALL_MONTHS : MONTHS_BACK); back++) {
      const from = addMonths(thisMonth, -back)
      made += await matchStretch(services, actor, currency, { from, to: addMonths(from, 1) })
    }
  }
  return made
}

/** What is too much for one look is looked at in halves. */
async function matchStretch(
  services: Services,
  actor: Actor,
  currency: string,
  range: DayRange,
): Promise<number> {
  const db = services.tenant(actor.tenantId)
  const facts = await gatherMoney(db, currency, range)
  if (!facts.ok) {
    const days = daysBetween(range.from, range.to)
    if (days < 2) {
      services.log.warn('money.unmatched', { from: range.from, reason: facts.error.slug })
      return 0
    }
    const middle = addDays(range.from, Math.floor(days / 2))
    const first = await matchStretch(services, actor, currency, { from: range.from, to: middle })
    return first + (await matchStretch(services, actor, currency, { from: addDays(middle, 1), to: range.to }))
  }
  const { sales, lines, payouts, deposits, links } = facts.value
  const found = [...matchSales(sales, lines, links), ...matchDeposits(payouts, deposits, links)]
  if (found.length > 0) await db.write(keepLinks(db, found, isoInstant(services.clock.now())))
  return found.length
}

/** A source's history has come: what belongs together in it is found once. */
export async function hearReadySource(services: Services, actor: Actor): Promise<void> {
  await services.queue.send({ kind: 'money.match', tenantId: actor.tenantId, all: true })
}

const key = z.strictObject({ source_id: z.string().min(1).max(80), ext_id: z.string().min(1).max(300) })
const linkInput = z.strictObject({
  kind: z.enum(['order_payment', 'payout_deposit']),
  left: key,
  right: key,
  /** False: these do not belong together, and are never paired again by themselves. */
  together: z.boolean().default(true),
})

/** A person's word on a pair holds over every rule, and can be taken back by the opposite word. */
export async function linkMoney(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<MoneyLink>> {
  if (!can(actor, 'foundry:write')) return forbidden('say what belongs together')
  const parsed = linkInput.safeParse(input)
  if (!parsed.success) {
    return invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const { kind, left, right, together } = parsed.data
  const db = services.tenant(actor.tenantId)
  const tables =
    kind === 'order_payment' ? (['orders', 'payout_lines'] as const) : (['payouts', 'bank_deposits'] as const)
  const link: MoneyLink = { kind, left, right, rule: 'person', refused: !together }
  const [ofLeft, ofRight, [against]] = await db.getAll([
    linkable(db, tables[0], left),
    linkable(db, tables[1], right),
    wordsAgainst(db, link),
  ])
  if (ofLeft === null || ofRight === null)
    return fail('not_found', 'not-found', 'One of the two is not in this workspace.')
  if (ofLeft !== ofRight) return invalid([{ path: 'right', message: 'The two are in different currencies.' }])
  if (together && (against?.n ?? 0) > 0)
    return fail(
      'conflict',
      'linked-already',
      'Somebody has tied one of the two to something else. Part those first.',
    )
  const now = services.clock.now()
  const word = together ? 'money.linked' : 'money.unlinked'
  await db.write([
    ...keepWord(db, link, actor.id, isoInstant(now)),
    recordAudit(db, now, actor, word, `${left.ext_id} ${right.ext_id}`, { kind }),
  ])
  return ok(link)
}
