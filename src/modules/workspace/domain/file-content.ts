/** What must hold for the whole of a file, looked at as it passes: nothing is held, nothing is unpacked. */
import type { FileKind } from './file-type.ts'

export interface ContentCheck {
  add(chunk: Uint8Array): void
  /** After the last chunk: why the file is not taken, or null. */
  end(): string | null
}

export function contentCheck(kind: FileKind): ContentCheck {
  if (kind.check === 'text') return textCheck()
  if (kind.check === 'office') return officeCheck(kind.label)
  return { add: () => undefined, end: () => null }
}

const NO_TEXT =
  'This is not readable text. Save it as UTF-8 (in Excel: Save as, CSV UTF-8) and send it again.'

/** UTF-8, or UTF-16 that says so with a byte order mark; a NUL is in no text. */
function textCheck(): ContentCheck {
  let decoder: TextDecoder | null = null
  let start = new Uint8Array(0)
  let bad = false
  const take = (bytes: Uint8Array, more: boolean) => {
    if (bad) return
    decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true, ignoreBOM: false })
    try {
      if (decoder.decode(bytes, { stream: more }).includes('\0')) bad = true
    } catch {
      bad = true
    }
  }
  return {
    add(chunk) {
      if (decoder) return take(chunk, true)
      // the mark may lie across two chunks
      start = joined(start, chunk)
      if (start.length >= 2) take(start, true)
    },
    end() {
      take(decoder ? new Uint8Array(0) : start, false)
      return bad ? NO_TEXT : null
    },
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

const PARTS_LIST = new TextEncoder().encode('[Content_Types].xml')
const MACROS = new TextEncoder().encode('vbaProject.bin')

/** ECMA-376 part 2: every such document names this part in the directory of its zip, in the clear. */
function officeCheck(label: string): ContentCheck {
  const parts = search(PARTS_LIST)
  const macros = search(MACROS)
  return {
    add(chunk) {
      parts.add(chunk)
      macros.add(chunk)
    },
    end() {
      if (!parts.found()) return `This is a zip, but no ${label}. Give it the ending .zip, or save it anew.`
      return macros.found() ? 'Documents with macros are not taken. Save it without them.' : null
    },
  }
}

/** Whether bytes occur in what passes, also across the border of two chunks. */
function search(wanted: Uint8Array) {
  let tail: Uint8Array = new Uint8Array(0)
  let found = false
  return {
    found: () => found,
    add(chunk: Uint8Array) {
      if (found) return
      found = includes(joined(tail, chunk.subarray(0, wanted.length - 1)), wanted) || includes(chunk, wanted)
      const both = joined(tail, chunk.subarray(Math.max(0, chunk.length - wanted.length + 1)))
      tail = both.slice(Math.max(0, both.length - wanted.length + 1))
    },
  }
}

function includes(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return false
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
