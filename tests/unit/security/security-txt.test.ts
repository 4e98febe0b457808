import { expect, it } from 'vitest'
import { parseSecurityTxt } from '../../../src/modules/security/domain/security-txt.ts'

const URL_OF_FILE = 'https://example.com/.well-known/security.txt'
const NOW = '2026-11-23T12:00:00Z'
const GOOD = 'Contact: mailto:security@example.com\nExpires: 2027-06-30T22:00:00.000Z\n'

const read = (text: string, url = URL_OF_FILE) => {
  const { fields, errors, warnings } = parseSecurityTxt(text, { url, now: NOW })
  return { fields, errors: errors.map(({ code }) => code), warnings: warnings.map(({ code }) => code) }
}

it('reads fields in any case, over comments, empty lines and both kinds of line break', () => {
  const { fields, errors, warnings } = read(
    `# Our policy\r\n\r\ncontact: https://example.com/report\r\nCONTACT: tel:+1-201-555-0123\nExpires: 2027-06-30T22:00:00+02:00\nPreferred-Languages: en, de-CH\nHiring: https://example.com/jobs\n`,
  )
  expect(fields).toEqual([
    { name: 'Contact', value: 'https://example.com/report', line: 3 },
    { name: 'Contact', value: 'tel:+1-201-555-0123', line: 4 },
    { name: 'Expires', value: '2027-06-30T22:00:00+02:00', line: 5 },
    { name: 'Preferred-Languages', value: 'en, de-CH', line: 6 },
    { name: 'Hiring', value: 'https://example.com/jobs', line: 7 },
  ])
  expect([errors, warnings]).toEqual([[], []])
})

it.each([
  ['', ['contact-missing', 'expires-missing']],
  ['Contact: mailto:a@example.com\n', ['expires-missing']],
  ['Expires: 2027-06-30T22:00:00Z\n', ['contact-missing']],
  [`${GOOD}Expires: 2027-06-30T22:00:00Z\n`, ['expires-twice']],
  ['Contact: mailto:a@example.com\nExpires: 2026-11-23T12:00:00Z\n', ['expired']],
  ['Contact: mailto:a@example.com\nExpires: 2027-06-30\n', ['expires-wrong']],
  ['Contact: mailto:a@example.com\nExpires: 2027-13-30T22:00:00Z\n', ['expires-wrong']],
  ['Contact: mailto:a@example.com\nExpires: Wed, 30 Jun 2027 22:00:00 +0000\n', ['expires-wrong']],
  ['Contact: security@example.com\nExpires: 2027-06-30T22:00:00Z\n', ['address-wrong']],
  ['Contact: http://example.com\nExpires: 2027-06-30T22:00:00Z\n', ['address-http']],
  ['Contact:mailto:a@example.com\nExpires: 2027-06-30T22:00:00Z\n', ['space-missing']],
  ['Contact : mailto:a@example.com\nExpires: 2027-06-30T22:00:00Z\n', ['space-before-colon']],
  [`${GOOD}Policy:\n`, ['value-missing']],
  [`${GOOD} Policy: https://example.com/\n`, ['space-before-field']],
  [`${GOOD}just words\n`, ['line-broken']],
  [`${GOOD}Preferred-Languages: en; fr\n`, ['languages-wrong']],
  [`${GOOD}Preferred-Languages: en\nPreferred-Languages: fr\n`, ['languages-twice']],
  [`${GOOD}Canonical: https://example.org/.well-known/security.txt\n`, ['canonical-elsewhere']],
  [`${GOOD}CSAF: https://example.com/csaf/\n`, ['csaf-other-file']],
  [GOOD.trimEnd(), ['last-line-open']],
  [`\uFEFF${GOOD}`, ['byte-order-mark']],
])('%j has the errors %j', (text, errors) => expect(read(text).errors).toEqual(errors))

it.each([
  ['Contact: mailto:a@example.com\nExpires: 2028-06-30T22:00:00Z\n', ['expires-late']],
  [`${GOOD}Phone: 123\n`, ['field-unknown']],
])('%j is right, with the warnings %j', (text, warnings) =>
  expect(read(text)).toMatchObject({ errors: [], warnings }),
)

it('belongs at the well-known address, over https', () => {
  expect(read(GOOD, 'https://example.com/security.txt')).toMatchObject({
    errors: [],
    warnings: ['place-old'],
  })
  expect(read(GOOD, 'https://example.com/about/security.txt').errors).toEqual(['place-wrong'])
  expect(read(GOOD, 'http://example.com/.well-known/security.txt').errors).toEqual(['place-http'])
})

it('takes the moment as a number, a text or a date', () => {
  for (const now of [Date.parse(NOW), NOW, new Date(NOW)])
    expect(parseSecurityTxt(GOOD, { url: URL_OF_FILE, now }).errors).toEqual([])
})

const signed = (body: string, end = '-----END PGP SIGNATURE-----\n') =>
  `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${body}-----BEGIN PGP SIGNATURE-----\n\niQIz\n${end}`

it('reads what a signature covers, with its own line numbers', () => {
  const text = signed(`- # dashes\n${GOOD}Canonical: ${URL_OF_FILE}\n`)
  const { fields, errors, warnings } = read(text)
  expect(fields.map(({ name, line }) => [name, line])).toEqual([
    ['Contact', 5],
    ['Expires', 6],
    ['Canonical', 7],
  ])
  expect([errors, warnings]).toEqual([[], []])
})

it('says when a signature is not whole, has text behind it, or no canonical address', () => {
  expect(read(signed(GOOD)).warnings).toEqual(['canonical-missing'])
  expect(read(signed(GOOD, '')).errors).toEqual(['signature-broken'])
  expect(read(`${signed(GOOD)}Contact: mailto:evil@example.net\n`).errors).toEqual(['text-behind-signature'])
})
