/** Numbers of varying length: seven bits a byte, the greatest first, the last byte without its high bit. */

/** Bytes that a number from 0 to 2^53 takes (SQLite goes to nine bytes; a page or length never does). */
export function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1
  return size
}

/** Writes the number at `at` and answers where the next byte goes. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  const size = varintSize(value)
  let rest = value
  for (let index = size - 1; index >= 0; index -= 1) {
    bytes[at + index] = (rest % 128) | (index === size - 1 ? 0 : 128)
    rest = Math.floor(rest / 128)
  }
  return at + size
}
