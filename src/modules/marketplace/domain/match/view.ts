/** One product prepared for comparison: read once, compared with many. */
import { coloursOf } from './colours.ts'
import { readGtin } from './gtin.ts'
import { codesOf, type ProductSide, plainText, squash, wordsOf } from './product-text.ts'
import { type Quantities, quantitiesOf } from './quantities.ts'

export interface ProductView {
  /** Words of the title in order, each once. */
  words: string[]
  wordSet: Set<string>
  brandWords: string[]
  descriptionWords: string[]
  categoryWords: string[]
  /** Every word of every field. */
  anyWord: Set<string>
  /** Codes of title and mpn, squashed. */
  codes: string[]
  mpn: string
  /** Title squashed; all fields squashed. */
  squashed: string
  anySquashed: string
  /** Character trigrams of the title's words, counted, each as one number. */
  trigrams: Map<number, number>
  price: number | null
  gtin: string | null
  colours: string[]
  quantities: Quantities
  /** Colours and measures of title and description together. */
  anyColours: string[]
  anyQuantities: Quantities
}

/** Reads a product's fields for the matcher; missing, blank or unreadable fields count as not given. */
export function viewProduct(side: ProductSide): ProductView {
  const title = plainText(side.title ?? '')
  const brand = plainText(side.brand ?? '')
  const mpn = plainText(side.mpn ?? '')
  const category = plainText(side.category ?? '')
  const description = plainText(side.description ?? '').slice(0, 4000)
  const inOrder = wordsOf(title)
  const words = [...new Set(inOrder)]
  const describing = wordsOf(description)
  const brandWords = [...new Set(wordsOf(brand))]
  const categoryWords = [...new Set(wordsOf(category))]
  const mpnWords = wordsOf(mpn)
  const all = inOrder.concat(describing)
  return {
    words,
    wordSet: new Set(words),
    brandWords,
    descriptionWords: [...new Set(describing)],
    categoryWords,
    anyWord: new Set(all.concat(brandWords, categoryWords, mpnWords)),
    codes: [...new Set([...codesOf(mpn), ...codesOf(title)])],
    mpn: squash(mpn),
    squashed: squash(title),
    anySquashed: squash(`${title} ${mpn} ${brand} ${description}`),
    trigrams: trigramsOf(inOrder),
    price: readPrice(side.price),
    gtin: readGtin(side.gtin),
    colours: coloursOf(inOrder),
    quantities: quantitiesOf(inOrder),
    anyColours: coloursOf(all),
    anyQuantities: quantitiesOf(all),
  }
}

/** Ten bits a character: small numbers make fast keys, and letters beyond that may fall together. */
const CHARACTER = 1023
const SPACE = 32

function trigramsOf(words: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const word of words) {
    let gram = SPACE
    for (let at = 0; at <= word.length; at++) {
      const code = at < word.length ? word.charCodeAt(at) & CHARACTER : SPACE
      gram = ((gram << 10) | code) & 0x3fffffff
      if (at > 0) counts.set(gram, (counts.get(gram) ?? 0) + 1)
    }
  }
  return counts
}

/** A positive number of the price text (`$ 1,299.00`), or null. */
function readPrice(price: string | number | null | undefined): number | null {
  const text = typeof price === 'number' ? String(price) : (price ?? '').replace(/,(?=\d{3}(?!\d))/g, '')
  const value = Number(/\d+(?:\.\d+)?/.exec(text)?.[0] ?? Number.NaN)
  return Number.isFinite(value) && value > 0 ? value : null
}
