/** Finds what belongs together across sources, month by month, and lets people say otherwise. */
import * as z from 'zod'
import { addMonths, businessDay, startOfMonth } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { MoneyLink } from '../domain/money/entries.ts'
import { matchDeposits, matchSales } from '../domain/money/match.ts'
import { factExists, keepLinks, moneyCurrencies } from '../store/money.ts'
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
      const facts = await gatherMoney(db, currency, { from, to: addMonths(from, 1) })
      if (!facts.ok) continue
      const { sales, lines, payouts, deposits, links } = facts.value
      const found = [...matchSales(sales, lines, links), ...matchDeposits(payouts, deposits, links)]
      if (found.length > 0) await db.write([keepLinks(db, found, isoInstant(now))])
      made += found.length
    }
  }
  return made
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
  const [hasLeft, hasRight] = await db.getAll([
    factExists(db, tables[0], left),
    factExists(db, tables[1], right),
  ])
  if (!hasLeft || !hasRight) return fail('not_found', 'not-found', 'One of the two is not in this workspace.')
  const link: MoneyLink = { kind, left, right, rule: 'person', refused: !together }
  const now = services.clock.now()
  const word = together ? 'money.linked' : 'money.unlinked'
  await db.write([
    keepLinks(db, [link], isoInstant(now), actor.id),
    recordAudit(db, now, actor, word, `${left.ext_id} ${right.ext_id}`, { kind }),
  ])
  return ok(link)
}
