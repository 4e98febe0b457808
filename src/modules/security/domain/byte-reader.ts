/** Reads bytes of a message from outside, front to back, never past its end. */

/** The message ends before what it promises, or breaks its own rules. Parsers catch it and say so in their own way. */
export class MalformedBytes extends Error {}

export class ByteReader {
  /** Of the next byte. */
  at: number
  readonly bytes: Uint8Array
  readonly #end: number

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    if (at < 0 || end > bytes.length || at > end) throw new MalformedBytes('out of range')
    this.bytes = bytes
    this.at = at
    this.#end = end
  }

  get left(): number {
    return this.#end - this.at
  }

  /** A number of one to four bytes, the highest first. */
  uint(size: 1 | 2 | 3 | 4): number {
    let value = 0
    for (const byte of this.take(size)) value = value * 256 + byte
    return value
  }

  /** The next bytes; a view, not a copy. */
  take(size: number): Uint8Array {
    return this.part(size).rest()
  }

  /** Everything that is left. */
  rest(): Uint8Array {
    const rest = this.bytes.subarray(this.at, this.#end)
    this.at = this.#end
    return rest
  }

  /** A reader of the next bytes, whose positions are those of the whole message. */
  part(size: number): ByteReader {
    const part = new ByteReader(this.bytes, this.at, Math.min(this.at + size, this.bytes.length))
    if (size > this.left) throw new MalformedBytes('too short')
    this.at += size
    return part
  }

  /** A reader of the bytes behind a length of so many bytes. */
  sized(lengthSize: 1 | 2 | 3): ByteReader {
    return this.part(this.uint(lengthSize))
  }
}

/** Small letters, two a byte. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
