/** Asks for everything that the mail checks need. Knows no network: the look-ups come as arguments. */
import { isDkimRecord } from '../dkim.ts'
import { selectorsToTry } from '../dkim-selectors.ts'
import { isDmarcRecord } from '../dmarc.ts'
import { consentName, outsideHosts, parseReportAddresses } from '../dmarc-address.ts'
import { type DmarcWalk, walkDmarc } from '../dmarc-walk.ts'
import { type DnsAnswer, type DnsLookup, isAnswered, spfResolver } from '../dns/lookup.ts'
import { isMtaStsRecord } from '../mta-sts.ts'
import { Remarks } from '../remark.ts'
import { evaluateSpf } from '../spf.ts'
import { isSpfRecord } from '../spf-record.ts'
import {
  type FetchedPolicy,
  hostOfMx,
  isNullMx,
  type MailObservation,
  type MailServer,
} from './observation.ts'

export interface MailSources {
  lookup: DnsLookup
  /** Text of an https address, redirects not followed (RFC 8461 section 3.3); null when it cannot be had. */
  read: (url: string) => Promise<FetchedPolicy | null>
}

/** A server that nobody lists (RFC 5737): how the policy treats it is how it treats everyone else. */
const STRANGER = '192.0.2.1'
const COUNTED = { lookups: 60, voids: 60 }
const MOST_SERVERS = 20

/** `selectors`: names of DKIM keys that the owner or a report gave. */
export async function observeMail(
  domain: string,
  { lookup, read }: MailSources,
  selectors: readonly string[] = [],
): Promise<MailObservation> {
  const [mx, texts, dmarc, tlsRpt, bimi, mtaSts] = await Promise.all([
    lookup({ name: domain, type: 'MX' }),
    lookup({ name: domain, type: 'TXT' }),
    walkDmarc(domain, spfResolver(lookup)),
    lookup({ name: `_smtp._tls.${domain}`, type: 'TXT' }),
    lookup({ name: `default._bimi.${domain}`, type: 'TXT' }),
    observeMtaSts(domain, lookup, read),
  ])
  const visited = await observeSpf(domain, texts, lookup)
  const seen = visited.stranger?.trace.map(({ domain: at, term }) => `${at} ${term}`) ?? []
  return {
    ...{ domain, mx, texts, dmarc, tlsRpt, bimi, mtaSts },
    ...visited,
    servers: await observeServers(mx, lookup),
    consents: await observeConsents(domain, dmarc, lookup),
    dkim: await observeDkim(domain, selectorsToTry(selectors, mx.records, seen), lookup),
  }
}

async function observeSpf(domain: string, texts: DnsAnswer, lookup: DnsLookup) {
  if (texts.records.filter(isSpfRecord).length !== 1) return { stranger: null, lookups: null }
  const query = { ip: STRANGER, sender: `postmaster@${domain}`, helo: domain, resolve: spfResolver(lookup) }
  const stranger = await evaluateSpf(query)
  if (stranger.result !== 'permerror') return { stranger, lookups: stranger.lookups }
  return { stranger, lookups: (await evaluateSpf({ ...query, limits: COUNTED })).lookups }
}

function observeServers(mx: DnsAnswer, lookup: DnsLookup): Promise<MailServer[]> {
  const hosts = mx.records.filter((record) => !isNullMx(record)).map(hostOfMx)
  return Promise.all(
    hosts.slice(0, MOST_SERVERS).map(async (host) => {
      const answers = await Promise.all([
        lookup({ name: host, type: 'A' }),
        lookup({ name: host, type: 'AAAA' }),
      ])
      const isAlias = answers.some(({ aliases }) => aliases.length > 0)
      return { host, isAlias, hasDane: mx.isAuthenticated && (await hasDane(host, lookup)) }
    }),
  )
}

/** Only signed records count, and of them those that bind to a key rather than to an issuer (RFC 7672 section 3.1.3). */
async function hasDane(host: string, lookup: DnsLookup): Promise<boolean> {
  const { isAuthenticated, records } = await lookup({ name: `_25._tcp.${host}`, type: 'TLSA' })
  return isAuthenticated && records.some((record) => /^[23] /.test(record))
}

/** RFC 9990: an address outside the organisation counts when its host says so, for this domain or for all. */
function observeConsents(domain: string, { policy }: DmarcWalk, lookup: DnsLookup) {
  const at = policy?.domain ?? domain
  const addresses = parseReportAddresses(policy?.record.tags.rua ?? '', new Remarks(), 'rua')
  return Promise.all(
    outsideHosts(addresses, at).map(async (host) => {
      const answer = await lookup({ name: consentName(at, host), type: 'TXT' })
      return { host, granted: isAnswered(answer) ? answer.records.some(isDmarcRecord) : null }
    }),
  )
}

async function observeDkim(domain: string, tried: string[], lookup: DnsLookup) {
  const answers = await Promise.all(
    tried.map(async (selector) => ({
      selector,
      answer: await lookup({ name: `${selector}._domainkey.${domain}`, type: 'TXT' }),
    })),
  )
  const keys = answers.flatMap(({ selector, answer }) =>
    answer.records.filter(isDkimRecord).map((text) => ({ selector, text })),
  )
  return { tried, keys, unanswered: answers.filter(({ answer }) => !isAnswered(answer)).length }
}

async function observeMtaSts(domain: string, lookup: DnsLookup, read: MailSources['read']) {
  const record = await lookup({ name: `_mta-sts.${domain}`, type: 'TXT' })
  const announced = record.records.some(isMtaStsRecord)
  const policy = announced ? await read(`https://mta-sts.${domain}/.well-known/mta-sts.txt`) : null
  return { record, policy }
}
