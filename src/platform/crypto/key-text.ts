/**
 * API keys as text: `scp_live_<8 id>_<32 secret>_<check>`, or `scp_test_...` for keys that work on test data. The prefix
 * lets secret scanners find leaks; the check, a CRC-32 in hexadecimal, lets a typing mistake be seen before the database
 * is asked. The check of a test key counts its mode in, so a key of one mode is no key of the other.
 */

export type KeyMode = 'live' | 'test'

const KEY = /^scp_(live|test)_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})_([0-9a-f]{8})$/

export const keyText = (id: string, secret: string, mode: KeyMode = 'live'): string =>
  `scp_${mode}_${id}_${secret}_${checkOf(id, secret, mode)}`

/** The parts of a key, or null when the text cannot be one. */
export function parseKeyText(text: string): { mode: KeyMode; id: string; secret: string } | null {
  const [, prefix, id = '', secret = '', check] = KEY.exec(text) ?? []
  const mode = prefix === 'test' ? 'test' : 'live'
  return check !== undefined && check === checkOf(id, secret, mode) ? { mode, id, secret } : null
}

const checkOf = (id: string, secret: string, mode: KeyMode): string =>
  crc32(mode === 'test' ? `test_${id}_${secret}` : `${id}_${secret}`)

/** CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320) of ASCII text. */
function crc32(text: string): string {
  let crc = 0xffffffff
  for (const char of text) {
    crc ^= char.charCodeAt(0)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}
