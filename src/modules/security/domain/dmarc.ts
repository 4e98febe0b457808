/** A DMARC policy record (RFC 9989 sections 4.7 and 4.8), with what was legal before (RFC 7489) as warnings. */
import { parseReportAddresses } from './dmarc-address.ts'
import { type Remark, Remarks } from './remark.ts'

export interface DmarcRecord {
  /** Whether nothing in it breaks the grammar. */
  valid: boolean
  /** As published: names and words in small letters, addresses as written. Broken ones are left out. */
  tags: Record<string, string>
  errors: Remark[]
  warnings: Remark[]
}

const POLICY = /^(none|quarantine|reject)$/i

/** What the value of a tag has to be; addresses are read apart. */
const VALUES: Readonly<Record<string, RegExp>> = {
  p: POLICY,
  sp: POLICY,
  np: POLICY,
  adkim: /^[rs]$/i,
  aspf: /^[rs]$/i,
  psd: /^[ynu]$/i,
  t: /^[yn]$/i,
  fo: /^[01ds]([ \t]*:[ \t]*[01ds])*$/i,
}
const ADDRESSES = ['rua', 'ruf']
/** RFC 9989 appendix A and the registry: historic. */
const REMOVED: Readonly<Record<string, string>> = {
  pct: 'Some receivers never honoured it; t=y stands for pct=0.',
  rf: 'There is only one format of reports.',
  ri: 'Reports come once a day.',
}

/** Whether a text record counts as one of DMARC at all: `v=DMARC1` comes first, its value in capitals. */
export const isDmarcRecord = (text: string): boolean => /^v[ \t]*=[ \t]*DMARC1[ \t]*(;|$)/.test(lowerV(text))

/** Reads a record. Its shape may be wrong in every way; the remarks say how, the tags hold what receivers use. */
export function parseDmarc(record: string): DmarcRecord {
  const remarks = new Remarks()
  const tags: Record<string, string> = Object.create(null)
  if (!isDmarcRecord(record))
    remarks.error('version-wrong', 'The record does not begin with v=DMARC1 in exactly these letters.')
  const parts = record.split(';')
  if (parts.at(-1)?.trim() === '') parts.pop()
  const seen = new Set<string>()
  for (const part of parts) readTag(part, seen, tags, remarks)
  adviseOnTags(tags, remarks)
  const { errors, warnings } = remarks
  return { valid: errors.length === 0, tags, errors, warnings }
}

function readTag(part: string, seen: Set<string>, tags: Record<string, string>, remarks: Remarks): void {
  const [, written = '', value = ''] = /^[ \t]*([a-z]+)[ \t]*=[ \t]*([ -:<-~\t]*?)[ \t]*$/i.exec(part) ?? []
  const name = written.toLowerCase()
  const again = seen.has(name)
  seen.add(name)
  if (part.trim() === '') remarks.warn('separator-doubled', 'There is nothing between two semicolons.')
  else if (name === '') remarks.error('tag-broken', `"${part.trim()}" is no tag: name=value is expected.`)
  else if (value === '') remarks.error('tag-empty', `The tag ${name} has no value.`)
  else if (again) remarks.error('tag-twice', `The tag ${name} appears twice.`)
  else if (name === 'v') tags.v = value
  else if (Object.hasOwn(REMOVED, name)) {
    tags[name] = value
    remarks.warn('tag-removed', `The tag ${name} was removed by RFC 9989. ${REMOVED[name]}`)
  } else if (ADDRESSES.includes(name)) {
    tags[name] = value
    parseReportAddresses(value, remarks, name)
  } else if (!Object.hasOwn(VALUES, name))
    remarks.warn('tag-unknown', `Receivers ignore the tag ${name}, which is not registered.`)
  else if (VALUES[name]?.test(value)) tags[name] = value.toLowerCase()
  else remarks.error('value-wrong', `${name}=${value} is no value that the tag ${name} can have.`)
}

function adviseOnTags(tags: Record<string, string>, remarks: Remarks): void {
  const names = Object.keys(tags)
  if (!('p' in tags)) remarks.warn('policy-missing', 'Without the tag p the policy is none.')
  else if (names[1] !== 'p')
    remarks.warn('policy-late', 'Receivers that follow RFC 7489 expect the tag p right behind v.')
  if (!tags.rua) remarks.warn('reports-missing', 'Without the tag rua nobody sends you reports.')
  if (/0.*1|1.*0|(d|s).*\1/.test(tags.fo ?? ''))
    remarks.warn('fo-mixed', 'Of 0 and 1 the tag fo takes one, and d and s once each, since RFC 9989.')
  if (tags.fo && !tags.ruf) remarks.warn('fo-without-ruf', 'The tag fo does nothing without ruf.')
  if (tags.psd === 'y' && tags.ruf)
    remarks.warn('psd-with-ruf', 'A public suffix must not ask for reports on single mails.')
}

const lowerV = (text: string): string => text.replace(/^V/, 'v')
