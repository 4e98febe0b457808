/** What a page says of an offer, source by source, before anything is decided. */

export type Source = 'json-ld' | 'state' | 'amazon' | 'microdata' | 'meta' | 'visible' | 'words'

/** The first is what is asked now; the others are said so that nobody takes them for it. */
export type Role = 'current' | 'list' | 'range' | 'unit' | 'member'

export interface Candidate {
  source: Source
  role: Role
  /** Plain decimal. */
  amount: string
  currency: string | null
  /** As it stands on the page. */
  raw: string
}

export type Availability =
  | 'in_stock'
  | 'out_of_stock'
  | 'preorder'
  | 'backorder'
  | 'made_to_order'
  | 'discontinued'

export interface ProductFacts {
  source: Source
  name: string | null
  brand: string | null
  sku: string | null
  mpn: string | null
  gtin: string | null
  availability: Availability | null
}

export const noFacts = (source: Source): ProductFacts => ({
  ...{ source, name: null, brand: null, sku: null, mpn: null, gtin: null, availability: null },
})

/** schema.org's words, with or without their address, and what shops write in their place. Null: it says nothing known. */
export function availabilityOf(text: string): Availability | null {
  const word = text
    .trim()
    .replace(/^https?:\/\/schema\.org\//i, '')
    .replace(/[\s_-]/g, '')
    .toLowerCase()
  if (/^(instock|onlineonly|instoreonly|limitedavailability|available|yes|true|1)$/.test(word))
    return 'in_stock'
  if (/^(outofstock|soldout|reserved|oos|unavailable|notavailable|no|false|0)$/.test(word))
    return 'out_of_stock'
  if (/^(preorder|presale)$/.test(word)) return 'preorder'
  if (/^(backorder|backordered|availablefororder)$/.test(word)) return 'backorder'
  if (word === 'madetoorder') return 'made_to_order'
  return word === 'discontinued' ? 'discontinued' : null
}

/** Digits of a GTIN with a right check digit, else null. */
export function gtinOf(text: string): string | null {
  const digits = text.replace(/^(isbn|ean|gtin|upc)\s*:?\s*/i, '').replace(/[\s-]/g, '')
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return null
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1)) ? digits : null
}
