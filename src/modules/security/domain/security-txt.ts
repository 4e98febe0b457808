/** security.txt: how to report a hole to the owner of a site (RFC 9116). */
import { type Remark, Remarks } from './remark.ts'
import { readSignedText } from './security-txt-signed.ts'

export interface SecurityTxtField {
  /** In the spelling of the standard, where it knows the field. */
  name: string
  value: string
  /** From 1. */
  line: number
}

export interface SecurityTxt {
  fields: SecurityTxtField[]
  errors: Remark[]
  warnings: Remark[]
}

export interface SecurityTxtPlace {
  /** Where the text was found, after redirects. */
  url: string
  /** Milliseconds since the epoch, or an ISO 8601 instant. */
  now: number | string | Date
}

/** Fields of addresses; the others have a form of their own. */
const ADDRESS_FIELDS = ['Acknowledgments', 'Canonical', 'Contact', 'Encryption', 'Hiring', 'Policy', 'CSAF']
const FIELDS = [...ADDRESS_FIELDS, 'Expires', 'Preferred-Languages', 'Bug-Bounty']
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/
const LANGUAGES = /^[a-z]{1,8}(-[a-z0-9]{1,8})*(\s*,\s*[a-z]{1,8}(-[a-z0-9]{1,8})*)*$/i
const YEAR_MS = 366 * 86_400_000

/** Reads the text of a file, signed or not. Unknown fields are kept and remarked on, comments are left out. */
export function parseSecurityTxt(text: string, { url, now }: SecurityTxtPlace): SecurityTxt {
  const remarks = new Remarks()
  const fields: SecurityTxtField[] = []
  if (text.startsWith('\uFEFF')) remarks.error('byte-order-mark', 'The file begins with a byte order mark.')
  const body = readSignedText(text.replace(/^\uFEFF/, ''), remarks)
  for (const { text: line, number } of body.lines) readLine(line, number, fields, remarks)
  checkPlace(url, fields, body.signed, remarks)
  checkContact(fields, remarks)
  checkExpiry(
    fields,
    typeof now === 'object' ? now.getTime() : typeof now === 'string' ? Date.parse(now) : now,
    remarks,
  )
  checkLanguages(fields, remarks)
  return { fields, errors: remarks.errors, warnings: remarks.warnings }
}

function readLine(line: string, number: number, fields: SecurityTxtField[], remarks: Remarks): void {
  if (line.trim() === '' || line.startsWith('#')) return
  const at = `Line ${number}`
  const [, written = '', gap = '', after = ''] = /^([^\s:]+)(\s*:)(.*)$/.exec(line) ?? []
  const value = after.trim()
  if (/^\s/.test(line)) remarks.error('space-before-field', `${at} begins with a space.`)
  else if (written === '') remarks.error('line-broken', `${at} is neither a field nor a comment.`)
  else if (value === '') remarks.error('value-missing', `${at}: ${written} has no value.`)
  if (written === '' || value === '') return
  if (gap !== ':') remarks.error('space-before-colon', `${at} has a space before the colon.`)
  if (!after.startsWith(' ')) remarks.error('space-missing', `${at} lacks the space behind the colon.`)
  const name = FIELDS.find((field) => field.toLowerCase() === written.toLowerCase())
  if (!name) remarks.warn('field-unknown', `${at}: readers ignore the field ${written}.`)
  fields.push({ name: name ?? written, value, line: number })
  if (name && ADDRESS_FIELDS.includes(name)) checkAddress(name, value, at, remarks)
}

function checkAddress(name: string, value: string, at: string, remarks: Remarks): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\S+$/i.exec(value)?.[1]?.toLowerCase()
  if (scheme === undefined || !URL.canParse(value))
    remarks.error('address-wrong', `${at}: ${name} needs an address, e.g. https://… or mailto:….`)
  else if (scheme === 'http')
    remarks.error('address-http', `${at}: web addresses have to begin with https://.`)
  else if (name === 'CSAF' && !/\/provider-metadata\.json$/.test(value))
    remarks.error('csaf-other-file', `${at}: CSAF has to lead to a provider-metadata.json.`)
}

function checkPlace(url: string, fields: SecurityTxtField[], signed: boolean, remarks: Remarks): void {
  const place = URL.canParse(url) ? new URL(url) : null
  if (place?.protocol !== 'https:') remarks.error('place-http', 'The file has to be served over https.')
  if (place?.pathname === '/security.txt')
    remarks.warn('place-old', 'The file belongs at /.well-known/security.txt.')
  else if (place && place.pathname !== '/.well-known/security.txt')
    remarks.error('place-wrong', 'The file was not found at /.well-known/security.txt.')
  const canonical = fields.filter(({ name }) => name === 'Canonical').map(({ value }) => value)
  if (canonical.length > 0 && !canonical.some((value) => sameAddress(value, url)))
    remarks.error('canonical-elsewhere', 'No Canonical field names the address where the file was found.')
  if (signed && canonical.length === 0)
    remarks.warn('canonical-missing', 'A signed file should name its own address in a Canonical field.')
}

function checkContact(fields: SecurityTxtField[], remarks: Remarks): void {
  if (!fields.some(({ name }) => name === 'Contact'))
    remarks.error('contact-missing', 'The file has no Contact field.')
}

function checkExpiry(fields: SecurityTxtField[], now: number, remarks: Remarks): void {
  const expiries = fields.filter(({ name }) => name === 'Expires')
  const [expiry] = expiries
  if (!expiry) remarks.error('expires-missing', 'The file has no Expires field.')
  if (!expiry) return
  if (expiries.length > 1) remarks.error('expires-twice', 'There may be only one Expires field.')
  const at = INSTANT.test(expiry.value) ? Date.parse(expiry.value.toUpperCase()) : Number.NaN
  if (Number.isNaN(at))
    remarks.error('expires-wrong', `Expires has to be a moment such as 2030-01-31T12:00:00Z.`)
  else if (at <= now) remarks.error('expired', `The file expired on ${expiry.value}.`)
  else if (at - now > YEAR_MS)
    remarks.warn('expires-late', 'Expires should be less than a year ahead, so that the file is kept fresh.')
}

function checkLanguages(fields: SecurityTxtField[], remarks: Remarks): void {
  const languages = fields.filter(({ name }) => name === 'Preferred-Languages')
  if (languages.length > 1)
    remarks.error('languages-twice', 'There may be only one Preferred-Languages field.')
  for (const { value } of languages)
    if (!LANGUAGES.test(value))
      remarks.error(
        'languages-wrong',
        'Preferred-Languages needs language tags with commas between, e.g. en, fr.',
      )
}

const sameAddress = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href
