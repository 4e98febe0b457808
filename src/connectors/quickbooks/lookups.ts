/** What the records of a page only name by an id: days of payments, uses of accounts, the currency of the books. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import { unreadable } from '../vendor-call.ts'
import type { QbRecord, QuickbooksCalls } from './calls.ts'
import type { QbPage } from './page.ts'

/** Ids in one query: the address stays short enough for every proxy. */
const AT_ONCE = 150

/** The records with everything that `normalise` needs to read them. */
export async function knowing(
  calls: QuickbooksCalls,
  records: QbPage['records'],
  known: { again: boolean; home: string | null },
  context: ReadContext,
): Promise<Result<QbPage>> {
  const days = await daysOf(calls, records, context)
  if (!days.ok) return days
  const accounts = await accountsOf(calls, records, context)
  if (!accounts.ok) return accounts
  const home =
    known.home === null && records.some(isForeign) ? await homeCurrency(calls, context) : ok(known.home)
  if (!home.ok) return home
  return ok({
    readAt: context.now,
    again: known.again,
    home: home.value,
    days: days.value,
    accounts: accounts.value,
    records,
  })
}

const linkedSchema = z.array(z.object({ TxnId: z.string(), TxnType: z.string() })).catch([])

/** Days on which settled invoices and bills were paid: they name their payments without a date. */
async function daysOf(
  calls: QuickbooksCalls,
  records: QbPage['records'],
  context: ReadContext,
): Promise<Result<Record<string, string>>> {
  const wanted = new Map<string, Set<string>>()
  for (const { entity, object } of records) {
    if (!['Invoice', 'Bill'].includes(entity) || Number(object.Balance ?? 0) !== 0) continue
    for (const { TxnId, TxnType } of linkedSchema.parse(object.LinkedTxn)) {
      const of = TxnType.startsWith('BillPayment') ? 'BillPayment' : TxnType
      if (of === 'Payment' || of === 'BillPayment') wanted.set(of, (wanted.get(of) ?? new Set()).add(TxnId))
    }
  }
  const days: Record<string, string> = {}
  for (const [entity, ids] of wanted) {
    const found = await byIds(calls, entity, 'Id, TxnDate', [...ids], context)
    if (!found.ok) return found
    for (const row of found.value)
      if (typeof row.TxnDate === 'string') days[`${entity}:${row.Id}`] = row.TxnDate
  }
  return ok(days)
}

async function accountsOf(
  calls: QuickbooksCalls,
  records: QbPage['records'],
  context: ReadContext,
): Promise<Result<QbPage['accounts']>> {
  const spending = records.filter(({ entity }) => entity === 'Purchase' || entity === 'JournalEntry')
  const ids = new Set(spending.flatMap(({ object }) => accountRefs(object.Line)))
  const found = await byIds(calls, 'Account', 'Id, AccountType, Classification', [...ids], context)
  if (!found.ok) return found
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return ok(
    Object.fromEntries(
      found.value.map((row) => [
        row.Id,
        { type: text(row.AccountType), classification: text(row.Classification) },
      ]),
    ),
  )
}

const refSchema = z.object({ value: z.string() }).optional().catch(undefined)
const detail = z.object({ AccountRef: refSchema, ItemAccountRef: refSchema }).optional().catch(undefined)
const spendingLines = z
  .array(
    z.object({
      AccountBasedExpenseLineDetail: detail,
      ItemBasedExpenseLineDetail: detail,
      JournalEntryLineDetail: detail,
    }),
  )
  .catch([])

const accountRefs = (lines: unknown): string[] =>
  spendingLines
    .parse(lines)
    .flatMap((line) =>
      Object.values(line).flatMap((one) =>
        [one?.AccountRef, one?.ItemAccountRef].flatMap((ref) => (ref ? [ref.value] : [])),
      ),
    )

const isForeign = ({ object }: QbPage['records'][number]): boolean =>
  typeof object.ExchangeRate === 'string' && Number(object.ExchangeRate) !== 1

const preferences = z.object({
  Preferences: z.object({ CurrencyPrefs: z.object({ HomeCurrency: z.object({ value: z.string() }) }) }),
})

async function homeCurrency(calls: QuickbooksCalls, context: ReadContext): Promise<Result<string | null>> {
  const answer = await calls.get('preferences', {}, context)
  if (!answer.ok) return answer
  const parsed = preferences.safeParse(answer.value)
  return parsed.success
    ? ok(parsed.data.Preferences.CurrencyPrefs.HomeCurrency.value)
    : unreadable('QuickBooks')
}

/** Those of the ids that exist. Ids are digits; anything else is no id of QuickBooks and left out. */
export async function byIds(
  calls: QuickbooksCalls,
  entity: string,
  select: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<QbRecord[]>> {
  const wanted = ids.filter((id) => /^\d{1,20}$/.test(id))
  const found: QbRecord[] = []
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const part = wanted.slice(at, at + AT_ONCE)
    const list = part.map((id) => `'${id}'`).join(', ')
    const active =
      entity === 'Account' || entity === 'Customer' || entity === 'Item' ? ' and Active in (true, false)' : ''
    const answer = await calls.query(
      entity,
      { select, where: `Id in (${list})${active}`, max: 1_000 },
      context,
    )
    if (!answer.ok) return answer
    found.push(...answer.value)
  }
  return ok(found)
}
