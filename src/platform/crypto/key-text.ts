/**
 * API keys as text: `scp_live_<8 id>_<32 secret>_<check>`. The prefix lets secret scanners find leaks; the check, a CRC-32
 * in hexadecimal, lets a typing mistake be seen before the database is asked.
 */

const KEY = /^scp_live_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})_([0-9a-f]{8})$/

export const keyText = (id: string, secret: string): string =>
  `scp_live_${id}_${secret}_${crc32(`${id}_${secret}`)}`

/** The parts of a key, or null when the text cannot be one. */
export function parseKeyText(text: string): { id: string; secret: string } | null {
  const [, id = '', secret = '', check] = KEY.exec(text) ?? []
  return check !== undefined && check === crc32(`${id}_${secret}`) ? { id, secret } : null
}

/** CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320) of ASCII text. */
function crc32(text: string): string {
  let crc = 0xffffffff
  for (const char of text) {
    crc ^= char.charCodeAt(0)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0')
}
