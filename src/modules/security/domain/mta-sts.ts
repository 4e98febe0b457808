/** MTA-STS: the record and the policy that make other servers encrypt their mail to a domain (RFC 8461). */
import { type Remark, Remarks } from './remark.ts'

export interface MtaStsPolicy {
  valid: boolean
  mode: 'enforce' | 'testing' | 'none' | null
  /** Patterns in small letters, e.g. `*.mail.example.com`. */
  mx: string[]
  /** Seconds; null when missing or wrong. */
  maxAge: number | null
  errors: Remark[]
  warnings: Remark[]
}

const MODES = ['enforce', 'testing', 'none'] as const
const WEEK = 604_800
/** RFC 8461 section 3.2: about a year. */
const LONGEST = 31_557_600
const HOST = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i
const FIELD = /^[a-z0-9][a-z0-9_.-]{0,31}=[!-:<>-~]+$/i

/** Whether a text record counts as one of MTA-STS (section 3.1). */
export const isMtaStsRecord = (text: string): boolean => /^v=STSv1[ \t]*(;|$)/.test(text)

/** The id of the record behind `_mta-sts`; null when the record breaks the grammar. */
export function parseMtaStsId(text: string): string | null {
  const [version, ...fields] = text.split(';').map((part) => part.trim())
  if (fields.at(-1) === '') fields.pop()
  const ids = fields.filter((field) => field.startsWith('id='))
  const [id = ''] = ids
  if (version !== 'v=STSv1' || ids.length !== 1 || !fields.every((field) => FIELD.test(field))) return null
  return /^id=[a-z0-9]{1,32}$/i.test(id) ? id.slice('id='.length) : null
}

/** Reads the text of `/.well-known/mta-sts.txt`. */
export function parseMtaStsPolicy(text: string): MtaStsPolicy {
  const remarks = new Remarks()
  const fields = new Map<string, string>()
  const mx: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const [, key = '', value = ''] = /^([a-z0-9][a-z0-9_.-]{0,31})[ \t]*:[ \t]*(.*?)[ \t]*$/i.exec(line) ?? []
    if (key === '') remarks.error('line-broken', `"${line.slice(0, 60)}" is no line of a policy.`)
    else if (key === 'mx') mx.push(value.toLowerCase())
    else if (!fields.has(key)) fields.set(key, value)
    else remarks.warn('field-twice', `Only the first ${key} counts.`)
  }
  const mode = MODES.find((one) => one === fields.get('mode')) ?? null
  const maxAge = /^\d{1,10}$/.test(fields.get('max_age') ?? '') ? Number(fields.get('max_age')) : null
  if (fields.get('version') !== 'STSv1') remarks.error('version-wrong', 'The version has to be STSv1.')
  if (!mode) remarks.error('mode-wrong', 'The mode has to be enforce, testing or none.')
  if (maxAge === null || maxAge > LONGEST)
    remarks.error('max-age-wrong', `max_age has to be a number of seconds up to ${LONGEST}.`)
  else if (maxAge < WEEK) remarks.warn('max-age-short', 'A policy should last a week at least.')
  if (mx.length === 0 && mode !== 'none') remarks.error('mx-missing', 'The policy names no mail server.')
  for (const pattern of mx)
    if (!HOST.test(pattern)) remarks.error('mx-wrong', `"${pattern}" is no name of a mail server.`)
  return {
    valid: remarks.errors.length === 0,
    mode,
    mx,
    maxAge,
    errors: remarks.errors,
    warnings: remarks.warnings,
  }
}

/** Whether a policy covers a mail server; a star stands for one label (section 4.1). */
export function coversMailServer(patterns: readonly string[], host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  const parent = name.slice(name.indexOf('.') + 1)
  return patterns.some((pattern) => pattern === name || (name.includes('.') && pattern === `*.${parent}`))
}
