/** Where DMARC reports go: lists of addresses in rua and ruf (RFC 9989 section 4.8, RFC 9990). */
import { getDomain } from 'tldts'
import type { Remarks } from './remark.ts'

export interface ReportAddress {
  /** Without the obsolete size limit. */
  uri: string
  /** In small letters; of the mail address, or of the web address. */
  host: string
  scheme: string
}

const MAILTO = /^mailto:[^@\s,!]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:\?\S*)?$/i
const SIZE_LIMIT = /!\d+[kmgt]?$/i

/** The addresses that receivers can use. Those that they cannot are left out, with a remark. */
export function parseReportAddresses(list: string, remarks: Remarks, tag: string): ReportAddress[] {
  const found: ReportAddress[] = []
  for (const entry of list.split(',')) {
    const uri = entry.trim().replace(SIZE_LIMIT, '')
    if (uri !== entry.trim())
      remarks.warn('size-limit-obsolete', `The size limit of ${entry.trim()} is ignored since RFC 9989.`)
    const address = readAddress(uri)
    if (!address)
      remarks.error('address-wrong', `"${uri}" in ${tag} is no address, e.g. mailto:you@example.com.`)
    else if (address.scheme !== 'mailto')
      remarks.warn(
        'scheme-uncommon',
        `Receivers need not support ${address.scheme}: addresses such as ${uri}.`,
      )
    if (address) found.push(address)
  }
  return found
}

/** Hosts outside the domain's own organisation, which have to consent to its reports (RFC 9990). */
export function outsideHosts(addresses: readonly ReportAddress[], domain: string): string[] {
  const own = getDomain(domain) ?? domain
  const hosts = addresses.filter(({ scheme }) => scheme === 'mailto').map(({ host }) => host)
  return [...new Set(hosts)].filter((host) => (getDomain(host) ?? host) !== own)
}

/** The name where such a host says that it takes the reports of the domain. */
export const consentName = (domain: string, host: string): string => `${domain}._report._dmarc.${host}`

function readAddress(uri: string): ReportAddress | null {
  const mail = MAILTO.exec(uri)
  if (mail) return { uri, host: (mail[1] ?? '').toLowerCase(), scheme: 'mailto' }
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):[^\s!]+$/i.exec(uri) ?? []
  if (scheme === '' || scheme.toLowerCase() === 'mailto' || !URL.canParse(uri)) return null
  return { uri, host: new URL(uri).hostname, scheme: scheme.toLowerCase() }
}
