import { expect, it } from 'vitest'
import { evaluateSpf } from '../../../src/modules/security/domain/spf.ts'
import { zoneResolver } from './zone.ts'

const QUERY = { ip: '192.0.2.3', sender: 'strong-bad@email.example.com', helo: 'mx.example.org' }

/** What `exists:` of the text asks for. */
async function expanded(text: string, more: Partial<typeof QUERY> = {}): Promise<string | undefined> {
  const resolve = zoneResolver({ 'email.example.com': { TXT: [`v=spf1 exists:${text} -all`] } })
  await evaluateSpf({ ...QUERY, ...more, resolve })
  return resolve.asked[1]?.replace(/ A$/, '')
}

async function explained(text: string, more: Partial<typeof QUERY> = {}) {
  const resolve = zoneResolver({
    'email.example.com': { TXT: ['v=spf1 -all exp=why.%{d}'] },
    'why.email.example.com': { TXT: [text] },
  })
  const now = Date.UTC(2026, 10, 23)
  const { explanation } = await evaluateSpf({ ...QUERY, ...more, resolve, receiver: 'in.example.net', now })
  return explanation
}

// the examples of RFC 7208 section 7.4
it.each([
  ['%{s}', 'strong-bad@email.example.com'],
  ['%{o}', 'email.example.com'],
  ['%{d}', 'email.example.com'],
  ['%{d4}', 'email.example.com'],
  ['%{d3}', 'email.example.com'],
  ['%{d2}', 'example.com'],
  ['%{d1}', 'com'],
  ['%{dr}', 'com.example.email'],
  ['%{d2r}', 'example.email'],
  ['%{l}', 'strong-bad'],
  ['%{l-}', 'strong.bad'],
  ['%{lr}', 'strong-bad'],
  ['%{lr-}', 'bad.strong'],
  ['%{l1r-}', 'strong'],
  ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
  ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
  ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
  ['%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}', '3.2.0.192.in-addr.strong.lp._spf.example.com'],
  ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
  ['%{h}', 'mx.example.org'],
  ['%{L}.%{D1}.example', 'strong-bad.com.example'],
  ['a%%b.%{d}', 'a%b.email.example.com'],
  ['a%-b.%{d}', 'a%20b.email.example.com'],
  ['a%_b.%{d}', 'a b.email.example.com'],
])('%s asks for %s', async (text, name) => expect(await expanded(text)).toBe(name))

it('writes IPv6 as nibbles', async () =>
  expect(await expanded('%{ir}.%{v}._spf.%{d2}', { ip: '2001:db8::cb01' })).toBe(
    '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com',
  ))

it('splits at each of several delimiters', async () =>
  expect(await expanded('%{l2r+-/}.example.net', { sender: 'a+b-c/d@email.example.com' })).toBe(
    'b.a.example.net',
  ))

it('drops labels from the left of a name that is too long', async () => {
  const local = Array.from({ length: 60 }, (_, index) => `l${index}`).join('.')
  const name = await expanded('%{l}.%{l}.example.net', { sender: `${local}@email.example.com` })
  expect(name?.length).toBeLessThanOrEqual(253)
  expect(name).toMatch(/^l\d+\..*\.l59\.example\.net$/)
  expect(`l0.${local}.${local}.example.net`.endsWith(`.${name}`)).toBe(true)
})

it('never asks for a name with letters outside ASCII', async () =>
  expect(await expanded('%{l}.example.net', { sender: 'zo\u00eb@email.example.com' })).toBeUndefined())

it.each([
  '%{d0}.example.net',
  '%{e}.example.net',
  '%(d).example.net',
  '%{d',
  '%{t}.example.net',
  '%{c}.a.net',
  '%',
])('%s is no name and breaks the record', async (text) => {
  const resolve = zoneResolver({ 'email.example.com': { TXT: [`v=spf1 exists:${text} -all`] } })
  expect((await evaluateSpf({ ...QUERY, resolve })).result).toBe('permerror')
})

it.each([
  ['plain', 'plain'],
  ['%{i} is not one of %{d}', '192.0.2.3 is not one of email.example.com'],
  ['%{c} at %{t} by %{r}', '192.0.2.3 at 1795392000 by in.example.net'],
  ['see http://%{d}/why?s=%{S}', 'see http://email.example.com/why?s=strong-bad%40email.example.com'],
  ['broken %{x}', undefined],
  ['100% broken', undefined],
  ['', undefined],
  ['caf\u00e9', undefined],
])('explains a refusal: %s', async (text, explanation) => expect(await explained(text)).toBe(explanation))

it('escapes every letter that an address cannot hold', async () =>
  expect(await explained('%{L}', { sender: "~jack&jill=up-a_b3.c!d'e(f)*@email.example.com" })).toBe(
    '~jack%26jill%3Dup-a_b3.c%21d%27e%28f%29%2A',
  ))

const withExplanation = (terms: string, why: string[] | 'timeout') =>
  evaluateSpf({
    ...QUERY,
    resolve: zoneResolver({
      'email.example.com': { TXT: [`v=spf1 ${terms}`] },
      'why.example.com': { TXT: why },
      'other.example.com': { TXT: ['v=spf1 -all exp=theirs.example.com'] },
      'theirs.example.com': { TXT: ['theirs'] },
    }),
  })

it.each([
  ['-all exp=why.example.com', ['ours'], 'fail', 'ours'],
  ['exp=why.example.com -all', ['ours'], 'fail', 'ours'],
  ['-all exp=why.example.com', ['one', 'two'], 'fail', undefined],
  ['-all exp=why.example.com', 'timeout', 'fail', undefined],
  ['-all exp=gone.example.com', [], 'fail', undefined],
  ['~all exp=why.example.com', ['ours'], 'softfail', undefined],
  ['include:other.example.com -all exp=why.example.com', ['ours'], 'fail', 'ours'],
  ['redirect=other.example.com exp=why.example.com', ['ours'], 'fail', 'theirs'],
  ['-all exp=', [], 'permerror', undefined],
  ['-all exp=-all', [], 'permerror', undefined],
  ['-all exp=why.example.com exp=why.example.com', ['ours'], 'permerror', undefined],
] as const)('%s with %j gives %s and %s', async (terms, why, result, explanation) => {
  const answer = await withExplanation(terms, why === 'timeout' ? why : [...why])
  expect([answer.result, answer.explanation]).toEqual([result, explanation])
})

it.each([
  [['example.net.', 'mail.email.example.com.', 'email.example.com.'], 'email.example.com'],
  [['example.net.', 'mail.email.example.com.'], 'mail.email.example.com'],
  [['example.net.'], 'example.net'],
  [['forged.example.net.'], 'unknown'],
  [[], 'unknown'],
])('prefers of %j the name %s', async (names, chosen) => {
  const A = { A: ['192.0.2.3'] }
  const resolve = zoneResolver({
    'email.example.com': { TXT: ['v=spf1 exists:%{p}.seen.example.com -all'], ...A },
    'mail.email.example.com': A,
    'example.net': A,
    '3.2.0.192.in-addr.arpa': { PTR: names },
  })
  await evaluateSpf({ ...QUERY, resolve })
  expect(resolve.asked.at(-1)).toBe(`${chosen}.seen.example.com A`)
})
