/** What was seen of a host's encryption: plain data, kept, so that results can be judged again. */
import type { Certificate } from './certificate.ts'
import type { TlsVersion } from './client-hello.ts'

export type ProbeOutcome =
  | { kind: 'accepted'; version: TlsVersion; cipher: number }
  /** By an alert, or (null) by closing the connection. */
  | { kind: 'refused'; alert: number | null }
  /** No connection, or no answer in time. */
  | { kind: 'silent' }
  /** Something answers, but not TLS. */
  | { kind: 'garbled' }

/** What each of the probes offers at most. */
export const PROBES = ['tls13', 'tls12', 'tls11', 'tls10', 'weak', 'dated'] as const

export type ProbeName = (typeof PROBES)[number]

export interface TlsObservation {
  host: string
  /** How an ordinary https request ended; `failed`: nobody says why; null: it was not made. */
  https: 'trusted' | 'untrusted' | 'closed' | 'failed' | null
  /** Null: no probe can reach the host, e.g. one behind Cloudflare. */
  probes: Record<ProbeName, ProbeOutcome> | null
  /** As the server sends it with TLS 1.2, its own certificate first; empty when it was not seen. */
  chain: Certificate[]
  /** From the public logs, newest first; null: not asked or no answer. */
  issued: IssuedCertificate[] | null
}

export interface IssuedCertificate {
  id: string
  /** Organisation, e.g. `Let's Encrypt`. */
  issuer: string
  /** Names of the issuer in CAA; empty when the log does not say. */
  issuerDomains: string[]
  dnsNames: string[]
  /** Milliseconds since the epoch. */
  notBefore: number
  notAfter: number
}

export interface TlsContext {
  /** Milliseconds since the epoch. */
  now: number
  /** Hosts that the certificate has to cover besides the host itself, e.g. with and without www. */
  hosts: readonly string[]
  /** Issuers by organisation or CAA name that the owner uses; null: never said. */
  approvedIssuers: readonly string[] | null
  /** Issuers that CAA allows; null: there is no rule. */
  caaIssuers: readonly string[] | null
  /** Every host that the owner knows of. */
  knownHosts: readonly string[]
}
