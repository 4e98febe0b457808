/** A page taken apart once: its elements, its texts, its script blocks. */
import { parseDocument } from 'htmlparser2'

/** An element as htmlparser2 makes it. */
export interface Element {
  type: string
  name: string
  attribs: Record<string, string | undefined>
  children: readonly Node[]
  parent: Node | null
}

interface Text {
  type: 'text'
  data: string
}

type Node = Element | Text

const isElement = (node: Node | null | undefined): node is Element =>
  node !== null && node !== undefined && 'attribs' in node && 'children' in node
const isText = (node: Node): node is Text => node.type === 'text'

export interface Page {
  url: URL | null
  /** Every element in the order of the document. */
  elements: readonly Element[]
  title: string
  /** `lang` of the page, as a locale. */
  locale: string | null
  isAmazon: boolean
}

/** Pages beyond this are cut: what sells stands before. */
const MOST_CHARS = 4_000_000

export function readPage(html: string, url: string): Page {
  const document = parseDocument(html.slice(0, MOST_CHARS), { decodeEntities: true, lowerCaseTags: true })
  const elements: Element[] = []
  const stack = ([...document.children] as unknown as Node[]).reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!isElement(node)) continue
    elements.push(node)
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at]
      if (child) stack.push(child)
    }
  }
  const root = elements.find(({ name }) => name === 'html')
  const address = addressOf(url)
  return {
    ...{ url: address, elements },
    title: textOf(elements.find(({ name }) => name === 'title') ?? null),
    locale: localeOf(root?.attribs.lang, address),
    isAmazon: /(^|\.)amazon\.[a-z.]{2,6}$/.test(address?.hostname ?? ''),
  }
}

function addressOf(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}

/** Lands of hosts, for pages that do not say their language. */
const LANDS: Record<string, string> = {
  ...{
    uk: 'en-GB',
    de: 'de-DE',
    at: 'de-AT',
    ch: 'de-CH',
    fr: 'fr-FR',
    it: 'it-IT',
    es: 'es-ES',
    nl: 'nl-NL',
    pl: 'pl-PL',
  },
  ...{
    se: 'sv-SE',
    no: 'nb-NO',
    dk: 'da-DK',
    ca: 'en-CA',
    au: 'en-AU',
    nz: 'en-NZ',
    in: 'en-IN',
    jp: 'ja-JP',
    br: 'pt-BR',
  },
  ...{
    mx: 'es-MX',
    ar: 'es-AR',
    cl: 'es-CL',
    co: 'es-CO',
    pk: 'en-PK',
    cz: 'cs-CZ',
    us: 'en-US',
    sg: 'en-SG',
    hk: 'en-HK',
  },
}

function localeOf(lang: string | undefined, url: URL | null): string | null {
  if (lang && /^[a-z]{2}[-_][A-Za-z]{2}\b/i.test(lang)) return lang.replace('_', '-')
  const ending = url?.hostname.split('.').at(-1) ?? ''
  return LANDS[ending] ?? (lang && /^[a-z]{2}$/i.test(lang) ? lang : null)
}

/** Nodes and characters of one text: what is longer is no price, name or code. */
const MOST_LOOKED = 300
const MOST_TEXT = 5_000

/** Its text, spaces folded, as far as it is looked at; scripts and styles left out. */
export function textOf(element: Element | null): string {
  if (!element) return ''
  const parts: string[] = []
  const stack: Node[] = [element]
  let looked = 0
  for (let node = stack.pop(); node && looked < MOST_LOOKED; node = stack.pop()) {
    looked += 1
    if (isText(node)) parts.push(node.data.slice(0, MOST_TEXT))
    else if (isElement(node) && node.name !== 'script' && node.name !== 'style')
      for (let at = node.children.length - 1; at >= 0; at--) {
        const child = node.children[at]
        if (child) stack.push(child)
      }
  }
  return parts.join(' ').replace(/\s+/g, ' ').trim()
}

/** What a script holds. */
export const scriptOf = (element: Element): string =>
  element.children.map((child) => ('data' in child ? child.data : '')).join('')

export const attr = (element: Element, name: string): string => element.attribs[name] ?? ''

/** Its class, id and the like, in one line of lower case. */
export const marksOf = (element: Element): string =>
  `${attr(element, 'class')} ${attr(element, 'id')} ${attr(element, 'data-testid')} ${attr(element, 'data-test')}`.toLowerCase()

/** From itself outwards. */
export function* around(element: Element, most = 12): Generator<Element> {
  let node: Node | null = element
  for (let n = 0; n < most && isElement(node); n++) {
    yield node
    node = node.parent
  }
}
