/** Addresses and names as SPF compares them (RFC 7208 sections 4.3, 5 and 7.3). */
import ipaddr from 'ipaddr.js'

export interface SpfAddress {
  family: 4 | 6
  bytes: readonly number[]
  /** Decimals or hexadecimal nibbles with dots between (macro i). */
  dotted: string
  readable: string
}

/** The address; IPv4 mapped into IPv6 is IPv4 (section 5). Null when it is none. */
export function parseAddress(text: string): SpfAddress | null {
  if (text.includes('%') || !(ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text)))
    return null
  const address = ipaddr.process(text)
  const bytes = address.toByteArray()
  if (address.kind() === 'ipv4')
    return { family: 4, bytes, dotted: bytes.join('.'), readable: bytes.join('.') }
  const nibbles = bytes.flatMap((byte) => [byte >> 4, byte & 15])
  const dotted = nibbles.map((nibble) => nibble.toString(16)).join('.')
  return { family: 6, bytes, dotted, readable: address.toString() }
}

/** Whether the first `bits` of both are the same; addresses of different families never are. */
export function sharesNetwork(address: SpfAddress, network: string, bits: number): boolean {
  const other = parseNetwork(network)
  if (!other || other.length !== address.bytes.length) return false
  return address.bytes.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - index * 8))
    return ((byte ^ (other[index] ?? 0)) & (0xff00 >> left) & 0xff) === 0
  })
}

/** The name that an address is looked up by, e.g. `4.3.2.1.in-addr.arpa`. */
export const reverseName = ({ dotted, family }: SpfAddress): string =>
  `${dotted.split('.').reverse().join('.')}.${family === 4 ? 'in-addr' : 'ip6'}.arpa`

/** Whether the name can be asked for: ASCII (RFC 8616 section 4), labels of 1 to 63 octets, 253 in all. */
export function isName(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.')
  return name.length <= 254 && labels.every((label) => /^[ -~]{1,63}$/.test(label))
}

/** A name in letters of any script as DNS knows it (RFC 8616 section 3); what is no name stays as it is. */
export function asciiName(name: string): string {
  if (/^[ -~]*$/.test(name) || !URL.canParse(`http://${name}/`)) return name
  return new URL(`http://${name}/`).hostname
}

/** Whether check_host may begin with it: a name of more than one label, and no address in brackets (section 4.3). */
export const isMailDomain = (name: string): boolean =>
  isName(name) && /[^.]\.[^.]/.test(name) && !/^\[.*\]$/.test(name)

// A network of the record keeps its own family: ::ffff:1.2.3.4 is no IPv4 network there.
function parseNetwork(text: string): number[] | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toByteArray()
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toByteArray() : null
}
