/** check_host of SPF: one record after the other, term by term (RFC 7208 sections 4 to 6). */
import { isMailDomain, type SpfAddress, sharesNetwork } from './spf-address.ts'
import { expandDomain, expandMacros, parseMacroString, type SpfMacroFacts } from './spf-macro.ts'
import { isSpfRecord, parseSpf, type SpfMechanism, type SpfQualifier, type SpfRecord } from './spf-record.ts'
import { type SpfQuestions, SpfStop } from './spf-resolve.ts'

export type SpfOutcome = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror'

export interface SpfStep {
  domain: string
  /** As written; the whole record on its first step. */
  term: string
  outcome: 'record' | 'match' | 'no match' | SpfOutcome
}

/** What stays the same while records include each other. */
export interface SpfVisit {
  ip: SpfAddress
  facts: Omit<SpfMacroFacts, 'domain' | 'validated'>
  questions: SpfQuestions
  trace: SpfStep[]
}

export interface SpfChecked {
  result: SpfOutcome
  /** Of the record that decided, and the domain where it stands: for the explanation. */
  decidedBy?: { record: SpfRecord; domain: string }
}

const RESULT_OF: Readonly<Record<SpfQualifier, SpfOutcome>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
}

/** The outcome for one domain. Errors of the topmost kind are thrown as `SpfStop`. */
export async function checkHost(visit: SpfVisit, domain: string): Promise<SpfChecked> {
  const record = await readRecord(visit, domain)
  if (!record) return { result: 'none' }
  for (const { qualifier, mechanism, text } of record.directives) {
    const matched = await matches(visit, domain, mechanism)
    visit.trace.push({ domain, term: text, outcome: matched ? 'match' : 'no match' })
    if (matched) return { result: RESULT_OF[qualifier], decidedBy: { record, domain } }
  }
  if (!record.redirect) return { result: 'neutral' }
  visit.questions.countTerm()
  const target = await expandDomain(record.redirect, factsOf(visit, domain))
  const checked = await checkHost(visit, target)
  // section 6.1: to be sent on to a domain without a policy is an error
  if (checked.result === 'none') throw new SpfStop('permerror', `redirect to ${target}, which has no record`)
  return checked
}

/** The text that the domain gives for a refusal; undefined when there is none to show (section 6.2). */
export async function explainRefusal(visit: SpfVisit, checked: SpfChecked): Promise<string | undefined> {
  const { record, domain } = checked.decidedBy ?? {}
  if (checked.result !== 'fail' || !record?.explanation || domain === undefined) return undefined
  const facts = factsOf(visit, domain)
  const { status, records } = await visit.questions.texts(await expandDomain(record.explanation, facts))
  const [text] = records
  if (status !== 'ok' || records.length !== 1 || text === undefined) return undefined
  const tokens = parseMacroString(text, 'explanation')
  const explanation = tokens ? await expandMacros(tokens, facts) : ''
  return explanation === '' ? undefined : explanation
}

async function readRecord(visit: SpfVisit, domain: string): Promise<SpfRecord | null> {
  if (!isMailDomain(domain)) return null
  const { status, records } = await visit.questions.texts(domain)
  if (status === 'timeout') throw new SpfStop('temperror', `no answer for ${domain} TXT`)
  const policies = status === 'ok' ? records.filter(isSpfRecord) : []
  const [policy] = policies
  if (policy === undefined) return null
  if (policies.length > 1) throw new SpfStop('permerror', `${domain} has more than one record`)
  visit.trace.push({ domain, term: policy, outcome: 'record' })
  const parsed = parseSpf(policy)
  if (!parsed.ok) throw new SpfStop('permerror', `${domain}: ${parsed.wrong} is no term of SPF`)
  return parsed.record
}

async function matches(visit: SpfVisit, domain: string, mechanism: SpfMechanism): Promise<boolean> {
  const { ip, questions } = visit
  if (mechanism.kind === 'all') return true
  if ('network' in mechanism) return sharesNetwork(ip, mechanism.network, mechanism.bits)
  questions.countTerm()
  const facts = factsOf(visit, domain)
  const target = mechanism.domain ? await expandDomain(mechanism.domain, facts) : domain
  if (mechanism.kind === 'include') return includes(visit, target)
  if (mechanism.kind === 'exists') return (await questions.ofTerm(target, 'A')).length > 0
  if (mechanism.kind === 'ptr') return questions.hasNameIn(target, ip)
  const bits = ip.family === 4 ? mechanism.bits4 : mechanism.bits6
  if (mechanism.kind === 'a') return questions.hasAddress(target, ip, bits)
  return questions.mailServersHave(target, ip, bits)
}

/** Section 5.2: only a pass of the other record matches. */
async function includes(visit: SpfVisit, target: string): Promise<boolean> {
  const { result } = await checkHost(visit, target)
  if (result === 'none') throw new SpfStop('permerror', `${target} is included and has no record`)
  return result === 'pass'
}

function factsOf(visit: SpfVisit, domain: string): SpfMacroFacts {
  return { ...visit.facts, domain, validated: () => visit.questions.validatedName(domain, visit.ip) }
}
