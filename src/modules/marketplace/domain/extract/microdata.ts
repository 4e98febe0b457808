/** Products of microdata and RDFa, within the item that the page is about; and the meta tags for other sites. */
import { parsePriceText } from '../price-text.ts'
import { availabilityOf, type Candidate, gtinOf, noFacts, type ProductFacts } from './candidate.ts'
import { isCurrencyCode } from './currency.ts'
import type { Reading } from './json-ld.ts'
import { around, attr, type Element, marksOf, type Page, textOf } from './page.ts'

const PRODUCT = /schema\.org\/(Product|IndividualProduct|ProductModel|Book|Vehicle|Car)\b/i
/** Products that stand on a page that is about another. */
const BESIDE = /related|recommend|similar|upsell|cross-?sell|also|carousel|suggest|recently|accessor|bundle/

export function readMicrodata(page: Page): Reading {
  const roots = page.elements.filter(
    (element) =>
      PRODUCT.test(`${attr(element, 'itemtype')} ${attr(element, 'typeof')}`) && !isBeside(element),
  )
  const root =
    roots.find((one) => below(one, page).some((inner) => isProp(inner, 'price'))) ?? roots[0] ?? null
  return root ? readRoot(below(root, page), page) : { candidates: [], facts: null }
}

/** An element with all that stands in it; other products inside of it left out. */
function below(root: Element, page: Page): Element[] {
  const from = page.elements.indexOf(root)
  const found: Element[] = []
  for (const element of page.elements.slice(from)) {
    if (element !== root && !isWithin(element, root)) break
    found.push(element)
  }
  return found
}

function isWithin(element: Element, root: Element): boolean {
  for (const one of around(element, 60)) if (one === root) return true
  return false
}

function readRoot(elements: readonly Element[], page: Page): Reading {
  if (elements.length === 0) return { candidates: [], facts: null }
  const own = elements.filter((element) => !isBeside(element) && !isOld(element))
  const value = (name: string) => {
    const found = own.find((element) => isProp(element, name))
    return found ? contentOf(found) : null
  }
  const currency = codeOf(value('priceCurrency'))
  const prices = own.filter((element) => isProp(element, 'price'))
  const source = 'microdata' as const
  const candidates = prices.flatMap((element): Candidate[] =>
    priceOf(contentOf(element), currency, page, source),
  )
  const low = candidates.length === 0 ? priceOf(value('lowPrice') ?? '', currency, page, source) : []
  const high = Number(priceOf(value('highPrice') ?? '', currency, page, source)[0]?.amount ?? Number.NaN)
  const isRange = low[0] !== undefined && !Number.isNaN(high) && Number(low[0].amount) !== high
  const facts: ProductFacts = {
    ...noFacts(source),
    ...{ name: value('name'), brand: value('brand'), sku: value('sku'), mpn: value('mpn') },
    gtin:
      ['gtin13', 'gtin', 'gtin14', 'gtin12', 'gtin8', 'isbn'].flatMap(
        (name) => gtinOf(value(name) ?? '') ?? [],
      )[0] ?? null,
    availability: availabilityOf(value('availability') ?? ''),
  }
  return {
    candidates: [
      ...lowestFirst(distinct(candidates)),
      ...low.map((one) => ({ ...one, role: isRange ? ('range' as const) : one.role })),
    ],
    facts,
  }
}

/** Each value once. */
const distinct = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter(
    (one, at) => candidates.findIndex(({ amount }) => Number(amount) === Number(one.amount)) === at,
  )

/** Of two prices of one thing the lower one is paid; the other is what it cost before. */
const lowestFirst = (candidates: readonly Candidate[]): Candidate[] =>
  [...candidates]
    .sort((a, b) => Number(a.amount) - Number(b.amount))
    .slice(0, 3)
    .map((one, at) => (at === 0 ? one : { ...one, role: 'list' as const }))

const isProp = (element: Element, name: string): boolean =>
  `${attr(element, 'itemprop')} ${attr(element, 'property').replace(/schema:/g, '')}`
    .split(/\s+/)
    .includes(name)

const isBeside = (element: Element): boolean =>
  [...around(element, 25)].some((one) => BESIDE.test(marksOf(one)))
const isOld = (element: Element): boolean =>
  [...around(element, 4)].some(
    (one) =>
      /^(del|s|strike)$/.test(one.name) ||
      /old|was-|regular|compare|list-price|rrp|msrp|barred|hidden/.test(marksOf(one)),
  )

function contentOf(element: Element): string {
  const said =
    attr(element, 'content') ||
    attr(element, 'value') ||
    (element.name === 'link' ? attr(element, 'href') : '')
  return (said || textOf(element) || attr(element, 'href')).trim()
}

const codeOf = (value: string | null): string | null => {
  const code = (value ?? '').trim().toUpperCase()
  return isCurrencyCode(code) ? code : null
}

function priceOf(raw: string, currency: string | null, page: Page, source: Candidate['source']): Candidate[] {
  if (raw === '') return []
  const parsed = /^\d+\.\d+$/.test(raw)
    ? { amount: raw.replace(/0+$/, '').replace(/\.$/, ''), currency }
    : parsePriceText(raw, { currencyHint: currency, localeHint: page.locale })
  if (!parsed || Number(parsed.amount) <= 0) return []
  return [
    {
      source,
      role: 'current',
      amount: parsed.amount,
      currency: currency ?? parsed.currency,
      raw: raw.slice(0, 200),
    },
  ]
}

const META_PRICE = [
  'product:sale_price:amount',
  'product:price:amount',
  'og:price:amount',
  'product:price',
  'og:price',
  'price',
]
const META_CURRENCY = [
  'product:sale_price:currency',
  'product:price:currency',
  'og:price:currency',
  'og:currency',
  'currency',
]

/** “Price: $294” in the description of a page. */
const IN_WORDS =
  /(?:price|preis|prix|precio|prezzo|pre(?:ç|c)o|cena|價|価格|가격)\s*[:：]\s*(\D{0,4}\d[\d.,]*)/i

/** OpenGraph and the like. */
export function readMeta(page: Page): Reading {
  const held = new Map<string, string>()
  for (const element of page.elements) {
    if (element.name !== 'meta') continue
    const name = (attr(element, 'property') || attr(element, 'name')).toLowerCase()
    const content = attr(element, 'content').trim()
    if (name && content && !held.has(name)) held.set(name, content)
  }
  const first = (names: readonly string[]) => names.flatMap((name) => held.get(name) ?? [])[0] ?? ''
  const currency = codeOf(first(META_CURRENCY))
  const facts: ProductFacts = {
    ...noFacts('meta'),
    name: held.get('og:title') ?? null,
    brand: held.get('product:brand') ?? held.get('og:brand') ?? null,
    sku: held.get('product:retailer_item_id') ?? held.get('product:sku') ?? null,
    availability: availabilityOf(first(['product:availability', 'og:availability'])),
  }
  const labelled = [1, 2].find((n) =>
    /^(price|preis|prix|precio|prezzo)$/i.test(held.get(`twitter:label${n}`) ?? ''),
  )
  const raw = first(META_PRICE) || (labelled ? (held.get(`twitter:data${labelled}`) ?? '') : '')
  const described = [held.get('og:description'), held.get('description')].flatMap(
    (words) => IN_WORDS.exec(words ?? '')?.[1] ?? [],
  )
  const candidates = priceOf(raw, currency, page, 'meta')
  return {
    candidates: candidates.length > 0 ? candidates : priceOf(described[0] ?? '', currency, page, 'words'),
    facts,
  }
}
