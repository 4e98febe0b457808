/** What a page shows: prices that people see near what can be bought, words about stock, and codes in tables. */
import { parsePriceText } from '../price-text.ts'
import { type Availability, type Candidate, gtinOf, noFacts } from './candidate.ts'
import type { Reading } from './json-ld.ts'
import { around, attr, type Element, marksOf, type Page, textOf } from './page.ts'

const PRICE = /price|preis|prix|precio|prezzo|preco|cena|pris\b|amount/
const NOT_CURRENT =
  /old|barr|was\b|was-|compare|rrp|msrp|list-?price|strike|crossed|original|before|regular|save|saving|discount|off\b|shipping|delivery|versand|coupon|instal|month|per-?unit|unit-?price|base-?price|grundpreis|from-price|min-price|cart|basket|total|filter|range|review|rating|tax|points|deposit/
const BESIDE =
  /related|recommend|similar|upsell|cross-?sell|also-|carousel|slider|suggest|recently|accessor|bundle|product-(list|grid|card|tile|item)s?\b|listing|widget|footer|header|nav|menu|modal|popup|minicart|compare/
const MOST_LOOKED = 400

export function readVisible(page: Page): Reading {
  const heading = page.elements.findIndex(({ name }) => name === 'h1')
  const priced = page.elements
    .map((element, at) => ({ element, at }))
    .filter(
      ({ element }) =>
        PRICE.test(marksOf(element)) ||
        attr(element, 'data-price') !== '' ||
        attr(element, 'data-price-amount') !== '',
    )
    .slice(0, MOST_LOOKED)
  const found = priced.flatMap(({ element, at }) => judged(element, at, heading, page))
  const [best] = found.sort((a, b) => b.score - a.score || a.at - b.at)
  return {
    candidates: best ? [best.candidate] : [],
    facts: {
      ...noFacts('visible'),
      ...codesOf(page),
      availability: stockOf(page, heading),
      name: textOf(page.elements[heading] ?? null) || null,
    },
  }
}

function judged(element: Element, at: number, heading: number, page: Page) {
  const chain = [...around(element, 25)]
  if (chain.slice(0, 5).some((one) => /^(del|s|strike)$/.test(one.name) || NOT_CURRENT.test(marksOf(one))))
    return []
  if (chain.some((one) => BESIDE.test(marksOf(one)) || /^(nav|footer|header|aside)$/.test(one.name)))
    return []
  const machine =
    attr(element, 'data-price-amount') || attr(element, 'content') || attr(element, 'data-price')
  const words = textOf(element)
  if (words.length > 60) return []
  const raw = /^\d+([.,]\d+)?$/.test(machine) ? machine : words
  const parsed = parsePriceText(raw, { localeHint: page.locale, currencyHint: words })
  if (!parsed || Number(parsed.amount) <= 0) return []
  const hasSign = parsed.currency !== null || /[$€£¥₹₽₪₩₺₴₫฿₦₱]/.test(words)
  if (!hasSign && raw !== machine) return []
  const near = heading >= 0 ? Math.max(0, 3 - Math.abs(at - heading) / 150) : 0
  const score =
    near +
    (raw === machine ? 1 : 0) +
    (hasSign ? 2 : 0) +
    (/current|final|sale|special|now|actual|our/.test(marksOf(element)) ? 1 : 0)
  const candidate: Candidate = {
    source: 'visible',
    role: 'current',
    amount: parsed.amount,
    currency: parsed.currency,
    raw: raw.slice(0, 200),
  }
  return [{ candidate, score, at }]
}

const SOLD_OUT =
  /\b(out of stock|sold out|currently unavailable|no longer available|ausverkauft|nicht (auf lager|verf(ü|u)gbar)|rupture de stock|indisponible|agotado|sin stock|esaurito|non disponibile|esgotado|uitverkocht|wyprzedane|brak w magazynie|нет в наличии|slut i lager|notify me when)\b|vypredan|vyprod(á|a)n|nedostupn|nie je mo(ž|z)n(é|e)[^.]{0,20}k(ú|u)pi|niedost(ę|e)pn|wyprzedan|אזל|אינו במלאי|在庫切れ|売り切れ|품절|售完|缺貨/i
const CAN_BUY =
  /add to (?:your |my )?(cart|basket|bag|trolley)|buy now|in den warenkorb|ajouter au panier|a(ñ|n)adir al carrito|agregar al carr|aggiungi al carrello|adicionar ao carrinho|comprar|in winkelwagen|do koszyka|в корзину|l(ä|a)gg i varukorg|l(æ|a)g i kurv|カートに入れる/i

/** Words of stock near the heading, and a button that buys; null: the page does not say. */
function stockOf(page: Page, heading: number): Availability | null {
  // there it stands in places of its own
  if (page.isAmazon) return null
  const from = Math.max(0, heading)
  let gone = false
  for (const element of page.elements.slice(from, from + 1500)) {
    // a table of sellers or sizes is not about the offer itself
    if ([...around(element, 6)].some(({ name }) => name === 'table')) continue
    const marks = marksOf(element)
    if (/stock|availab|lager|dispon|inventory/.test(marks)) {
      const words = textOf(element)
      if (words.length < 120 && SOLD_OUT.test(words)) gone = true
    }
    if (!isButton(element, marks)) continue
    const words =
      `${textOf(element)} ${attr(element, 'value')} ${attr(element, 'title')} ${attr(element, 'aria-label')}`.slice(
        0,
        200,
      )
    // a page often carries the words for both; a button that can be pressed decides
    if (CAN_BUY.test(words) && element.attribs.disabled === undefined) return 'in_stock'
    if (SOLD_OUT.test(words)) gone = true
  }
  return gone ? 'out_of_stock' : null
}

const isButton = (element: Element, marks: string): boolean =>
  element.name === 'button' ||
  (element.name === 'input' && /submit|button/.test(attr(element, 'type'))) ||
  (element.name === 'a' && /btn|button|cart|basket/.test(marks))

const SKU =
  /^(sku|item (no|number|#)|product (code|id|number)|art(ikel)?\.?-?\s?(nr|nummer|no)|article (no|number)|model( number)?|mpn|referencia|r(é|e)f(é|e)rence|asin)\s*[:#.]?\s*/i
const GTIN = /\b(ean|gtin|upc|isbn(-1[03])?|barcode)\b/i

/** Codes that stand beside their names. */
function codesOf(page: Page): { sku: string | null; gtin: string | null } {
  let sku = referenceIn(page)
  let gtin: string | null = null
  for (const element of page.elements) {
    if (sku && gtin) break
    if (!/^(li|tr|dd|p|span|div|td)$/.test(element.name) || element.children.length > 8) continue
    const words = textOf(element)
    if (words.length > 80 || words.length < 5) continue
    const marks = marksOf(element)
    if (!sku && (SKU.test(words) || /\bsku\b/.test(marks))) {
      const code = words.replace(SKU, '').trim().split(/\s+/)[0] ?? ''
      if (/^[A-Za-z0-9][A-Za-z0-9._/-]{2,39}$/.test(code) && /\d/.test(code)) sku = code
    }
    if (!gtin && GTIN.test(words))
      gtin = gtinOf(
        words
          .replace(/\D+/g, ' ')
          .trim()
          .split(' ')
          .find((part) => part.length >= 8) ?? '',
      )
  }
  return { sku, gtin }
}

/** A code in a place that is named for it: `data-qa-qualifier="product-reference"`. */
function referenceIn(page: Page): string | null {
  for (const element of page.elements) {
    const marks = `${marksOf(element)} ${attr(element, 'data-qa-qualifier')} ${attr(element, 'data-qa')}`
    if (!/product-?(reference|code|id\b)|article-?(number|no)\b|item-?(number|code)\b|\bsku\b/.test(marks))
      continue
    const words = textOf(element)
    const code = words.replace(SKU, '').trim()
    if (words.length < 50 && /^[A-Za-z0-9][A-Za-z0-9._/-]{2,39}$/.test(code) && /\d{3}/.test(code))
      return code
  }
  return null
}

/** Whether people can read this code on the page, or see it in its address. */
export function isShown(code: string, page: Page): boolean {
  if (page.url?.href.includes(code)) return true
  return page.elements.some(
    (element) =>
      element.children.length < 6 &&
      /^(p|span|li|td|dd|div|strong|b|small)$/.test(element.name) &&
      textOf(element).includes(code),
  )
}

/** The id in the address: `/itm/302474151804`, `?pid=260591`, `-p571345`; the last long number of its path. */
export function idInAddress({ url }: Page): string | null {
  if (!url) return null
  const named = [...url.searchParams].find(
    ([name, value]) => /^(p?id|sku|item|product_?id)$/i.test(name) && /^[A-Za-z]?\d{4,}$/.test(value),
  )
  if (named) return named[1]
  const last =
    url.pathname
      .split('/')
      .filter((part) => /\d{5}/.test(part))
      .at(-1) ?? ''
  const numbers = [
    ...last.replace(/\.[a-z]+$/i, '').matchAll(/(?:^|[-_,])([A-Za-z]?\d{5,})(?=$|[-_,])/g),
  ].map((match) => match[1] ?? '')
  return (/^P-/i.test(last) ? numbers[0]?.replace(/^P-?/i, '') : numbers.at(-1)) ?? null
}
