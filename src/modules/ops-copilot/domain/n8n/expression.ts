/** Expressions of n8n as templates: paths, a few text functions, joining and falling back. The rest is left to a person. */
import { dateFormatOf, filterOf, quoted } from './filters.ts'

/** Where the fields of a node's data stand for us; null node: the data that comes in. */
export type Source = (node: string | null, path: readonly string[]) => string | null

interface Value {
  /** Exactly one path and nothing else. */
  path: string | null
  /** Liquid within braces; null: it cannot be said as one. */
  inner: string | null
  /** As text of a template. */
  text: string
}

export interface Translated {
  text: string
  /** The path, when it is one and nothing else. */
  path: string | null
  /** Expressions that no template can say, as they were. */
  unread: string[]
}

const MOST_TEXT = 100_000

/** `=Hello {{ $json.name }}` becomes `Hello {{ trigger.name }}`; text without `=` stays as it is, its braces made safe. */
export function templateOf(value: string, source: Source): Translated {
  if (!value.startsWith('=')) return { text: safe(value), path: null, unread: [] }
  const unread: string[] = []
  let path: string | null = null
  const body = value.slice(1, MOST_TEXT)
  const parts = body.split(/(\{\{(?:(?!\{\{)[\s\S])*?\}\})/).map((part, at) => {
    if (at % 2 === 0) return safe(part)
    const inside = part.slice(2, -2).trim()
    const read = readExpression(inside, source)
    if (!read) {
      unread.push(inside)
      return `[${safe(inside)}]`
    }
    path = read.path
    return read.text
  })
  const alone = parts.length === 3 && parts[0]?.trim() === '' && parts[2]?.trim() === ''
  return { text: alone ? (parts[1] ?? '') : parts.join(''), path: alone ? path : null, unread }
}

/** Braces that were no expression must not become one. */
const safe = (text: string): string =>
  text.replace(/\{\{/g, '{ {').replace(/\{%/g, '{ %').replace(/\}\}/g, '} }')

type Token = { kind: 'name' | 'text' | 'number' | 'sign'; value: string }

function tokensOf(code: string): Token[] | null {
  const tokens: Token[] = []
  const pattern =
    /\s*(?:([A-Za-z_$][\w$]*)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\d+(?:\.\d+)?)|(\?\.|\|\||\?\?|[.()[\]+,{}:]))/y
  let at = 0
  const end = code.trimEnd().length
  while (at < end) {
    pattern.lastIndex = at
    const match = pattern.exec(code)
    if (!match) return null
    const [, name, single, double, number, sign] = match
    const text = single ?? double
    if (name !== undefined) tokens.push({ kind: 'name', value: name })
    else if (text !== undefined)
      tokens.push({ kind: 'text', value: text.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c)) })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number })
    else tokens.push({ kind: 'sign', value: sign === '?.' ? '.' : (sign ?? '') })
    at = pattern.lastIndex
  }
  return tokens
}

/** Null: it cannot be said in a template. */
export function readExpression(code: string, source: Source): Value | null {
  const tokens = tokensOf(code)
  if (!tokens || tokens.length > 200) return null
  const reader = new Reader(tokens, source)
  const value = reader.either()
  return value && reader.isDone() ? value : null
}

class Reader {
  private at = 0
  private readonly tokens: Token[]
  private readonly source: Source
  constructor(tokens: Token[], source: Source) {
    this.tokens = tokens
    this.source = source
  }

  isDone(): boolean {
    return this.at === this.tokens.length
  }

  /** `a || 'b'`, `a ?? 'b'`. */
  either(): Value | null {
    let left = this.sum()
    while (left && (this.eat('||') || this.eat('??'))) {
      const right = this.sum()
      if (!right || left.inner === null || right.inner === null || right.inner.includes('|')) return null
      left = filtered(left, `default: ${right.inner}`)
    }
    return left
  }

  /** Texts one after another. */
  private sum(): Value | null {
    let left = this.postfix()
    while (left && this.eat('+')) {
      const right = this.postfix()
      if (!right) return null
      left = { path: null, inner: null, text: left.text + right.text }
    }
    return left
  }

  private postfix(): Value | null {
    const begun = this.primary()
    let value = begun
    while (value) {
      if (this.eat('.')) value = this.method(value)
      else if (this.peek('[')) value = this.index(value)
      else return value
    }
    return null
  }

  private primary(): Value | null {
    const token = this.tokens[this.at++]
    if (!token) return null
    if (token.kind === 'text') return literal(token.value)
    if (token.kind === 'number') return { path: null, inner: token.value, text: token.value }
    if (token.kind === 'sign') {
      if (token.value !== '(') return null
      const inside = this.either()
      return inside && this.eat(')') ? inside : null
    }
    return this.named(token.value)
  }

  private named(name: string): Value | null {
    switch (name) {
      case '$json':
        return this.reach(null)
      case '$now':
      case '$today':
        return moment(name === '$today' ? '%Y-%m-%d' : '%Y-%m-%dT%H:%M:%S')
      case 'DateTime':
        return this.words('.', 'now', '(', ')') ? moment('%Y-%m-%dT%H:%M:%S') : null
      case '$':
        return this.nodeNamed('(', ')')
      case '$node':
        return this.nodeNamed('[', ']')
      case '$input':
        return this.item() ? this.reach(null) : null
      case 'JSON': {
        if (!this.words('.', 'stringify', '(')) return null
        const inside = this.either()
        return inside && inside.inner !== null && this.eat(')') ? filtered(inside, 'json') : null
      }
      case 'true':
      case 'false':
        return { path: null, inner: name, text: name }
      default:
        return null
    }
  }

  /** `('Name').item.json.a`, `["Name"].json.a`. */
  private nodeNamed(open: string, close: string): Value | null {
    if (!this.eat(open)) return null
    const name = this.tokens[this.at++]
    if (name?.kind !== 'text' || !this.eat(close)) return null
    if (open === '[')
      return this.words('.', 'json') || this.words('.', 'data') ? this.reach(name.value) : null
    return this.item() ? this.reach(name.value) : null
  }

  /** `.item.json`, `.first().json`, `.all()[0].json`. */
  private item(): boolean {
    const ways = [
      ['.', 'item'],
      ['.', 'first', '(', ')'],
      ['.', 'last', '(', ')'],
      ['.', 'all', '(', ')', '[', '0', ']'],
    ]
    return ways.some((way) => this.words(...way)) && this.words('.', 'json')
  }

  /** The longest run of names behind it that are fields and no functions. */
  private reach(node: string | null): Value | null {
    const path: string[] = []
    for (;;) {
      const [dot, name, after] = [this.tokens[this.at], this.tokens[this.at + 1], this.tokens[this.at + 2]]
      if (dot?.value === '.' && dot.kind === 'sign' && name?.kind === 'name' && after?.value !== '(') {
        if (name.value === 'length') break
        path.push(name.value)
        this.at += 2
      } else if (dot?.value === '[' && dot.kind === 'sign' && after?.value === ']') {
        if (name?.kind !== 'text' && name?.kind !== 'number') return null
        path.push(name.value)
        this.at += 3
      } else break
    }
    const found = this.source(node, path)
    if (found === null || !OUR_PATH.test(found)) return null
    return { path: found, inner: found, text: `{{ ${found} }}` }
  }

  private index(value: Value): Value | null {
    this.at += 1
    const number = this.tokens[this.at++]
    if (number?.kind !== 'number' || !this.eat(']')) return null
    return number.value === '0' ? filtered(value, 'first') : null
  }

  private method(value: Value): Value | null {
    const name = this.tokens[this.at++]
    if (name?.kind !== 'name') return null
    if (name.value === 'length') return filtered(value, 'size')
    const given = this.given()
    if (!given) return null
    const filter = filterOf(name.value, given)
    if (filter === '') return value
    if (filter !== null) return filtered(value, filter)
    const format = given[0]
    const isMoment = value.path === null && value.inner?.startsWith("'now' | date:")
    if (isMoment && (name.value === 'format' || name.value === 'toFormat') && format) return momentAs(format)
    return null
  }

  /** Plain values between braces. */
  private given(): string[] | null {
    if (!this.eat('(')) return null
    const given: string[] = []
    while (!this.eat(')')) {
      const token = this.tokens[this.at++]
      if (token?.kind !== 'text' && token?.kind !== 'number') return null
      given.push(token.value)
      if (!this.eat(',') && !this.peek(')')) return null
    }
    return given
  }

  private peek(value: string): boolean {
    const token = this.tokens[this.at]
    return token?.value === value && token.kind === 'sign'
  }

  private eat(value: string): boolean {
    if (!this.peek(value)) return false
    this.at += 1
    return true
  }

  private words(...values: string[]): boolean {
    if (!values.every((value, at) => this.tokens[this.at + at]?.value === value)) return false
    this.at += values.length
    return true
  }
}

/** Letters, digits, underscores and dashes between dots. */
const OUR_PATH = /^[A-Za-z_]\w*(\.[\w-]+)*$/

const literal = (text: string): Value => {
  const isPlain = !/[{}]/.test(text)
  return { path: null, inner: isPlain ? quoted(text) : null, text: safe(text) }
}

function filtered(value: Value, filter: string): Value | null {
  if (value.inner === null) return null
  const inner = `${value.inner} | ${filter}`
  return { path: null, inner, text: `{{ ${inner} }}` }
}

const moment = (format: string): Value => {
  const inner = `'now' | date: '${format}'`
  return { path: null, inner, text: `{{ ${inner} }}` }
}

/** Luxon's letters as those of the `date` filter. */
function momentAs(format: string): Value | null {
  const made = dateFormatOf(format)
  return made === null ? null : moment(made)
}
