/** Whether a certificate is for a host (RFC 9525 section 6.3). */
import ipaddr from 'ipaddr.js'
import type { Certificate } from './certificate.ts'

/** Names of the subject do not count; a star stands for one whole label, the first. */
export function covers(
  { dnsNames, addresses }: Pick<Certificate, 'dnsNames' | 'addresses'>,
  host: string,
): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (ipaddr.isValid(name)) return addresses.includes(ipaddr.parse(name).toString())
  const dot = name.indexOf('.')
  const starred = dot > 0 ? `*${name.slice(dot)}` : null
  return dnsNames.some((one) => one === name || one === starred)
}
