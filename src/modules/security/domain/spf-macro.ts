/** Macros of SPF (RFC 7208 section 7): their grammar, and their expansion. */

export type SpfMacroToken =
  | string
  | { letter: string; take: number | null; reverse: boolean; delimiters: string }

/** What the letters stand for. `validated` (the letter p) is asked for only where a record uses it. */
export interface SpfMacroFacts {
  sender: string
  localPart: string
  senderDomain: string
  domain: string
  /** Dotted: four decimals, or 32 hexadecimal nibbles. */
  dottedIp: string
  readableIp: string
  version: 'in-addr' | 'ip6'
  helo: string
  receiver: string
  /** Seconds since the epoch, as text. */
  timestamp: string
  validated: () => Promise<string>
}

const MACRO = /^%\{([a-z])(\d*)(r?)([.\-+,/_=]*)\}/i
const ESCAPES: Readonly<Record<string, string>> = { '%%': '%', '%_': ' ', '%-': '%20' }
const DOMAIN_LETTERS = 'slodiphv'
const TEXT_LETTERS = `${DOMAIN_LETTERS}crt`
const END_OF_DOMAIN = /\.(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])\.?$/i
const LONGEST_DOMAIN = 253

/** Tokens of a macro-string; null where the grammar is broken. Explanations also know c, r, t and spaces. */
export function parseMacroString(text: string, place: 'domain' | 'explanation'): SpfMacroToken[] | null {
  const letters = place === 'domain' ? DOMAIN_LETTERS : TEXT_LETTERS
  const literal = place === 'domain' ? /^[!-$&-~]+/ : /^[ -$&-~]+/
  const tokens: SpfMacroToken[] = []
  for (let rest = text; rest !== ''; ) {
    const plain = literal.exec(rest)?.[0]
    const escaped = ESCAPES[rest.slice(0, 2)]
    const macro = MACRO.exec(rest)
    if (plain) tokens.push(plain)
    else if (escaped) tokens.push({ letter: escaped, take: null, reverse: false, delimiters: '' })
    else if (!macro || !letters.includes((macro[1] ?? '').toLowerCase())) return null
    else {
      const [, letter = '', digits = '', reverse, delimiters] = macro
      // RFC 7208 section 7.1: a number of labels is never zero
      if (digits !== '' && Number(digits) === 0) return null
      const take = digits === '' ? null : Number(digits)
      tokens.push({ letter, take, reverse: reverse !== '', delimiters: delimiters || '.' })
    }
    rest = rest.slice((plain ?? (escaped ? '%%' : macro?.[0]) ?? '').length)
  }
  return tokens
}

/** Tokens of a domain-spec: a macro-string that ends in a macro or in a dot and a top label (section 7.1). */
export function parseDomainSpec(text: string): SpfMacroToken[] | null {
  const tokens = parseMacroString(text, 'domain')
  const last = tokens?.at(-1)
  if (!tokens || last === undefined) return null
  return typeof last === 'string' && !END_OF_DOMAIN.test(last) ? null : tokens
}

/** The text with every macro replaced; capital letters are escaped as in an address (RFC 3986). */
export async function expandMacros(tokens: readonly SpfMacroToken[], facts: SpfMacroFacts): Promise<string> {
  let text = ''
  for (const token of tokens) text += typeof token === 'string' ? token : await expand(token, facts)
  return text
}

/** A domain-spec expanded to a name to ask for, without a final dot; labels too many go from the left. */
export async function expandDomain(tokens: readonly SpfMacroToken[], facts: SpfMacroFacts): Promise<string> {
  let name = (await expandMacros(tokens, facts)).replace(/\.$/, '')
  while (name.length > LONGEST_DOMAIN && name.includes('.')) name = name.slice(name.indexOf('.') + 1)
  return name
}

async function expand(token: Exclude<SpfMacroToken, string>, facts: SpfMacroFacts): Promise<string> {
  if (token.delimiters === '') return token.letter
  const parts: string[] = ['']
  for (const char of await meaningOf(token.letter.toLowerCase(), facts)) {
    if (token.delimiters.includes(char)) parts.push('')
    else parts[parts.length - 1] += char
  }
  if (token.reverse) parts.reverse()
  const kept = (token.take === null ? parts : parts.slice(-token.take)).join('.')
  return token.letter === token.letter.toLowerCase() ? kept : escapeForUrl(kept)
}

function meaningOf(letter: string, facts: SpfMacroFacts): string | Promise<string> {
  if (letter === 's') return facts.sender
  if (letter === 'l') return facts.localPart
  if (letter === 'o') return facts.senderDomain
  if (letter === 'd') return facts.domain
  if (letter === 'i') return facts.dottedIp
  if (letter === 'p') return facts.validated()
  if (letter === 'v') return facts.version
  if (letter === 'h') return facts.helo
  if (letter === 'c') return facts.readableIp
  return letter === 'r' ? facts.receiver : facts.timestamp
}

const escapeForUrl = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
