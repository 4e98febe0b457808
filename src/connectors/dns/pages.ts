/** What the scan of a domain reads over HTTP, one answer at a time: redirects are answers too. */
import { type DnsLookup, isAnswered } from '../../modules/security/domain/dns/lookup.ts'
import type { FetchedPolicy } from '../../modules/security/domain/mail/observation.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'

/** Null when there is no answer, or one that is too large. */
export const createPageReader =
  (rules: FetchRules) =>
  async (url: string): Promise<FetchedPolicy | null> => {
    const answer = await fetchText(url, {}, { ...rules, redirects: 0 })
    if (!answer.ok) return null
    const { status, headers, text } = answer.value
    return { status, contentType: headers.get('Content-Type') ?? '', text }
  }

/** Status of a request for a host's start page over https; null when it fails. A large page is an answer. */
export const createHttpsRequest =
  (rules: FetchRules) =>
  async (host: string): Promise<number | null> => {
    const answer = await fetchText(`https://${host}/`, { method: 'HEAD' }, { ...rules, redirects: 0 })
    return answer.ok ? answer.value.status : null
  }

/** For `FetchRules.addressesOf`: every address of a host; none when the DNS does not answer for sure. */
export const addressesFrom =
  (lookup: DnsLookup) =>
  async (host: string): Promise<string[]> => {
    const answers = await Promise.all([
      lookup({ name: host, type: 'A' }),
      lookup({ name: host, type: 'AAAA' }),
    ])
    return answers.every(isAnswered) ? answers.flatMap(({ records }) => records) : []
  }
