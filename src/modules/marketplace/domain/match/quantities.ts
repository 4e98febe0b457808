/** Measures a product text names: capacity, length, weight, pack and the like, each in one unit per dimension. */

import { startsWithDigit } from './product-text.ts'

export type Dimension =
  | 'storage'
  | 'length'
  | 'weight'
  | 'volume'
  | 'power'
  | 'resolution'
  | 'frequency'
  | 'pack'
  | 'users'
  | 'ports'

export type Quantities = Partial<Record<Dimension, number[]>>

/** Unit word -> its dimension and factor to the dimension's base (MB, mm, g, ml, W, MP, MHz, pieces). */
const UNIT = new Map<string, readonly [Dimension, number]>(
  Object.entries({
    mb: ['storage', 1],
    gb: ['storage', 1024],
    tb: ['storage', 1_048_576],
    inch: ['length', 25.4],
    ft: ['length', 304.8],
    yd: ['length', 914.4],
    mm: ['length', 1],
    cm: ['length', 10],
    m: ['length', 1000],
    oz: ['weight', 28.35],
    lb: ['weight', 453.6],
    g: ['weight', 1],
    kg: ['weight', 1000],
    ml: ['volume', 1],
    l: ['volume', 1000],
    gal: ['volume', 3785],
    w: ['power', 1],
    watt: ['power', 1],
    mp: ['resolution', 1],
    mhz: ['frequency', 1],
    ghz: ['frequency', 1000],
    pack: ['pack', 1],
    user: ['users', 1],
    port: ['ports', 1],
  } satisfies Record<string, readonly [Dimension, number]>),
)

const NUMBER_WORD = new Map<string, number>(
  Object.entries({
    twin: 2,
    dual: 2,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    ten: 10,
  }),
)

/** The measures among words of `wordsOf`; values ascending, each once. */
export function quantitiesOf(words: readonly string[]): Quantities {
  const found: Quantities = {}
  const add = (dimension: Dimension, value: number) => {
    const values = found[dimension] ?? []
    found[dimension] = values
    if (!values.includes(value)) values.push(value)
  }
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string
    if (startsWithDigit(word)) {
      const match = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(word)
      const unit = match?.[2] ? UNIT.get(match[2]) : undefined
      if (match?.[1] && unit) add(unit[0], Number(match[1]) * unit[1])
    } else if (word === 'pack' || word === 'set') {
      const next = words[index + 1]
      if (next !== undefined && /^\d{1,3}$/.test(next)) add('pack', Number(next))
      const counted = NUMBER_WORD.get(words[index - 1] ?? '')
      if (word === 'pack' && counted !== undefined) add('pack', counted)
    }
  }
  for (const values of Object.values(found)) values.sort((a, b) => a - b)
  return found
}

export type Agreement = 'agree' | 'conflict' | 'unknown'

/** Whether two lists of one dimension share a value (within 3 %), or both name values and share none. */
export function compareQuantity(
  a: readonly number[] | undefined,
  b: readonly number[] | undefined,
): Agreement {
  if (!a?.length || !b?.length) return 'unknown'
  return a.some((x) => b.some((y) => Math.abs(x - y) <= 0.03 * Math.max(x, y))) ? 'agree' : 'conflict'
}
