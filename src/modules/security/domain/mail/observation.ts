/** What was seen of a domain's mail set-up: plain data, kept, so that every result can be judged again. */
import type { DmarcWalk } from '../dmarc-walk.ts'
import { type DnsAnswer, isAnswered } from '../dns/lookup.ts'
import type { SpfEvaluation } from '../spf.ts'

export interface MailObservation {
  /** In ASCII, small letters, without a final dot. */
  domain: string
  mx: DnsAnswer
  servers: MailServer[]
  /** All text records of the domain. */
  texts: DnsAnswer
  /** How the policy treats the server of a stranger; null without exactly one policy. */
  stranger: SpfEvaluation | null
  /** Look-ups that the policy would take if nobody limited them. */
  lookups: number | null
  dmarc: DmarcWalk
  /** Hosts outside the organisation that get DMARC reports, and whether they consent; null: no answer. */
  consents: { host: string; granted: boolean | null }[]
  dkim: { tried: string[]; keys: { selector: string; text: string }[]; unanswered: number }
  mtaSts: { record: DnsAnswer; policy: FetchedPolicy | null }
  tlsRpt: DnsAnswer
  bimi: DnsAnswer
}

export interface MailServer {
  /** Without a final dot. */
  host: string
  isAlias: boolean
  /** Whether signed records name its certificate, so that senders can insist on encryption (RFC 7672). */
  hasDane: boolean
}

/** Whether every mail server is protected by DANE. */
export const isDaneComplete = ({ servers }: MailObservation): boolean =>
  servers.length > 0 && servers.every(({ hasDane }) => hasDane)

export interface FetchedPolicy {
  status: number
  contentType: string
  text: string
}

/** Whether the domain takes no mail: there is no mail server, or the null MX (RFC 7505). Null: nobody knows. */
export function isWithoutMail({ mx }: MailObservation): boolean | null {
  if (!isAnswered(mx)) return null
  return mx.records.every(isNullMx)
}

/** A mail server that is none: the domain refuses all mail (RFC 7505). */
export const isNullMx = (record: string): boolean => /^\d+ \.$/.test(record)

/** The host of `10 mail.example.`, without the final dot. */
export const hostOfMx = (record: string): string => (record.split(' ')[1] ?? '').replace(/\.$/, '')
