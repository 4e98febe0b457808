/** Products of JSON-LD: every block, mended where shops break it, each offer in its role. */
import { parsePriceText } from '../price-text.ts'
import { availabilityOf, type Candidate, gtinOf, noFacts, type ProductFacts, type Role } from './candidate.ts'
import { isCurrencyCode } from './currency.ts'
import { attr, type Page, scriptOf } from './page.ts'

type Node = Record<string, unknown>

export interface Reading {
  candidates: Candidate[]
  facts: ProductFacts | null
}

const MOST_NODES = 5_000

export function readJsonLd(page: Page): Reading {
  const nodes: Node[] = []
  for (const element of page.elements) {
    if (element.name !== 'script' || !/ld\+json/i.test(attr(element, 'type'))) continue
    const value = parseLoosely(scriptOf(element))
    if (value !== undefined) gather(value, nodes, true)
  }
  const products = nodes.filter((node) =>
    typeIs(
      node,
      /^(product|productgroup|individualproduct|productmodel|book|car|vehicle|softwareapplication)$/,
    ),
  )
  const product = mainOf(products, page)
  if (!product) return { candidates: [], facts: null }
  const variants = list(product.hasVariant).filter(isNode)
  const variant = variants.find((one) => fits(one, page)) ?? null
  const chosen = variant ?? product
  const offers = offersOf(chosen).length > 0 ? offersOf(chosen) : variants.flatMap(offersOf)
  // sizes of one thing often stand as products side by side
  const alike = products.filter(
    (one) => one !== product && text(one.name) !== null && text(one.name) === text(product.name),
  )
  const stock = variant ? offers : [...offers, ...alike.flatMap(offersOf)]
  return { candidates: candidatesOf(offers, page), facts: factsOf(product, variant, offers, stock) }
}

/** The text as JSON, after mending what is usually broken; undefined: it is none. */
function parseLoosely(text: string): unknown {
  const cleaned = text
    .replace(/^\uFEFF/, '')
    .replace(/^\s*(<!--|\/\*\s*<!\[CDATA\[\s*\*\/|<!\[CDATA\[|\/\/<!\[CDATA\[)/, '')
    .replace(/(-->|\/\*\s*\]\]>\s*\*\/|\]\]>|\/\/\]\]>)\s*$/, '')
    .trim()
    .replace(/;\s*$/, '')
  const tries = [
    (part: string) => part,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks inside of texts are what is mended
    (part: string) => part.replace(/[\u0000-\u001f]+/g, ' '),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    (part: string) => part.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s*([}\]])/g, '$1'),
    (part: string) => part.replace(/&quot;/g, '"').replace(/&amp;/g, '&'),
    (part: string) => part.replace(/\}\s*\}\s*$/, '}'),
  ]
  for (const mend of tries)
    try {
      return JSON.parse(mend(cleaned))
    } catch {
      // the next way may read it
    }
  return undefined
}

/** Nodes in order, also inside of graphs; not those that stand in lists of others. */
function gather(value: unknown, into: Node[], top: boolean): void {
  if (into.length > MOST_NODES) return
  if (Array.isArray(value)) for (const one of value) gather(one, into, top)
  else if (isNode(value)) {
    into.push(value)
    if (typeIs(value, /^(itemlist|offercatalog|breadcrumblist)$/)) return
    for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemReviewed', 'about'])
      if (value[key] !== undefined) gather(value[key], into, false)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const typeIs = (node: Node, pattern: RegExp): boolean =>
  list(node['@type']).some(
    (type) => typeof type === 'string' && pattern.test(type.replace(/^.*[/:#]/, '').toLowerCase()),
  )

/** The product whose address is the page's, else the first that has an offer, else the first. */
function mainOf(products: readonly Node[], page: Page): Node | null {
  const fitting = products.filter((one) => fits(one, page))
  const offering = (ones: readonly Node[]) =>
    ones.find((one) => offersOf(one).length > 0 || one.hasVariant !== undefined)
  return offering(fitting) ?? offering(products) ?? fitting[0] ?? products[0] ?? null
}

function fits(node: Node, page: Page): boolean {
  const here = page.url
  if (!here) return false
  const offered = offersOf(node).map((offer) => offer.url)
  return [node.url, node['@id'], ...offered].some((one) => {
    if (typeof one !== 'string') return false
    try {
      const there = new URL(one, here)
      const variant = here.searchParams.get('variant')
      if (variant && there.searchParams.get('variant') && there.searchParams.get('variant') !== variant)
        return false
      return (
        there.pathname.replace(/\/$/, '') === here.pathname.replace(/\/$/, '') && there.pathname.length > 1
      )
    } catch {
      return false
    }
  })
}

function offersOf(node: Node): Node[] {
  return list(node.offers)
    .filter(isNode)
    .flatMap((offer) => {
      const inner = list(offer.offers).filter(isNode)
      return typeIs(offer, /^aggregateoffer$/) && inner.length > 0 && offer.lowPrice === undefined
        ? inner
        : [offer]
    })
}

function candidatesOf(offers: readonly Node[], page: Page): Candidate[] {
  const here = offers.filter(
    (offer) => offers.length > 1 && fits({ url: offer.url }, page) && isVariantPage(page),
  )
  const asked = here.length > 0 ? here : offers
  const found = asked.flatMap((offer) => pricesOf(offer, page))
  const current = found.filter(({ role }) => role === 'current')
  // several prices for several variants are a range, and none of them is the price
  const differ = new Set(current.map(({ amount }) => Number(amount))).size > 1
  return differ
    ? found.map((one) => (one.role === 'current' ? { ...one, role: 'range' as const } : one))
    : found
}

const isVariantPage = ({ url }: Page): boolean =>
  Boolean(url && (url.search.length > 1 || url.hash.length > 1))

function pricesOf(offer: Node, page: Page): Candidate[] {
  const currency = codeOf(offer.priceCurrency)
  const made: Candidate[] = []
  const add = (value: unknown, role: Role, code: string | null) => {
    const candidate = candidateOf(value, role, code ?? currency, page)
    if (candidate) made.push(candidate)
  }
  add(offer.price, 'current', null)
  for (const spec of list(offer.priceSpecification).filter(isNode)) {
    const code = codeOf(spec.priceCurrency)
    add(spec.price ?? spec.minPrice, roleOf(spec, made.length > 0), code)
  }
  if (offer.price === undefined && made.length === 0) {
    const [low, high] = [offer.lowPrice, offer.highPrice]
    const same = high === undefined || String(low) === String(high)
    add(low, same ? 'current' : 'range', null)
    if (!same) add(high, 'range', null)
  }
  return made
}

function roleOf(spec: Node, hasCurrent: boolean): Role {
  if (/list|srp|msrp|strikethrough|regular/i.test(String(spec.priceType ?? ''))) return 'list'
  if (spec.validForMemberTier !== undefined) return 'member'
  if (
    spec.referenceQuantity !== undefined ||
    (spec.unitCode !== undefined && !/^(c62|h87|ea)$/i.test(String(spec.unitCode)))
  )
    return 'unit'
  return hasCurrent ? 'list' : 'current'
}

const codeOf = (value: unknown): string | null => {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : ''
  return isCurrencyCode(code) ? code : null
}

/** Machines write `1234.5`; shops that write `1.234,50` there are read as people write. */
function candidateOf(value: unknown, role: Role, currency: string | null, page: Page): Candidate | null {
  const raw = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (raw === '') return null
  const amount = /^\d+(\.\d+)?$/.test(raw)
    ? raw
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
        .replace(/^0+(?=\d)/, '')
    : (parsePriceText(raw, { currencyHint: currency, localeHint: page.locale })?.amount ?? null)
  if (amount === null || Number(amount) <= 0) return null
  return { source: 'json-ld', role, amount, currency, raw }
}

function factsOf(
  product: Node,
  variant: Node | null,
  offers: readonly Node[],
  stock: readonly Node[],
): ProductFacts {
  const one = (name: string) => text(variant?.[name]) ?? text(product[name])
  const gtins = ['gtin', 'gtin13', 'gtin14', 'gtin12', 'gtin8', 'isbn', 'ean', 'upc'].map(one)
  const ids = [text(product.productID)].filter((id) => id !== null && /^(isbn|ean|gtin|upc):/i.test(id))
  const states = new Set(stock.flatMap((offer) => availabilityOf(text(offer.availability) ?? '') ?? []))
  return {
    ...noFacts('json-ld'),
    name: one('name'),
    brand: text(product.brand) ?? text(product.manufacturer),
    sku: one('sku') ?? text(offers[0]?.sku),
    mpn: one('mpn') ?? text(offers[0]?.mpn),
    gtin: [...gtins, ...ids].flatMap((id) => (id ? (gtinOf(id) ?? []) : []))[0] ?? null,
    // one variant that can be had is enough
    availability: states.has('in_stock') ? 'in_stock' : ([...states][0] ?? null),
  }
}

function text(value: unknown): string | null {
  if (Array.isArray(value)) return text(value[0])
  if (isNode(value)) return text(value.name ?? value['@value'] ?? value.value)
  const words = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return words === '' ? null : words
}
