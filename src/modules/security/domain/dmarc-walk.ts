/** Which DMARC record holds for a domain: the tree walk of RFC 9989 section 4.10. */
import { type DmarcRecord, isDmarcRecord, parseDmarc } from './dmarc.ts'
import { parseReportAddresses } from './dmarc-address.ts'
import { Remarks } from './remark.ts'
import type { SpfResolve } from './spf-resolve.ts'

export type DmarcPolicy = 'none' | 'quarantine' | 'reject'

export interface DmarcWalkStep {
  domain: string
  /** Every record of DMARC there; more than one counts as none. */
  records: string[]
  status: 'ok' | 'nxdomain' | 'timeout'
}

export interface DmarcWalk {
  steps: DmarcWalkStep[]
  /** Null when a question on the way had no answer, so that nothing can be said. */
  organizationalDomain: string | null
  /** The record that holds, and where it stands; null when there is none. */
  policy: { domain: string; text: string; record: DmarcRecord } | null
}

const MOST_LABELS = 8

/** Asks for `_dmarc` at the domain and upwards, eight names at most. The domain is in ASCII, without a final dot. */
export async function walkDmarc(domain: string, resolve: SpfResolve): Promise<DmarcWalk> {
  const steps: DmarcWalkStep[] = []
  for (const name of namesUpwards(domain)) {
    const { status, records } = await resolve(`_dmarc.${name}`, 'TXT')
    const found = records.filter(isDmarcRecord)
    steps.push({ domain: name, records: found, status })
    const [text] = found
    if (found.length === 1 && text !== undefined && /^[yn]$/.test(parseDmarc(text).tags.psd ?? '')) break
  }
  return { steps, ...select(domain, steps) }
}

/** The names to ask for, longest first: `a.example.com`, `example.com`, `com`. */
export function namesUpwards(domain: string): string[] {
  const labels = domain.split('.')
  const rest = labels.length < MOST_LABELS ? labels.slice(1) : labels.slice(-(MOST_LABELS - 1))
  return [domain, ...rest.map((_, index) => rest.slice(index).join('.'))]
}

/**
 * What receivers do with mail that fails, for `domain` under the record at `policyDomain`; null when they do not apply
 * DMARC at all: a broken policy without an address for reports (section 4.10.1), or a tag that appears twice, which
 * voids the whole list (RFC 6376 section 3.2). Testing lowers it by one level.
 */
export function policyFor(
  { domain: policyDomain, text, record }: NonNullable<DmarcWalk['policy']>,
  domain: string,
  exists: boolean,
): DmarcPolicy | null {
  if (record.errors.some(({ code }) => code === 'tag-twice')) return null
  const { p, sp, np, t } = record.tags as Record<string, DmarcPolicy | 'y' | undefined>
  if (!p || isBroken(text, record, 'sp') || isBroken(text, record, 'np'))
    return hasReports(record) ? 'none' : null
  const below = exists ? sp : (np ?? sp)
  const chosen = (domain === policyDomain ? p : (below ?? p)) as DmarcPolicy
  if (t !== 'y') return chosen
  return chosen === 'reject' ? 'quarantine' : 'none'
}

function select(domain: string, steps: DmarcWalkStep[]): Omit<DmarcWalk, 'steps'> {
  if (steps.some(({ status }) => status === 'timeout')) return { organizationalDomain: null, policy: null }
  const found = steps.flatMap(({ domain: at, records }) =>
    records.length === 1 && records[0] !== undefined
      ? [{ domain: at, text: records[0], record: parseDmarc(records[0]) }]
      : [],
  )
  const organizationalDomain = organisationOf(domain, found)
  const at = (name: string) => found.find((one) => one.domain === name)
  const suffix = found.find(({ record }) => record.tags.psd === 'y')
  return { organizationalDomain, policy: at(domain) ?? at(organizationalDomain) ?? suffix ?? null }
}

/** Section 4.10.2; `found` goes from the longest name to the shortest. */
function organisationOf(domain: string, found: { domain: string; record: DmarcRecord }[]): string {
  for (const { domain: at, record } of found) {
    if (record.tags.psd === 'n') return at
    if (record.tags.psd === 'y' && at !== domain)
      return domain
        .split('.')
        .slice(-(at.split('.').length + 1))
        .join('.')
  }
  return found.at(-1)?.domain ?? domain
}

const isBroken = (text: string, { tags }: DmarcRecord, name: string): boolean =>
  !(name in tags) && new RegExp(`;[ \\t]*${name}[ \\t]*=`, 'i').test(text)

const hasReports = ({ tags }: DmarcRecord): boolean =>
  parseReportAddresses(tags.rua ?? '', new Remarks(), 'rua').length > 0
