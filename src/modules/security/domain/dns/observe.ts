/** Asks for everything that the DNS checks need. Knows no network: the look-ups come as arguments. */
import { getDomain } from 'tldts'
import { type DnsLookup, isAnswered, lastAlias } from './lookup.ts'
import type { DnsObservation, HostObservation, TargetHost } from './observation.ts'
import type { Registration } from './registration.ts'
import { serviceOf } from './services.ts'

export interface DnsSources {
  lookup: DnsLookup
  /** Start of the page of a host, to tell an abandoned address; null when it cannot be had. */
  read: (url: string) => Promise<{ status: number; text: string } | null>
  /** By the registrable domain. */
  register: (domain: string) => Promise<Registration | null>
}

const MOST_HOSTS = 50
const MOST_TARGETS = 20
const MOST_TEXT = 20_000

/** `hosts` are the known names of the owner; `label` is random and made for this scan. */
export async function observeDns(
  domain: string,
  hosts: readonly string[],
  label: string,
  { lookup, read, register }: DnsSources,
): Promise<DnsObservation> {
  const random = `${label}.${domain}`
  const [soa, caa, ns, mx, texts, wild, registration] = await Promise.all([
    lookup({ name: domain, type: 'SOA' }),
    climbToCaa(domain, lookup),
    lookup({ name: getDomain(domain) ?? domain, type: 'NS' }),
    lookup({ name: domain, type: 'MX' }),
    lookup({ name: domain, type: 'TXT' }),
    lookup({ name: random, type: 'A' }),
    register(getDomain(domain) ?? domain),
  ])
  const mailHosts = mx.records.map((record) => record.split(' ')[1] ?? '').filter((host) => host !== '.')
  return {
    ...{ domain, soa, caa, texts, registration, random: { name: random, answer: wild } },
    nameServers: { answer: ns, hosts: await observeTargets(ns.records, lookup) },
    mailServers: { answer: mx, hosts: await observeTargets(mailHosts, lookup) },
    hosts: await Promise.all(
      [...new Set([domain, ...hosts])].slice(0, MOST_HOSTS).map((host) => observeHost(host, lookup, read)),
    ),
  }
}

/** RFC 8659 section 3: the nearest name upwards with records decides. */
async function climbToCaa(domain: string, lookup: DnsLookup): Promise<DnsObservation['caa']> {
  const labels = domain.split('.')
  let last: DnsObservation['caa'] | null = null
  for (let skip = 0; skip < labels.length - 1; skip++) {
    const name = labels.slice(skip).join('.')
    const answer = await lookup({ name, type: 'CAA' })
    last = { domain: name, answer }
    if (answer.records.length > 0 || !isAnswered(answer)) break
  }
  return last ?? { domain, answer: await lookup({ name: domain, type: 'CAA' }) }
}

function observeTargets(names: readonly string[], lookup: DnsLookup): Promise<TargetHost[]> {
  return Promise.all(
    names.slice(0, MOST_TARGETS).map(async (name) => {
      const host = name.replace(/\.$/, '')
      const answers = await Promise.all([
        lookup({ name: host, type: 'A' }),
        lookup({ name: host, type: 'AAAA' }),
      ])
      const found = answers.some(({ records }) => records.length > 0)
      return { host, resolves: found || (answers.every(isAnswered) ? false : null) }
    }),
  )
}

async function observeHost(
  host: string,
  lookup: DnsLookup,
  read: DnsSources['read'],
): Promise<HostObservation> {
  const [four, six] = await Promise.all([
    lookup({ name: host, type: 'A' }),
    lookup({ name: host, type: 'AAAA' }),
  ])
  const claimable = lastAlias(four) !== null && serviceOf(lastAlias(four) ?? '')?.says
  // an abandoned place has no certificate for the name
  const answer = claimable && four.records.length > 0 ? await read(`http://${host}/`) : null
  const page = answer && { status: answer.status, text: answer.text.slice(0, MOST_TEXT) }
  return { host, four, six, page }
}
