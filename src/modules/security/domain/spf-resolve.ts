/** What an SPF evaluation asks of the DNS, with the limits that it keeps (RFC 7208 section 4.6.4). */
import { isName, reverseName, type SpfAddress, sharesNetwork } from './spf-address.ts'

export type SpfRecordType = 'TXT' | 'A' | 'AAAA' | 'MX' | 'PTR'

/** `timeout` is any failure to get an answer. MX as `10 mail.example.`, TXT as the joined string. */
export interface SpfAnswer {
  status: 'ok' | 'nxdomain' | 'timeout'
  records: string[]
}

export type SpfResolve = (name: string, type: SpfRecordType) => Promise<SpfAnswer>

/** Ends the evaluation: the outcome of the topmost check_host. */
export class SpfStop extends Error {
  readonly result: 'temperror' | 'permerror'

  constructor(result: 'temperror' | 'permerror', why: string) {
    super(why)
    this.result = result
  }
}

export interface SpfLimits {
  /** Terms that ask the DNS: 10. */
  lookups: number
  /** Of these, terms whose question has no answer: 2. */
  voids: number
}

const MOST_NAMES = 10

/** Counts the terms of one evaluation, over all the records that it visits. */
export class SpfQuestions {
  lookups = 0
  voids = 0
  readonly #resolve: SpfResolve
  readonly #limits: SpfLimits

  constructor(resolve: SpfResolve, limits: SpfLimits) {
    this.#resolve = resolve
    this.#limits = limits
  }

  /** Of include, a, mx, ptr, exists and redirect, before they ask. */
  countTerm(): void {
    this.lookups++
    if (this.lookups > this.#limits.lookups)
      throw new SpfStop('permerror', `more than ${this.#limits.lookups} terms ask the DNS`)
  }

  /** A policy or an explanation: its failure is for the caller to judge. */
  async texts(name: string): Promise<SpfAnswer> {
    return isName(name) ? this.#resolve(name.replace(/\.$/, ''), 'TXT') : { status: 'nxdomain', records: [] }
  }

  /** Records of the target of a term. No answer counts as void, a failure ends the evaluation. */
  async ofTerm(name: string, type: SpfRecordType): Promise<string[]> {
    if (!isName(name)) return []
    const records = await this.#ask(name, type)
    if (records.length === 0) this.#countVoid()
    return records
  }

  /** Whether the domain has an address in the same network as the sender. */
  async hasAddress(name: string, ip: SpfAddress, bits: number): Promise<boolean> {
    const found = await this.ofTerm(name, ip.family === 4 ? 'A' : 'AAAA')
    return found.some((address) => sharesNetwork(ip, address, bits))
  }

  /** Whether a name of the sender's address lies in the domain; no name at all counts as void (section 5.5). */
  async hasNameIn(domain: string, ip: SpfAddress): Promise<boolean> {
    if (!isName(domain)) return false
    const { status, records } = await this.#resolve(reverseName(ip), 'PTR')
    if (status !== 'timeout' && records.length === 0) this.#countVoid()
    return (await this.#validate(records, ip)).some((name) => isBelow(name, domain))
  }

  /** The same for the mail servers; a domain with more than ten is an error (section 4.6.4). */
  async mailServersHave(name: string, ip: SpfAddress, bits: number): Promise<boolean> {
    const servers = (await this.ofTerm(name, 'MX')).map(exchangeOf)
    if (servers.length > MOST_NAMES) throw new SpfStop('permerror', 'more than ten mail servers')
    for (const server of servers) {
      if (server === '' || !isName(server)) continue
      const found = await this.#ask(server, ip.family === 4 ? 'A' : 'AAAA')
      if (found.some((address) => sharesNetwork(ip, address, bits))) return true
    }
    return false
  }

  /** Section 7.3, letter p: the name that is the domain, else one below it, else any, else `unknown`. */
  async validatedName(domain: string, ip: SpfAddress): Promise<string> {
    const { records } = await this.#resolve(reverseName(ip), 'PTR')
    const names = await this.#validate(records, ip)
    const same = names.find((name) => name.toLowerCase() === domain.toLowerCase())
    return same ?? names.find((name) => isBelow(name, domain)) ?? names[0] ?? 'unknown'
  }

  /** Of the first ten names those that lead back to the address; failures are passed over (section 5.5). */
  async #validate(records: readonly string[], ip: SpfAddress): Promise<string[]> {
    const validated: string[] = []
    for (const record of records.slice(0, MOST_NAMES)) {
      const name = record.replace(/\.$/, '')
      if (!isName(name)) continue
      const answer = await this.#resolve(name, ip.family === 4 ? 'A' : 'AAAA')
      const leadsBack = answer.records.some((address) => sharesNetwork(ip, address, ip.bytes.length * 8))
      if (answer.status === 'ok' && leadsBack) validated.push(name)
    }
    return validated
  }

  async #ask(name: string, type: SpfRecordType): Promise<string[]> {
    const answer = await this.#resolve(name, type)
    if (answer.status === 'timeout') throw new SpfStop('temperror', `no answer for ${name} ${type}`)
    return answer.status === 'ok' ? answer.records : []
  }

  #countVoid(): void {
    this.voids++
    if (this.voids > this.#limits.voids)
      throw new SpfStop('permerror', `more than ${this.#limits.voids} terms lead nowhere`)
  }
}

/** The host of `10 mail.example.`; empty for the null MX. */
const exchangeOf = (record: string): string => (record.trim().split(/\s+/)[1] ?? '').replace(/\.$/, '')

const isBelow = (name: string, domain: string): boolean =>
  `.${name.toLowerCase()}`.endsWith(`.${domain.replace(/\.$/, '').toLowerCase()}`)
