/** Addresses in finished HTML: only those that cannot run anything. */

const SAFE = new Set(['http', 'https', 'mailto', 'tel', 'sms', 'cid'])
const ATTRIBUTE =
  /\s(href|src|srcset|action|formaction|background|poster|data|xlink:href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi
const NAMED: Record<string, string> = {
  colon: ':',
  tab: '',
  newline: '',
  amp: '&',
  sol: '/',
  semi: ';',
  nbsp: ' ',
}

/** The first address in `html` whose scheme may run code or hide something, as `name="start of it"`; null when none does. */
export function unsafeLink(html: string): string | null {
  for (const [, name = '', double, single, bare] of html.matchAll(ATTRIBUTE)) {
    const address = double ?? single ?? bare ?? ''
    const scheme = schemeOf(address)
    if (scheme === null || SAFE.has(scheme)) continue
    if (scheme === 'data' && isPicture(name, address)) continue
    return `${name}="${address.trim().slice(0, 40)}"`
  }
  return null
}

/** As a browser reads it: entities decoded, control characters and spaces gone. Null: a relative address. */
function schemeOf(address: string): string | null {
  const plain = decoded(address).replace(/[\p{Cc}\p{Cf}\s]/gu, '')
  return /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1]?.toLowerCase() ?? null
}

const isPicture = (name: string, address: string): boolean =>
  name.toLowerCase() === 'src' && /^\s*data:image\/(png|jpeg|gif|webp);base64,/i.test(address)

const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));?/gi, (whole, hex, decimal, name) => {
    if (hex || decimal) return codePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
    return NAMED[String(name).toLowerCase()] ?? whole
  })

const codePoint = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')
