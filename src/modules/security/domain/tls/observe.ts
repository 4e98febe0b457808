/** Asks for everything that the checks of encryption need. Knows no network: the look-ups come as arguments. */
import type { DnsLookup } from '../dns/lookup.ts'
import { isCloudflare } from './cloudflare.ts'
import type { IssuedCertificate, TlsObservation } from './observation.ts'

export interface TlsSources {
  lookup: DnsLookup
  /** Handshakes with one address, which refuses private ones itself. */
  probe: (host: string, address: string) => Promise<Pick<TlsObservation, 'probes' | 'chain'>>
  /** Status of an ordinary https request to the host, redirects not followed; null when it fails. */
  request: (host: string) => Promise<number | null>
  /** Certificates in the public logs; null when they cannot be read. */
  issued: (host: string) => Promise<IssuedCertificate[] | null>
}

/** What Cloudflare answers when its own handshake with the site fails, or the certificate is not trusted. */
const HANDSHAKE_FAILED = 525
const NOT_TRUSTED = 526

/** The first address counts; one behind Cloudflare is not probed. */
export async function observeTls(host: string, sources: TlsSources): Promise<TlsObservation> {
  const { lookup, probe, request, issued } = sources
  const [four, six, status, logged] = await Promise.all([
    lookup({ name: host, type: 'A' }),
    lookup({ name: host, type: 'AAAA' }),
    request(host),
    issued(host),
  ])
  const address = [...four.records, ...six.records][0]
  const reachable = address !== undefined && !isCloudflare(address)
  const seen = reachable ? await probe(host, address) : { probes: null, chain: [] }
  return { host, https: stateOf(status, seen.probes), issued: logged, ...seen }
}

function stateOf(status: number | null, probes: TlsObservation['probes']): TlsObservation['https'] {
  if (status === NOT_TRUSTED) return 'untrusted'
  if (status !== null && status !== HANDSHAKE_FAILED) return 'trusted'
  const outcomes = Object.values(probes ?? {})
  // a server that refuses every hello, or speaks something else, has no https
  const noTls = outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'refused' || kind === 'garbled')
  return noTls ? 'closed' : 'failed'
}
