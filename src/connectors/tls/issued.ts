/** Certificates that the public logs hold for a domain, read through an API in the shape of Cert Spotter's `/v1/issuances`. */
import * as z from 'zod'
import type { IssuedCertificate } from '../../modules/security/domain/tls/observation.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'

const PUBLIC_BASE = 'https://api.certspotter.com'

export interface IssuedSince {
  certificates: IssuedCertificate[]
  /** To be given to the next call, so that it reads only what is new. */
  cursor: string | null
}

const issuanceSchema = z.object({
  id: z.string(),
  dns_names: z.array(z.string()),
  issuer: z.object({
    name: z.string().optional(),
    friendly_name: z.string().optional(),
    caa_domains: z.array(z.string()).nullish(),
  }),
  not_before: z.iso.datetime({ offset: true }),
  not_after: z.iso.datetime({ offset: true }),
})

/**
 * Null when there is no readable answer, e.g. because the hourly allowance is used up. `base` has no
 * slash at the end; empty stands for the public one.
 */
export const createIssuedReader =
  (base: string, rules: FetchRules) =>
  async (domain: string, after: string | null): Promise<IssuedSince | null> => {
    const query = new URLSearchParams({ domain, include_subdomains: 'true', ...(after ? { after } : {}) })
    for (const field of ['dns_names', 'issuer']) query.append('expand', field)
    const answer = await fetchText(
      `${base || PUBLIC_BASE}/v1/issuances?${query}`,
      {},
      { ...rules, redirects: 0 },
    )
    const parsed = answer.ok && answer.value.status === 200 ? readAnswer(answer.value.text) : null
    if (!parsed) return null
    const certificates = parsed.map(issued).sort((one, other) => other.notBefore - one.notBefore)
    return { certificates, cursor: parsed.at(-1)?.id ?? after }
  }

function issued({
  id,
  dns_names,
  issuer,
  not_before,
  not_after,
}: z.infer<typeof issuanceSchema>): IssuedCertificate {
  return {
    id,
    issuer: issuer.friendly_name ?? organizationOf(issuer.name ?? ''),
    issuerDomains: issuer.caa_domains ?? [],
    dnsNames: dns_names.map((name) => name.toLowerCase()),
    notBefore: Date.parse(not_before),
    notAfter: Date.parse(not_after),
  }
}

/** Of a name such as `C=US, O=Let's Encrypt, CN=E5`. */
const organizationOf = (name: string): string =>
  /(?:^|,\s*)O=("[^"]*"|[^,]*)/.exec(name)?.[1]?.replace(/^"|"$/g, '') ?? name

function readAnswer(text: string) {
  try {
    return z.array(issuanceSchema).safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
