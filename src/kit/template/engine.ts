/** LiquidJS with the doors closed: no partials, no files, no raw output, everything counted. */
import { CaptureTag, Context, Liquid, type Template, toValueSync } from 'liquidjs/dist/liquid.browser.mjs'
import { BoundedText, Budget } from './bounds.ts'

/** Characters of a template. */
export const MAX_SOURCE = 100_000
/** They read other templates; there are none. */
const NO_TAGS = ['include', 'render', 'layout', 'block']
const MOST_ENGINES = 40

export interface EngineKind {
  html: boolean
  timeZone: string
}

export interface Rendering {
  strict: boolean
  /** What `now` and `today` mean to the `date` filter: milliseconds. */
  now: number | null
}

const engines = new Map<string, Liquid>()

/** One engine a zone and kind of text: making one costs more than rendering. */
export function engineFor(kind: EngineKind): Liquid {
  const key = JSON.stringify(kind)
  const known = engines.get(key)
  if (known) return known
  if (engines.size >= MOST_ENGINES) engines.clear()
  const made = makeEngine(kind)
  engines.set(key, made)
  return made
}

/** Plain JSON in, text out. Throws what LiquidJS throws, and `TooMuch`. */
export function renderParsed(
  engine: Liquid,
  templates: Template[],
  data: Record<string, unknown>,
  { strict, now }: Rendering,
): string {
  const limits = { memoryLimit: Budget.ofMaterial(), renderLimit: Budget.ofNodes(), liquid: engine }
  const context = new Context(data, engine.options, { sync: true, strictVariables: strict }, limits as never)
  if (now !== null) context.getRegister<{ now: number }>('clock', { now })
  const out = new BoundedText(textOf)
  toValueSync(engine.renderer.renderTemplates(templates, context, out))
  return out.buffer
}

function makeEngine({ html, timeZone }: EngineKind): Liquid {
  const engine = new Liquid({
    cache: false,
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    lenientIf: true,
    parseLimit: MAX_SOURCE,
    timezoneOffset: timeZone,
    ...(html ? { outputEscape: escaped } : {}),
  })
  for (const name of NO_TAGS) delete (engine.tags as Record<string, unknown>)[name]
  // it would let values through as they are
  delete (engine.filters as Record<string, unknown>).raw
  engine.registerTag('capture', BoundedCapture as never)
  if (html) escapeOnce(engine)
  followClock(engine)
  return engine
}

/** What is written is escaped anyway, so a template that asks for it too must not get it twice. */
function escapeOnce(engine: Liquid): void {
  const once = { raw: true, handler: (value: unknown) => escaped(value) }
  engine.registerFilter('escape', once)
  engine.registerFilter('h', once)
  engine.registerFilter('xml_escape', once)
  engine.registerFilter('escape_once', {
    raw: true,
    handler: (value: unknown) => escaped(value).replace(/&amp;(#\d+|#x[0-9a-f]+|[a-z]+);/gi, '&$1;'),
  })
  engine.registerFilter('newline_to_br', {
    raw: true,
    handler: (value: unknown) => escaped(value).replace(/\r?\n/g, '<br />\n'),
  })
}

/** `'now' | date` is the clock of whoever renders, which may be moved. */
function followClock(engine: Liquid): void {
  const plain = engine.filters.date
  if (typeof plain !== 'function') throw new Error('LiquidJS has no date filter')
  engine.registerFilter('date', function date(value: unknown, ...rest: unknown[]) {
    const clock = this.context.getRegister<{ now?: number }>('clock', {})
    const asked = (value === 'now' || value === 'today') && clock.now !== undefined
    return plain.call(this, asked ? new Date(clock.now as number) : value, ...rest)
  })
}

/** What is captured is text in memory like any other. */
class BoundedCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const text = new BoundedText(textOf)
    yield this.liquid.renderer.renderTemplates(this.templates, context, text)
    const scope = (context as unknown as { bottom(): Record<string, unknown> }).bottom()
    scope[this.variable] = text.buffer
  }
}

/** As Liquid prints values: nothing for what is missing, lists joined without a gap. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join('')
  return String(value)
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}

const escaped = (value: unknown): string =>
  textOf(value).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
