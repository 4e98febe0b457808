/** Asks the registry of a domain (RDAP); rdap.org knows which registry answers for which ending (RFC 9224). */
import { parseRegistration, type Registration } from '../../modules/security/domain/dns/registration.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'

const PUBLIC_BASE = 'https://rdap.org'

/** `base` without a slash at the end; empty for the public one. Null when the registry gives no readable answer. */
export const createRegistry =
  (base: string, rules: FetchRules) =>
  async (domain: string): Promise<Registration | null> => {
    const headers = { Accept: 'application/rdap+json, application/json' }
    const url = `${base || PUBLIC_BASE}/domain/${encodeURIComponent(domain)}`
    const answer = await fetchText(url, { headers }, { ...rules, maxBytes: 500_000 })
    return answer.ok && answer.value.status === 200 ? parseRegistration(readJson(answer.value.text)) : null
  }

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
