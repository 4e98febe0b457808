/** The offer of a product page: price, currency, stock and codes, from every source that the page has. */

import { readAmazon } from './extract/amazon.ts'
import type { Candidate, ProductFacts } from './extract/candidate.ts'
import { type Reading, readJsonLd } from './extract/json-ld.ts'
import { readMeta, readMicrodata } from './extract/microdata.ts'
import { type Page, readPage } from './extract/page.ts'
import { idInAddress, isShown, readVisible } from './extract/visible.ts'
import { voted } from './extract/vote.ts'

export interface Offer {
  /** Plain decimal; null: none is said, or the sources disagree. */
  price: string | null
  /** ISO 4217. */
  currency: string | null
  availability: 'InStock' | 'OutOfStock' | null
  sku: string | null
  gtin: string | null
  brand: string | null
  name: string | null
  /** Sure enough to be kept without a second look. */
  accepted: boolean
  /** 0 to 1. */
  confidence: number
  /** Everything that looked like a price, with its source, for the evidence of it. */
  candidates: Candidate[]
}

/** Never throws. `url` is the address of the page, which names the variant and the land. */
export function extractOffer(html: string, url: string): Offer {
  const page = readPage(html, url)
  const readings: Reading[] = [
    readAmazon(page),
    readJsonLd(page),
    readMicrodata(page),
    readMeta(page),
    readVisible(page),
  ]
  const candidates = readings.flatMap((reading) => reading.candidates)
  const facts = readings.flatMap(({ facts: one }) => one ?? [])
  const isSold = page.isAmazon && readings[0]?.facts?.availability === 'out_of_stock'
  const vote = isSold ? null : voted(candidates)
  return {
    price: vote?.amount ?? null,
    currency: vote?.currency ?? null,
    // a shop that asks a price for it sells it, unless it says otherwise
    availability: stateOf(facts) ?? (vote ? 'InStock' : null),
    ...{ sku: skuOf(facts, page), gtin: firstOf(facts, 'gtin'), brand: firstOf(facts, 'brand') },
    name: firstOf(facts, 'name'),
    accepted: vote?.accepted ?? false,
    confidence: vote?.confidence ?? 0,
    candidates,
  }
}

/** The code that people see; one that stands only in the markup yields to it. */
function skuOf(facts: readonly ProductFacts[], page: Page): string | null {
  const said = facts.flatMap(({ source, sku }) => (sku ? [{ source, sku }] : []))
  const marked = said.find(({ source }) => source !== 'visible')
  const shown = said.find(({ source }) => source === 'visible')
  if (marked && (!shown || isShown(marked.sku, page))) return marked.sku
  return shown?.sku ?? marked?.sku ?? idInAddress(page)
}

/** In the order of the sources. */
const firstOf = (facts: readonly ProductFacts[], name: 'gtin' | 'brand' | 'name'): string | null =>
  facts.flatMap((one) => one[name] ?? [])[0] ?? null

/** What can be ordered counts as in stock; what machines are told goes before the words of the page. */
function stateOf(facts: readonly ProductFacts[]): Offer['availability'] {
  const said = facts.flatMap(({ availability }) => availability ?? [])
  const [first] = said
  if (!first) return null
  // markup is often of one size or of yesterday: a button that sells is newer
  const shown = facts.find(({ source }) => source === 'visible')?.availability
  if (shown === 'in_stock') return 'InStock'
  return [first, shown].some((one) => one === 'out_of_stock' || one === 'discontinued')
    ? 'OutOfStock'
    : 'InStock'
}
