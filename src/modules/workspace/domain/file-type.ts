/**
 * Which files are taken: the ending of the name and the first bytes must agree. What can act when it is opened (web pages,
 * drawings with scripts, programs) is not on the list. Signatures: IANA registrations and the formats' own specifications.
 */
import { fail, ok, type Result } from '../../../platform/result.ts'

/** Enough of the beginning to tell every kind below. */
export const HEAD_BYTES = 64
export const MAX_FILE_BYTES = 25 * 1024 * 1024
/** Of all files of one workspace together. */
export const MAX_WORKSPACE_BYTES = 1024 * 1024 * 1024

export interface FileKind {
  /** The type it is stored and served as, whatever the sender called it. */
  type: string
  extensions: readonly string[]
  label: string
  fits(head: Uint8Array): boolean
  /** text: the whole file must be text; office: a zip that holds the parts list of an office document. */
  check?: 'text' | 'office'
  /** May be shown under /preview; everything else is only downloaded. */
  shown?: 'image' | 'text'
}

const starts = (...bytes: number[]) => at(0, ...bytes)
const at =
  (offset: number, ...bytes: number[]) =>
  (head: Uint8Array) =>
    bytes.every((byte, index) => head[offset + index] === byte)
const latin = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.subarray(from, to))
/** ISO base media (ISO/IEC 14496-12): `ftyp` and then the brand. */
const brand = (pattern: RegExp) => (head: Uint8Array) =>
  latin(head, 4, 8) === 'ftyp' && pattern.test(latin(head, 8, 12))
const isZip = (head: Uint8Array) =>
  starts(0x50, 0x4b, 0x03, 0x04)(head) || starts(0x50, 0x4b, 0x05, 0x06)(head)
const anything = () => true
const OFFICE = 'application/vnd.openxmlformats-officedocument'

export const FILE_KINDS: readonly FileKind[] = [
  {
    type: 'application/pdf',
    extensions: ['pdf'],
    label: 'PDF',
    fits: (head) => latin(head, 0, 5) === '%PDF-',
  },
  {
    type: 'image/png',
    extensions: ['png'],
    label: 'PNG image',
    fits: starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    shown: 'image',
  },
  {
    type: 'image/jpeg',
    extensions: ['jpg', 'jpeg'],
    label: 'JPEG image',
    fits: starts(0xff, 0xd8, 0xff),
    shown: 'image',
  },
  {
    type: 'image/gif',
    extensions: ['gif'],
    label: 'GIF image',
    fits: (head) => /^GIF8[79]a$/.test(latin(head, 0, 6)),
    shown: 'image',
  },
  {
    type: 'image/webp',
    extensions: ['webp'],
    label: 'WebP image',
    fits: (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP',
    shown: 'image',
  },
  {
    type: 'image/heic',
    extensions: ['heic', 'heif'],
    label: 'HEIC image',
    fits: brand(/^(hei[cxms]|hev[cxms]|mif1|msf1)$/),
  },
  {
    type: 'text/csv; charset=utf-8',
    extensions: ['csv'],
    label: 'CSV table',
    fits: anything,
    check: 'text',
    shown: 'text',
  },
  {
    type: 'text/plain; charset=utf-8',
    extensions: ['txt'],
    label: 'Text',
    fits: anything,
    check: 'text',
    shown: 'text',
  },
  {
    type: 'application/json',
    extensions: ['json'],
    label: 'JSON',
    fits: anything,
    check: 'text',
    shown: 'text',
  },
  {
    type: `${OFFICE}.wordprocessingml.document`,
    extensions: ['docx'],
    label: 'Word document',
    fits: isZip,
    check: 'office',
  },
  {
    type: `${OFFICE}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
    label: 'Excel workbook',
    fits: isZip,
    check: 'office',
  },
  {
    type: `${OFFICE}.presentationml.presentation`,
    extensions: ['pptx'],
    label: 'PowerPoint slides',
    fits: isZip,
    check: 'office',
  },
  { type: 'application/zip', extensions: ['zip'], label: 'Zip archive', fits: isZip },
  {
    type: 'video/mp4',
    extensions: ['mp4', 'm4v'],
    label: 'MP4 video',
    fits: brand(/^(isom|iso[2-9]|mp4[12]|avc1|dash|M4V |MSNV)$/),
  },
  {
    type: 'audio/mpeg',
    extensions: ['mp3'],
    label: 'MP3 audio',
    fits: (head) =>
      latin(head, 0, 3) === 'ID3' ||
      (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2 && ((head[2] ?? 0xf0) & 0xf0) !== 0xf0),
  },
]

/** For the `accept` of a file field. */
export const ACCEPTED = FILE_KINDS.flatMap((kind) =>
  kind.extensions.map((extension) => `.${extension}`),
).join(',')

const TAKEN = 'PDF, PNG, JPEG, GIF, WebP, HEIC, CSV, TXT, JSON, Word, Excel, PowerPoint, ZIP, MP4 and MP3'
const ACTIVE = /^(html?|xhtml|xht|shtml|mhtml|svgz?|xml|xsl|js|mjs|cjs|jse|ts|vbs|wsf|hta|swf|jar|php|css)$/
const PROGRAM =
  /^(exe|dll|com|bat|cmd|msi|scr|pif|ps1|sh|bash|app|apk|dmg|deb|rpm|iso|lnk|reg|docm|xlsm|pptm)$/

/** The kind of a file by its cleaned name and first bytes; a refusal in words when they do not agree or it is not taken. */
export function fileKindOf(name: string, head: Uint8Array): Result<FileKind> {
  const extension = extensionOf(name)
  const kind = FILE_KINDS.find((known) => known.extensions.includes(extension))
  if (!kind) return refuse(wordsFor(extension))
  if (head.length === 0) return refuse('The file is empty. Choose one with something in it.')
  if (kind.fits(head)) return ok(kind)
  return refuse(
    `The name ends in .${extension}, but what is inside is no ${kind.label}. Save it anew in the program it comes from, or give it the right ending.`,
  )
}

/** What a stored type is called, e.g. `PDF`. */
export const kindOfType = (type: string): FileKind | undefined =>
  FILE_KINDS.find((kind) => kind.type === type)

export const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

function wordsFor(extension: string): string {
  if (ACTIVE.test(extension))
    return `Files of the kind .${extension} are not taken, because they can act when they are opened. A PDF or a picture of it is.`
  if (PROGRAM.test(extension)) return `Programs and macros (.${extension}) are not taken.`
  const what = extension ? `Files of the kind .${extension} are` : 'A file without an ending in its name is'
  return `${what} not taken. Taken are ${TAKEN}.`
}

export const refuse = (words: string) =>
  fail('invalid', 'file-not-taken', words, { errors: [{ path: 'file', message: words }] })
