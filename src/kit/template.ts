/** Templates that people write: Liquid, over plain data, in a sandbox. */
import type { Template } from 'liquidjs/dist/liquid.browser.mjs'
import { type FieldError, invalid, ok, type Result } from '../platform/result.ts'
import { TooMuch } from './template/bounds.ts'
import { engineFor, MAX_SOURCE, renderParsed } from './template/engine.ts'
import { unsafeLink } from './template/links.ts'

export interface TemplateOptions {
  /** True in previews: a variable that is missing is an error. False when it counts: it is empty text. */
  strict?: boolean
  /** The text is HTML: values are escaped. */
  html?: boolean
  /** The text is one line (a subject, a name): a line break in it is refused, for it could begin a header. */
  line?: boolean
  /** Zone of the `date` filter; UTC when left out. */
  timeZone?: string
  /** What `now` means to the `date` filter, in milliseconds. */
  now?: number
}

/** Characters of the data as JSON. */
const MAX_DATA = 1_000_000
const BREAKS = /[\r\n\u2028\u2029\0]/

/**
 * The text that `source` makes of `data`, which is taken as plain JSON: functions, prototypes and getters do not exist in
 * it. Refused with what is wrong and where (`template`): text that is no Liquid, unknown filters and tags, partials,
 * links that could run code, and templates that take or make too much.
 */
export function renderTemplate(source: string, data: unknown, options: TemplateOptions = {}): Result<string> {
  const plain = plainOf(data)
  if (!plain) return refused('The data is too large for a template, or no plain data.')
  const engine = engineFor({ html: options.html ?? false, timeZone: options.timeZone ?? 'UTC' })
  try {
    const settings = { strict: options.strict ?? false, now: options.now ?? null }
    const text = renderParsed(engine, parsed(source, engine), plain, settings)
    return unfit(text, options) ?? ok(text)
  } catch (error) {
    return refused(reasonOf(error))
  }
}

/** What is wrong with a template before any data: null when it can be rendered. */
export function templateProblem(source: string): FieldError | null {
  try {
    parsed(source, engineFor({ html: false, timeZone: 'UTC' }))
    return null
  } catch (error) {
    return { path: 'template', message: reasonOf(error) }
  }
}

/** The paths of the data that a template reads (`contact.first_name`), each once; none when it cannot be read. */
export function templateVariables(source: string): string[] {
  const engine = engineFor({ html: false, timeZone: 'UTC' })
  try {
    return [...new Set(engine.globalFullVariablesSync(parsed(source, engine)))]
  } catch {
    return []
  }
}

function parsed(source: string, engine: ReturnType<typeof engineFor>): Template[] {
  if (source.length > MAX_SOURCE) throw new TooMuch(`A template holds at most ${MAX_SOURCE} characters.`)
  return engine.parse(source)
}

function plainOf(data: unknown): Record<string, unknown> | null {
  try {
    const text = JSON.stringify(data ?? {})
    if (text === undefined || text.length > MAX_DATA) return null
    const plain: unknown = JSON.parse(text)
    return typeof plain === 'object' && plain !== null ? (plain as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function unfit(text: string, { line }: TemplateOptions): Result<string> | null {
  if (line && BREAKS.test(text))
    return refused('This must be one line; what was filled in holds a line break.')
  const link = text.includes('<') ? unsafeLink(text) : null
  return link === null ? null : refused(`Links may lead to web, mail and phone addresses only: ${link}.`)
}

const refused = (message: string): Result<never> => invalid([{ path: 'template', message }], message)

/** LiquidJS says `..., line:1, col:4`; what it says of itself in brackets is no help to people. */
function reasonOf(error: unknown): string {
  const original = (error as { originalError?: unknown }).originalError
  if (error instanceof TooMuch) return error.message
  if (original instanceof TooMuch) return original.message
  const message = error instanceof Error ? error.message : String(error)
  const [words = '', place] = message.split(/, (?=line:)/)
  const where = /line:(\d+), col:(\d+)/.exec(place ?? '')
  return `${words}${where ? ` (line ${where[1]}, character ${where[2]})` : ''}.`
}
