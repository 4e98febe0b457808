/** Reads a list behind an address: JSON with any nesting, page by page, or a CSV. */
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { MOST_TABLE_ROWS, type RawTable } from '../../modules/mini-foundry/domain/table-source.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import type { ReadContext, SourceReader } from '../../platform/source-reader.ts'
import { kept } from '../consent.ts'
import { pageOfTable, tableReader } from '../table/stream.ts'
import { csvTable, jsonTable, valueAt } from '../table/table.ts'
import { send, statusFailure } from '../vendor-call.ts'
import { httpHeaders } from './auth.ts'

const MOST_PAGES = 200
const MAX_BYTES = 20 * 1024 * 1024
const PATH = /^\/[^\s\\]{0,1000}$/
const KEYS = /^[\w$-]+(\.[\w$-]+)*$/

/**
 * Settings: `path` below the connection's address; `items`, the path of the list inside the answer; `next`, the path of
 * the next page's address or cursor inside the answer; `cursor`, the parameter that a cursor goes into; or `page`, the
 * parameter that counts pages from 1.
 */
export const httpReader = (rules: FetchRules): SourceReader<FactBatch> =>
  tableReader({
    kind: 'http',
    name: 'Other system (HTTP API)',
    settingsFields: [
      { name: 'path', label: 'Path of the list', placeholder: '/orders' },
      {
        name: 'items',
        label: 'Where the list is in the answer',
        hint: 'Names from the outside in, with points between. Empty: the answer is the list.',
        placeholder: 'data.orders',
        optional: true,
      },
      {
        name: 'page',
        label: 'Parameter that counts pages',
        hint: 'When pages are numbered from 1.',
        placeholder: 'page',
        optional: true,
      },
      {
        name: 'next',
        label: 'Where the next page is in the answer',
        hint: 'An address, or a cursor.',
        placeholder: 'meta.next',
        optional: true,
      },
      {
        name: 'cursor',
        label: 'Parameter that the cursor goes into',
        placeholder: 'after',
        optional: true,
      },
    ],
    fault: (settings) => {
      const text = (name: string) => String(settings[name] ?? '')
      if (!PATH.test(text('path') || '/'))
        return { path: 'path', message: 'A path starts with a slash, like /orders.' }
      for (const path of ['items', 'next']) {
        if (text(path) && !KEYS.test(text(path)))
          return { path, message: 'Write the names from the outside in, with points between: data.orders' }
      }
      for (const path of ['cursor', 'page']) {
        if (text(path) && !/^[\w[\].-]{1,60}$/.test(text(path)))
          return { path, message: 'Write the name of the parameter, like page.' }
      }
      return null
    },
    read: async (_request, context) => pageOfTable(await readJson(rules, context)),
  })

/** One CSV behind one address; its settings hold the path, the connection the host. */
export const csvUrlReader = (rules: FetchRules): SourceReader<FactBatch> =>
  tableReader({
    kind: 'csv_url',
    name: 'CSV by address',
    settingsFields: [{ name: 'path', label: 'Path of the file', placeholder: '/export/orders.csv' }],
    fault: (settings) =>
      PATH.test(String(settings.path ?? ''))
        ? null
        : { path: 'path', message: 'Write the address of the file.' },
    async read(_request, context) {
      const url = `${kept(context.credentials, 'baseUrl')}${String(context.settings.path ?? '')}`
      const answer = await get(rules, context, url, 'text/csv, text/plain;q=0.9, */*;q=0.5', 5)
      if (!answer.ok) return answer
      if (/^\s*<(!doctype|html)/i.test(answer.value.text)) return notCsv()
      return pageOfTable(csvTable(answer.value.text))
    },
  })

const notCsv = () =>
  fail(
    'invalid',
    'not-a-csv',
    'The address answers with a web page instead of a CSV. For a Google sheet use File, Share, Publish to web, and choose CSV.',
  )

async function readJson(rules: FetchRules, context: ReadContext): Promise<Result<RawTable>> {
  const { settings } = context
  const base = kept(context.credentials, 'baseUrl')
  const items: unknown[] = []
  let characters = 0
  let next: string | null = `${base}${String(settings.path ?? '')}`
  for (let page = 1; next !== null; page++) {
    if (page > MOST_PAGES)
      return fail(
        'invalid',
        'pages-endless',
        `There are more than ${MOST_PAGES} pages. Check what leads to the next one.`,
      )
    const answer = await get(rules, context, withPage(next, settings, page), 'application/json', 0)
    if (!answer.ok) return answer
    characters += answer.value.text.length
    if (characters > MAX_BYTES)
      return fail(
        'too_large',
        'list-too-large',
        'The list is too large to read at once. Ask the API for less, for example for the last year.',
      )
    const body = parse(answer.value.text)
    if (body === undefined)
      return fail('invalid', 'not-json', 'The address does not answer with JSON. Check the path.')
    const list = valueAt(body, String(settings.items ?? ''))
    if (!Array.isArray(list))
      return fail(
        'invalid',
        'no-list',
        `There is no list at "${settings.items || 'the top'}" of the answer. It holds: ${namesOf(body)}.`,
      )
    items.push(...list)
    if (items.length > MOST_TABLE_ROWS) break
    next = nextOf(next, base, settings, body, list.length)
  }
  return jsonTable(items)
}

function withPage(url: string, { page: name }: Record<string, unknown>, page: number): string {
  if (!name) return url
  const counted = new URL(url)
  counted.searchParams.set(String(name), String(page))
  return counted.toString()
}

/** The address of the next page, or null at the end. A page elsewhere is never followed: the key would go along. */
function nextOf(
  url: string,
  base: string,
  settings: Record<string, unknown>,
  body: unknown,
  got: number,
): string | null {
  if (settings.page) return got > 0 ? url : null
  if (!settings.next) return null
  const value = valueAt(body, String(settings.next))
  if (value === null || value === undefined || value === '' || value === false) return null
  if (settings.cursor) {
    const address = new URL(url)
    if (address.searchParams.get(String(settings.cursor)) === String(value)) return null
    address.searchParams.set(String(settings.cursor), String(value))
    return address.toString()
  }
  if (!URL.canParse(String(value), url)) return null
  const address = new URL(String(value), url)
  return address.origin === new URL(base).origin && address.toString() !== url ? address.toString() : null
}

async function get(rules: FetchRules, context: ReadContext, url: string, accept: string, redirects: number) {
  const vendor = new URL(url).host
  const answer = await send({
    vendor,
    url,
    headers: { ...httpHeaders(context.credentials), Accept: accept },
    rules: { ...rules, redirects, maxBytes: MAX_BYTES },
  })
  if (!answer.ok) return answer
  const failure = statusFailure(vendor, answer.value.status, answer.value.headers)
  return failure ? { ok: false as const, error: failure } : ok(answer.value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const namesOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.keys(body).slice(0, 10).join(', ') || 'nothing'
    : Array.isArray(body)
      ? 'a list (leave the field empty)'
      : 'no object'
