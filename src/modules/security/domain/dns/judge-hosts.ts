/** DNS-04 and DNS-08: where the names of the owner lead. */
import ipaddr from 'ipaddr.js'
import type { CheckResult } from '../check.ts'
import { fail, notTested, pass, verdict } from '../verdict.ts'
import { isAnswered, lastAlias } from './lookup.ts'
import type { DnsObservation, HostObservation } from './observation.ts'
import { serviceOf } from './services.ts'

type Fate = 'safe' | 'claimable' | 'dangling' | 'unknown'

/** DNS-04: an alias whose target a stranger can claim fails, one whose target is gone warns. */
export function judgeTakeover({ hosts }: DnsObservation): CheckResult {
  const fates = hosts.map((one) => ({ one, fate: fateOf(one) }))
  const seen = (fate: Fate) => fates.filter((each) => each.fate === fate).map(({ one }) => describe(one))
  const [claimable, dangling, unknown] = [seen('claimable'), seen('dangling'), seen('unknown')]
  if (claimable.length > 0)
    return fail(
      'DNS-04',
      'takeover-possible',
      'An address points to a place that a stranger can rent.',
      claimable,
    )
  if (dangling.length > 0) {
    const summary = 'An address points to a name that no longer exists.'
    return verdict('DNS-04', 'warn', ['alias-dangling', summary, dangling], 'high')
  }
  if (unknown.length > 0)
    return notTested(
      'DNS-04',
      'alias-unclear',
      'An address, or the place behind it, did not answer.',
      unknown,
    )
  return pass('DNS-04', 'aliases-in-use', `None of ${hosts.length} addresses points to an abandoned place.`)
}

/** An alias to a name that is gone can be claimed only where the service hands out such names. */
function fateOf({ four, six, page }: HostObservation): Fate {
  const target = lastAlias(four) ?? lastAlias(six)
  if (!isAnswered(four)) return 'unknown'
  if (target === null) return 'safe'
  const service = serviceOf(target)
  if (four.records.length === 0 && six.records.length === 0) {
    if (four.status !== 'nxdomain') return service ? 'unknown' : 'safe'
    return service ? 'claimable' : 'dangling'
  }
  if (!service?.says) return 'safe'
  if (!page) return 'unknown'
  return service.says.test(page.text) ? 'claimable' : 'safe'
}

/** DNS-08, by the ranges of RFC 6890. */
export function judgePrivate({ hosts }: DnsObservation): CheckResult {
  const found: string[] = []
  for (const { host, four, six } of hosts)
    for (const address of [...four.records, ...six.records])
      if (ipaddr.isValid(address) && ipaddr.process(address).range() !== 'unicast')
        found.push(`${host} ${address}`)
  if (found.length > 0)
    return fail('DNS-08', 'private-address', 'An address of the inner network is published.', found)
  const silent = hosts
    .filter(({ four, six }) => !isAnswered(four) || !isAnswered(six))
    .map(({ host }) => host)
  if (silent.length > 0)
    return notTested('DNS-08', 'dns-silent', 'Not every name could be looked up.', silent)
  return pass('DNS-08', 'addresses-public', `The addresses of ${hosts.length} names are public ones.`)
}

const describe = ({ host, four }: HostObservation): string => {
  const target = lastAlias(four) ?? ''
  const service = serviceOf(target)
  if (target === '') return host
  return `${host} leads to ${target}${service ? ` (${service.name})` : ''}`
}
