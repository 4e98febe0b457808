/** Records named by a delivery, as `Invoice:12`: fetched by id, and when they are gone, looked for among the deleted. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { QbRecord, QuickbooksCalls } from './calls.ts'
import { byIds, knowing } from './lookups.ts'
import type { QbPage } from './page.ts'
import { ENTITIES } from './streams.ts'

/** A delivery may come days late; deletions show for 30. */
const LOOK_BACK_MS = 7 * 86_400_000

/** As one raw page, with the invoices and bills that a payment settles. An id that never was in this company is left out. */
export async function fetchRecords(
  calls: QuickbooksCalls,
  stream: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<string>> {
  const records: QbPage['records'] = []
  const entities = ENTITIES[stream] ?? []
  for (const entity of stream === 'bills' ? [...entities, 'BillPayment'] : entities) {
    const wanted = ids.filter((id) => id.startsWith(`${entity}:`)).map((id) => id.slice(entity.length + 1))
    if (wanted.length === 0) continue
    const found = await ofEntity(calls, entity, wanted, context)
    if (!found.ok) return found
    records.push(...found.value)
  }
  const page = await knowing(calls, records, { again: true, home: null }, context)
  return page.ok ? ok(JSON.stringify(page.value)) : page
}

async function ofEntity(
  calls: QuickbooksCalls,
  entity: string,
  wanted: string[],
  context: ReadContext,
): Promise<Result<QbPage['records']>> {
  const found = await byIds(calls, entity, '*', wanted, context)
  if (!found.ok) return found
  const settled = SETTLES[entity]
  const more = settled
    ? await byIds(
        calls,
        settled,
        '*',
        found.value.flatMap((row) => linkedIds(row, settled)),
        context,
      )
    : ok([])
  if (!more.ok) return more
  const records = [
    // nothing is kept of the payment of a bill but what it did
    ...(entity === 'BillPayment' ? [] : found.value.map((object) => ({ entity, object }))),
    ...more.value.map((object) => ({ entity: settled ?? entity, object })),
  ]
  const known = new Set(found.value.map(({ Id }) => Id))
  const missing = new Set(wanted.filter((id) => !known.has(id)))
  if (missing.size === 0 || entity === 'BillPayment') return ok(records)
  const changed = await calls.changes([entity], context.now - LOOK_BACK_MS, context)
  if (!changed.ok) return changed
  const gone = changed.value.filter(({ object }) => missing.has(object.Id) && object.status === 'Deleted')
  return ok([...records, ...gone])
}

/** What a payment settles. */
const SETTLES: Readonly<Record<string, string>> = { Payment: 'Invoice', BillPayment: 'Bill' }

const lines = z
  .array(z.object({ LinkedTxn: z.array(z.object({ TxnId: z.string(), TxnType: z.string() })).catch([]) }))
  .catch([])

const linkedIds = (row: QbRecord, type: string): string[] => [
  ...new Set(
    lines
      .parse(row.Line)
      .flatMap(({ LinkedTxn }) => LinkedTxn)
      .filter(({ TxnType }) => TxnType === type)
      .map(({ TxnId }) => TxnId),
  ),
]
