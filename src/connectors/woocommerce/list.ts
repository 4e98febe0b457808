/** Pages of a shop's lists, in the order of their numbers, so that what changes while we read moves nothing past us. */
import { ok, type Result } from '../../platform/result.ts'
import type { PageRequest, ReadContext } from '../../platform/source-reader.ts'
import type { WooCalls } from './calls.ts'
import { listSchema, type WooRecord } from './page.ts'
import { LISTS, type WooList } from './streams.ts'

/** The most that WooCommerce gives at once. */
const PAGE_SIZE = 100

interface Listed {
  rows: WooRecord[]
  /** How many there are in all, as far as the shop says. */
  total: number | null
  isLast: boolean
}

type Query = Readonly<Record<string, string>>

export async function listPage(
  calls: WooCalls,
  { path, fields }: WooList,
  page: number,
  query: Query,
  context: ReadContext,
): Promise<Result<Listed>> {
  const text = new URLSearchParams({
    per_page: String(PAGE_SIZE),
    page: String(page),
    orderby: 'id',
    order: 'asc',
    ...query,
    _fields: fields,
  })
  const answer = await calls.ask({ path: `${path}?${text}` }, listSchema, context)
  if (!answer.ok) {
    // records were deleted meanwhile, and the last page with them
    const isBeyond = page > 1 && answer.error.slug === 'page-beyond'
    return isBeyond ? ok({ rows: [], total: null, isLast: true }) : answer
  }
  const { value: rows, total, pages } = answer.value
  return ok({ rows, total, isLast: pages === null ? rows.length < PAGE_SIZE : page >= pages })
}

/** A list to its end, for those that are short: refunds of one order, variations of one product. */
export async function listAll(
  calls: WooCalls,
  list: WooList,
  context: ReadContext,
  query: Query = {},
): Promise<Result<WooRecord[]>> {
  const rows: WooRecord[] = []
  for (let page = 1; ; page++) {
    const found = await listPage(calls, list, page, query, context)
    if (!found.ok) return found
    rows.push(...found.value.rows)
    if (found.value.isLast) return ok(rows)
  }
}

/**
 * What was created in the window, or changed since its start: an end would hide a record that changes again while we
 * read. WooCommerce means times strictly, by whole seconds.
 */
export function windowOf({ stream, mode, window }: Omit<PageRequest, 'state'>): Query {
  if (stream === 'customers') return { role: 'all' }
  if (stream !== 'orders') return {}
  const after = secondsText(Math.ceil(window.from / 1000) - 1)
  if (mode === 'incremental') return { modified_after: after, dates_are_gmt: 'true' }
  return { after, before: secondsText(Math.ceil(window.to / 1000)), dates_are_gmt: 'true' }
}

const secondsText = (seconds: number): string =>
  new Date(Math.max(0, seconds) * 1000).toISOString().slice(0, 19)

export function listOf(stream: string): WooList {
  const list = LISTS[stream]
  if (!list) throw new Error(`WooCommerce has no list "${stream}".`)
  return list
}
