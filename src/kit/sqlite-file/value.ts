/** What a cell of a SQLite file may hold, and how big its whole numbers get. */

/** Numbers that are whole and safe become integers, others floats; NaN becomes NULL, as SQLite has none. */
export type SqliteValue = null | number | bigint | string | Uint8Array

/** Bytes of a value, and the serial type that says how they are to be read (SQLite file format 2.1). */
export interface Serial {
  type: number
  size: number
}

const INTEGER_SIZES: readonly { type: number; size: number; limit: number }[] = [
  { type: 1, size: 1, limit: 2 ** 7 },
  { type: 2, size: 2, limit: 2 ** 15 },
  { type: 3, size: 3, limit: 2 ** 23 },
  { type: 4, size: 4, limit: 2 ** 31 },
  { type: 5, size: 6, limit: 2 ** 47 },
]
const INT64 = 2n ** 63n
const NULL: Serial = { type: 0, size: 0 }
const FLOAT: Serial = { type: 7, size: 8 }
const WHOLE: Serial = { type: 6, size: 8 }

/** Serial type of a value; texts are to be given as their UTF-8 bytes with `isText`. Throws past 64 bits. */
export function serialOf(value: null | number | bigint | Uint8Array, isText: boolean): Serial {
  if (value === null) return NULL
  if (value instanceof Uint8Array) return { type: value.length * 2 + (isText ? 13 : 12), size: value.length }
  if (typeof value === 'bigint') {
    if (value >= INT64 || value < -INT64) throw new RangeError('a whole number past 64 bits')
    return WHOLE
  }
  if (Number.isNaN(value)) return NULL
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return FLOAT
  if (value === 0) return { type: 8, size: 0 }
  if (value === 1) return { type: 9, size: 0 }
  return INTEGER_SIZES.find(({ limit }) => value < limit && value >= -limit) ?? WHOLE
}
