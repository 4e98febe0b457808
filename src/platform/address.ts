/** Which internet addresses are public. */
import ipaddr from 'ipaddr.js'

/**
 * Whether the address belongs to the public internet (RFC 6890). IPv4 mapped into IPv6 counts as what it is; the other
 * ways to wrap it (NAT64, 6to4, Teredo) never count. A name, a zone or an odd spelling (`0x7f.1`) is no address.
 */
export function isPublicAddress(address: string): boolean {
  const isWritten = ipaddr.IPv6.isValid(address) || ipaddr.IPv4.isValidFourPartDecimal(address)
  return isWritten && !address.includes('%') && ipaddr.process(address).range() === 'unicast'
}
