/** What the evaluators ask of a resolver, and its answers as their rules read them. */
import type { SpfAnswer, SpfResolve } from '../spf-resolve.ts'
import type { DnsQuestion, DnsRecord } from './message.ts'
import type { DnsType } from './record.ts'

export interface DnsAnswer {
  /** `bogus`: the answer exists, but its signature does not validate. `failed`: nothing can be said. */
  status: 'ok' | 'nxdomain' | 'bogus' | 'failed'
  /** The resolver has verified the signatures. */
  isAuthenticated: boolean
  /** Of the type that was asked for, at the end of any chain of aliases. */
  records: string[]
  /** The aliases on the way, in order, with final dots. */
  aliases: string[]
  /** The smallest time to live of the answer in seconds; null for none. */
  ttl: number | null
}

/** Port: the DNS as a resolver gives it. A failure is an answer, never a throw. */
export type DnsLookup = (question: DnsQuestion) => Promise<DnsAnswer>

/** Whether the answer can be judged: a broken signature hides the records as much as silence does. */
export const isAnswered = ({ status }: DnsAnswer): boolean => status === 'ok' || status === 'nxdomain'

/** The name that the aliases end at, without a final dot; null without any. */
export const lastAlias = ({ aliases }: DnsAnswer): string | null => aliases.at(-1)?.replace(/\.$/, '') ?? null

/** The records of the type, and the chain of aliases that leads to them. */
export function answerOf(name: string, type: DnsType, records: readonly DnsRecord[]) {
  const aliases: string[] = []
  let at = rooted(name)
  for (let step = 0; step < records.length && type !== 'CNAME'; step++) {
    const alias = records.find((record) => record.type === 'CNAME' && sameName(record.name, at))
    if (!alias) break
    at = alias.data
    aliases.push(at)
  }
  const found = records.filter((record) => record.type === type && sameName(record.name, at))
  const ttls = records.map(({ ttl }) => ttl)
  return { aliases, records: found.map(({ data }) => data), ttl: ttls.length > 0 ? Math.min(...ttls) : null }
}

/** A resolver as the rules of SPF and DMARC know it. */
export function spfResolver(lookup: DnsLookup): SpfResolve {
  return async (name, type): Promise<SpfAnswer> => {
    const { status, records } = await lookup({ name, type })
    if (status === 'ok' || status === 'nxdomain') return { status, records }
    return { status: 'timeout', records: [] }
  }
}

const rooted = (name: string): string => (name.endsWith('.') ? name : `${name}.`)

const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
