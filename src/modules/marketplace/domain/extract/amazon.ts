/** Amazon's pages, whose offers stand in places of their own. */
import { parsePriceText } from '../price-text.ts'
import { type Availability, type Candidate, noFacts } from './candidate.ts'
import type { Reading } from './json-ld.ts'
import { around, attr, type Element, type Page, textOf } from './page.ts'

const IDS = [
  'corePrice_feature_div',
  'corePriceDisplay_desktop_feature_div',
  'apex_desktop',
  'corePrice_desktop',
  'priceblock_ourprice',
  'priceblock_dealprice',
  'priceblock_saleprice',
  'price_inside_buybox',
  'newBuyBoxPrice',
  'buyNewSection',
  'buyNew_noncbb',
  'kindle-price',
  'tp_price_block_total_price_ww',
]
const OUT =
  /currently unavailable|out of stock|derzeit nicht verf|actuellement indisponible|no disponible por el momento|non disponibile|在庫切れ/i
const IN =
  /in stock|auf lager|en stock|disponibil|only \d+ left|ships (from|within)|usually (ships|dispatched)|available (now|to ship)|add to (cart|basket)/i

export function readAmazon(page: Page): Reading {
  if (!page.isAmazon) return { candidates: [], facts: null }
  const byId = new Map(
    page.elements.flatMap((element): [string, Element][] =>
      attr(element, 'id') ? [[attr(element, 'id'), element]] : [],
    ),
  )
  const candidates = IDS.flatMap((id): Candidate[] => {
    const place = byId.get(id)
    return place ? priceIn(place, page) : []
  })
  const asked = (candidates.length > 0 ? candidates : elsewhere(page)).slice(0, 1)
  const availability = stateOf(byId)
  const asin = asinOf(page, byId)
  const facts = {
    ...noFacts('amazon' as const),
    name: textOf(byId.get('productTitle') ?? null) || null,
    sku: asin,
    availability,
  }
  // what cannot be bought here has no price of its own
  return {
    candidates: availability === 'out_of_stock' ? [] : asked,
    facts: { ...facts, availability: availability ?? (asked.length > 0 ? 'in_stock' : null) },
  }
}

/** Only other sellers have it, or it is a download: their places hold the price. */
function elsewhere(page: Page): Candidate[] {
  const place = page.elements.find(
    (element) =>
      /\ba-color-price\b|\ba-text-bold\b/.test(attr(element, 'class')) &&
      /\d/.test(textOf(element)) &&
      [...around(element, 15)].some(
        (one) =>
          /^(olp|mbc|buybox|dmusic|moreBuyingChoices)/i.test(attr(one, 'id')) ||
          /olp|bb-content|buybox/i.test(attr(one, 'class')),
      ),
  )
  return place ? priceIn(place, page) : []
}

function priceIn(place: Element, page: Page): Candidate[] {
  const inside = page.elements.filter((element) => isWithin(element, place) && !isStruck(element, place))
  const exact =
    inside.find((element) => /\ba-offscreen\b/.test(attr(element, 'class')) && textOf(element) !== '') ??
    inside.find((element) =>
      /\b(a-color-price|offer-price|header-price|pricetopay)\b/i.test(attr(element, 'class')),
    )
  const raw = textOf(exact ?? place)
  const parsed = parsePriceText(raw, { localeHint: page.locale })
  if (!parsed || Number(parsed.amount) <= 0) return []
  return [{ source: 'amazon', role: 'current', ...parsed, raw: raw.slice(0, 200) }]
}

function isWithin(element: Element, place: Element): boolean {
  for (const one of around(element, 30)) if (one === place) return true
  return false
}

function isStruck(element: Element, place: Element): boolean {
  for (const one of around(element, 30)) {
    if (one === place) return false
    if (/a-text-price|a-text-strike|savings|coupon|used|basisprice/i.test(attr(one, 'class'))) return true
  }
  return false
}

function stateOf(byId: ReadonlyMap<string, Element>): Availability | null {
  const words = textOf(byId.get('availability') ?? null)
  if (byId.has('outOfStock') || OUT.test(words)) return 'out_of_stock'
  if (IN.test(words) || byId.has('add-to-cart-button') || byId.has('buy-now-button')) return 'in_stock'
  return null
}

function asinOf(page: Page, byId: ReadonlyMap<string, Element>): string | null {
  const field = byId.get('ASIN') ?? page.elements.find((element) => attr(element, 'name') === 'ASIN')
  const named = field ? attr(field, 'value') : ''
  const [, inAddress = ''] =
    /\/(?:dp|gp\/product|gp\/aw\/d)\/([A-Z0-9]{10})\b/.exec(page.url?.pathname ?? '') ?? []
  return named || inAddress || null
}
