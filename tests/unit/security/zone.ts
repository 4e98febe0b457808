/** A small DNS for tests: answers by name and type, everything else does not exist. */
import type { DnsLookup } from '../../../src/modules/security/domain/dns/lookup.ts'
import type { SpfAnswer, SpfResolve } from '../../../src/modules/security/domain/spf.ts'

/** Names to types to records; the word `timeout` for a name server that does not answer. */
export type Zone = Record<string, Record<string, string[] | 'timeout'>>

export function zoneResolver(zone: Zone): SpfResolve & { asked: string[] } {
  const names = new Map(Object.entries(zone).map(([name, types]) => [name.toLowerCase(), types]))
  const asked: string[] = []
  const resolve = async (name: string, type: string): Promise<SpfAnswer> => {
    asked.push(`${name} ${type}`)
    const types = names.get(name.toLowerCase())
    if (!types) return { status: 'nxdomain', records: [] }
    const records = types[type] ?? []
    return records === 'timeout' ? { status: 'timeout', records: [] } : { status: 'ok', records }
  }
  return Object.assign(resolve, { asked })
}

/** The same zone for everything that asks the DNS itself. `CNAME` leads on; names in `bogus` do not validate. */
export function zoneLookup(zone: Zone, bogus: readonly string[] = [], signed = false): DnsLookup {
  const names = new Map(Object.entries(zone).map(([name, types]) => [name.toLowerCase(), types]))
  return async ({ name, type }) => {
    const aliases: string[] = []
    let at = name.toLowerCase().replace(/\.$/, '')
    for (let alias = names.get(at)?.CNAME; Array.isArray(alias) && type !== 'CNAME'; ) {
      const target = alias[0] ?? ''
      aliases.push(target)
      at = target.replace(/\.$/, '')
      alias = names.get(at)?.CNAME
    }
    const types = names.get(at)
    const records = types?.[type] ?? []
    const answer = {
      isAuthenticated: signed,
      aliases,
      ttl: 60,
      records: records === 'timeout' ? [] : records,
    }
    if (records === 'timeout') return { ...answer, status: 'failed', isAuthenticated: false }
    if (bogus.includes(name)) return { ...answer, status: 'bogus', isAuthenticated: false }
    return { ...answer, status: types ? 'ok' : 'nxdomain' }
  }
}
