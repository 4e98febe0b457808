/** DNS over HTTPS in wire format (RFC 8484): works the same at every resolver, and says whether signatures hold. */

import { answerOf, type DnsAnswer, type DnsLookup } from '../../modules/security/domain/dns/lookup.ts'
import { type DnsQuestion, decodeMessage, encodeQuery } from '../../modules/security/domain/dns/message.ts'
import { type FetchRules, fetchBytes } from '../../platform/safe-fetch.ts'

/** Two operators, so that one that fails or lies does not decide alone. */
export const PUBLIC_RESOLVERS = [
  'https://cloudflare-dns.com/dns-query',
  'https://dns.google/dns-query',
] as const

const FAILED: DnsAnswer = { status: 'failed', isAuthenticated: false, records: [], aliases: [], ttl: null }
const LARGEST_ANSWER = 65_535
const SERVER_FAILURE = 2
const NO_SUCH_NAME = 3

/** `DOH_URL` names one or more resolvers with commas between; without it the public ones are asked. */
export function readResolvers(setting: string): string[] {
  const urls = setting
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean)
  const wrong = urls.find((url) => !URL.canParse(url))
  if (wrong) throw new Error(`DOH_URL must be an http(s) address, not ${wrong}`)
  return urls.length > 0 ? urls : [...PUBLIC_RESOLVERS]
}

/** One lookup a resolver. A configured resolver may be private. */
export const createLookups = (urls: readonly string[], rules: FetchRules): DnsLookup[] =>
  urls.map((url) => createLookup(url, { ...rules, allowPrivate: [...rules.allowPrivate, new URL(url).host] }))

/** Asks the first, and the next when one gives no answer. */
export function firstAnswer(lookups: readonly DnsLookup[]): DnsLookup {
  return async (question) => {
    for (const lookup of lookups) {
      const answer = await lookup(question)
      if (answer.status !== 'failed') return answer
    }
    return FAILED
  }
}

/** Asks each question once, e.g. within one scan. */
export function remembered(lookup: DnsLookup): DnsLookup {
  const answers = new Map<string, Promise<DnsAnswer>>()
  return (question) => {
    const key = `${question.name.toLowerCase().replace(/\.$/, '')} ${question.type} ${question.unchecked ?? false}`
    const answer = answers.get(key) ?? lookup(question)
    answers.set(key, answer)
    return answer
  }
}

function createLookup(url: string, rules: FetchRules): DnsLookup {
  return async (question) => {
    const answer = await ask(url, question, rules)
    if (answer.code !== SERVER_FAILURE || question.unchecked) return answer
    // RFC 4035 section 5.5: what fails only while it is checked does not validate
    const unchecked = await ask(url, { ...question, unchecked: true }, rules)
    return unchecked.status === 'failed' ? FAILED : { ...unchecked, status: 'bogus', isAuthenticated: false }
  }
}

async function ask(
  url: string,
  question: DnsQuestion,
  rules: FetchRules,
): Promise<DnsAnswer & { code?: number }> {
  const query = encodeQuery(question)
  if (!query) return { ...FAILED, status: 'nxdomain' }
  const headers = { Accept: 'application/dns-message', 'Content-Type': 'application/dns-message' }
  const fetched = await fetchBytes(
    url,
    { method: 'POST', headers, body: query },
    { timeoutMs: 5000, ...rules, redirects: 0, maxBytes: LARGEST_ANSWER },
  )
  const message = fetched.ok && fetched.value.status === 200 ? decodeMessage(fetched.value.bytes) : null
  const asked = message?.questions[0]
  const isOurs = asked?.type === question.type && sameName(asked.name, question.name)
  if (!message?.isResponse || message.isTruncated || !isOurs) return FAILED
  if (message.code !== 0 && message.code !== NO_SUCH_NAME) return { ...FAILED, code: message.code }
  return {
    ...answerOf(question.name, question.type, message.answers),
    status: message.code === 0 ? 'ok' : 'nxdomain',
    isAuthenticated: message.isAuthenticated,
  }
}

const sameName = (one: string, other: string): boolean =>
  one.toLowerCase().replace(/\.$/, '') === other.toLowerCase().replace(/\.$/, '')
