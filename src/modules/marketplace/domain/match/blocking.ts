/** Candidate generation over thousands of products: which of a catalogue are worth a full comparison with one product. */
import type { ProductView } from './view.ts'

export interface CatalogueIndex {
  /** Positions of the products by term, and how many products there are. */
  postings: Map<string, number[]>
  size: number
}

/** Terms carried by more than this share of a catalogue tell nothing, once the catalogue is large. */
const COMMON_SHARE = 0.15
const SMALL_CATALOGUE = 200

/** Builds the inverted index over words, codes and GTINs of a catalogue; a product's number is its position. */
export function indexProducts(products: readonly ProductView[]): CatalogueIndex {
  const postings = new Map<string, number[]>()
  products.forEach((product, position) => {
    for (const term of termsOf(product)) {
      const list = postings.get(term)
      if (list) list.push(position)
      else postings.set(term, [position])
    }
  })
  return { postings, size: products.length }
}

/**
 * The positions most worth comparing with a product, best first, at most `limit`: summed rarity of shared terms, codes
 * counted double, a shared GTIN always first; longer titles pay for their chance hits. Equal scores keep the order of
 * the catalogue.
 */
export function candidatesOf(index: CatalogueIndex, product: ProductView, limit = 20): number[] {
  const scores = new Map<number, number>()
  for (const term of termsOf(product)) {
    const list = index.postings.get(term)
    if (!list || (index.size > SMALL_CATALOGUE && list.length > index.size * COMMON_SHARE)) continue
    const rarity = Math.log(1 + index.size / list.length)
    const weight = term.startsWith('gtin ') ? 1000 : term.startsWith('code ') ? 2 * rarity : rarity
    for (const position of list) scores.set(position, (scores.get(position) ?? 0) + weight)
  }
  return [...scores]
    .sort((x, y) => y[1] - x[1] || x[0] - y[0])
    .slice(0, limit)
    .map(([position]) => position)
}

/** Words of title and brand, codes with each pair of neighbouring words written together, the GTIN. */
function termsOf(product: ProductView): Set<string> {
  const terms = new Set<string>([...product.words, ...product.brandWords])
  for (const code of product.codes) terms.add(`code ${code}`)
  product.words.forEach((word, at) => {
    const joined = `${word}${product.words[at + 1] ?? ''}`
    if (joined.length >= 4 && /\d/.test(joined) && /[a-z]/.test(joined)) terms.add(`code ${joined}`)
  })
  if (product.gtin) terms.add(`gtin ${product.gtin}`)
  return terms
}
