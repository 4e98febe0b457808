/** The lines of a security.txt inside its cleartext signature (RFC 9116 section 2.3, RFC 9580 section 7). */
import type { Remarks } from './remark.ts'

export interface SecurityTxtLine {
  text: string
  /** From 1. */
  number: number
}

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----'
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----'
const END = '-----END PGP SIGNATURE-----'

/** The lines that were signed, or all lines of a file without a signature. The signature itself is not verified. */
export function readSignedText(
  text: string,
  remarks: Remarks,
): { lines: SecurityTxtLine[]; signed: boolean } {
  if (text !== '' && !text.endsWith('\n'))
    remarks.error('last-line-open', 'The last line does not end in a line break.')
  const lines = text.split(/\r?\n/).map((line, index) => ({ text: line, number: index + 1 }))
  const at = (marker: string) => lines.findIndex((line) => line.text.trimEnd() === marker)
  const begin = at(BEGIN)
  if (begin < 0) return { lines, signed: false }
  const gap = lines.findIndex((line, index) => index > begin && line.text.trim() === '')
  const signature = at(SIGNATURE)
  const end = at(END)
  if (begin > 0 || gap < 0 || signature < gap || end < signature)
    remarks.error('signature-broken', 'The signature is not whole.')
  if (end >= 0 && lines.slice(end + 1).some((line) => line.text.trim() !== ''))
    remarks.error('text-behind-signature', 'There is text behind the signature.')
  const inside = lines.slice(gap + 1, signature < 0 ? undefined : signature)
  return { lines: inside.map((line) => ({ ...line, text: line.text.replace(/^- /, '') })), signed: true }
}
