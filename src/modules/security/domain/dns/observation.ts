/** What was seen of a domain's records and registration: plain data, kept, so that results can be judged again. */
import type { DnsAnswer } from './lookup.ts'
import type { Registration } from './registration.ts'

export interface DnsObservation {
  /** In ASCII, small letters, without a final dot. */
  domain: string
  soa: DnsAnswer
  /** Of the domain or, where it has none of its own, of the nearest name above. */
  caa: { domain: string; answer: DnsAnswer }
  nameServers: { answer: DnsAnswer; hosts: TargetHost[] }
  mailServers: { answer: DnsAnswer; hosts: TargetHost[] }
  /** A label that nobody would publish. */
  random: { name: string; answer: DnsAnswer }
  texts: DnsAnswer
  hosts: HostObservation[]
  /** Null: the registry was not asked or did not answer. */
  registration: Registration | null
}

export interface TargetHost {
  /** Without a final dot. */
  host: string
  /** Null: no answer. */
  resolves: boolean | null
}

export interface HostObservation {
  host: string
  /** Of IPv4, with the aliases on the way. */
  four: DnsAnswer
  six: DnsAnswer
  /** The page of a host behind a claimable service; null: not asked or no answer. */
  page: { status: number; text: string } | null
}

/** What the owner has told us. */
export interface DnsContext {
  /** Milliseconds since the epoch. */
  now: number
  /** The organisation that issued the certificate in use; null: not known. */
  issuer: string | null
  /** Whether a name of that certificate has a star. */
  hasWildcardName: boolean
  /** The owner wants every name to lead somewhere. */
  wildcardDeclared: boolean
  /** Vendors in the register; null: there is none yet. */
  vendors: readonly string[] | null
}
