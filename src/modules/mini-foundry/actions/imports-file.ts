/** Reads an import's file in windows of ranges, so that it is never held whole, whatever its size. */
import type { FilePort } from '../../../platform/services.ts'
import { MAX_RECORD_BYTES, type TakenRecords, takeRecords } from '../domain/import/records.ts'
import { SNIFF_BYTES, type Sniffed, sniff } from '../domain/import/sniff.ts'
import type { Dialect, ImportOptions } from '../domain/import/types.ts'

/** What one look at the file may hold: a whole record of any allowed length, and some more. */
const WINDOW = MAX_RECORD_BYTES + 48_576
const READ_AHEAD = 4 * 1024 * 1024

export interface FilePlace {
  key: string
  bytes: number
}

export interface RecordReader {
  /** The records at a byte and line of the file, which must be where a record begins. */
  take(byte: number, line: number, max: number): Promise<TakenRecords>
  /** The bytes of a look at the file. */
  window(byte: number): Promise<Uint8Array>
}

/** Keeps a few megabytes ahead, so that small chunks do not each ask storage. */
export function recordReader(files: FilePort, file: FilePlace, dialect: Dialect): RecordReader {
  let start = 0
  let held = new Uint8Array(0)
  const window = async (byte: number): Promise<Uint8Array> => {
    const end = Math.min(file.bytes, byte + WINDOW)
    if (byte < start || end > start + held.length) {
      start = byte
      held = new Uint8Array(
        (await files.range(file.key, byte, Math.min(file.bytes, byte + READ_AHEAD))) ?? new Uint8Array(0),
      )
      if (held.length === 0 && byte < file.bytes)
        throw new Error('the file of this import is no longer there')
    }
    return held.subarray(byte - start, end - start)
  }
  return {
    window,
    async take(byte, line, max) {
      const bytes = await window(byte)
      return takeRecords(bytes, dialect, line, max, byte + bytes.length >= file.bytes)
    },
  }
}

/** What the file is made of; null when it has no header. */
export async function sniffFile(
  files: FilePort,
  file: FilePlace,
  options: ImportOptions,
): Promise<Sniffed | null> {
  const head = await files.range(file.key, 0, Math.min(file.bytes, SNIFF_BYTES))
  return head && sniff(head, head.length >= file.bytes, options)
}
