import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDkimKey } from '../../src/modules/security/domain/dkim.ts'
import { parseDmarc } from '../../src/modules/security/domain/dmarc.ts'
import { parseMtaStsId, parseMtaStsPolicy } from '../../src/modules/security/domain/mta-sts.ts'
import { parseSecurityTxt } from '../../src/modules/security/domain/security-txt.ts'
import { evaluateSpf } from '../../src/modules/security/domain/spf.ts'
import { writeClientHello } from '../../src/modules/security/domain/tls/client-hello.ts'
import { readServerFlight } from '../../src/modules/security/domain/tls/server-flight.ts'
import { parseTlsRpt } from '../../src/modules/security/domain/tls-rpt.ts'

const OUTCOMES = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']

/** Terms as people write them, right and wrong, over names that lead to each other. */
const name = fc.constantFrom(
  'a.example',
  'b.example',
  'c.example',
  '%{d}',
  '%{ir}.%{v}.b.example',
  'x..y',
  '%{z}',
)
const term = fc.oneof(
  fc.constantFrom(
    'all',
    '-all',
    '~all',
    '?all',
    'a',
    'mx',
    'ptr',
    'a/24',
    'mx//64',
    '',
    'bogus',
    'exp=c.example',
  ),
  fc
    .tuple(fc.constantFrom('include:', 'a:', 'mx:', 'ptr:', 'exists:', '-include:'), name)
    .map(([head, at]) => head + at),
  fc.tuple(fc.constantFrom('redirect=', 'exp=', 'moo='), name).map(([head, at]) => head + at),
  fc.tuple(fc.ipV4(), fc.nat(40)).map(([ip, bits]) => `ip4:${ip}/${bits}`),
  fc.tuple(fc.ipV6(), fc.nat(140)).map(([ip, bits]) => `ip6:${ip}/${bits}`),
)
const record = fc.array(term, { maxLength: 8 }).map((terms) => `v=spf1 ${terms.join(' ')}`)
const records = fc.record({ a: record, b: record, c: record })
const ip = fc.oneof(fc.ipV4(), fc.ipV6())

it('SPF ends in one of its results within its limits, whatever the records say of each other', () =>
  fc.assert(
    fc.asyncProperty(records, ip, fc.string(), async (texts, from, local) => {
      let asked = 0
      const resolve = async (at: string, type: string) => {
        asked++
        const text = texts[at[0] as 'a']
        if (type === 'TXT' && text && at.endsWith('.example'))
          return { status: 'ok' as const, records: [text] }
        if (type === 'A') return { status: 'ok' as const, records: ['192.0.2.1'] }
        if (type === 'MX') return { status: 'ok' as const, records: ['10 b.example.'] }
        return { status: asked % 7 === 0 ? ('timeout' as const) : ('nxdomain' as const), records: [] }
      }
      const answer = await evaluateSpf({ ip: from, sender: `${local}@a.example`, helo: 'h.example', resolve })
      expect(OUTCOMES).toContain(answer.result)
      expect(answer.lookups).toBeLessThanOrEqual(11)
      expect(asked).toBeLessThan(300)
      if (answer.explanation !== undefined) expect(answer.result).toBe('fail')
    }),
    { numRuns: 1000 },
  ))

it('SPF gives the same answer to the same question', () =>
  fc.assert(
    fc.asyncProperty(records, ip, async (texts, from) => {
      const resolve = async (at: string, type: string) =>
        type === 'TXT' && texts[at[0] as 'a']
          ? { status: 'ok' as const, records: [texts[at[0] as 'a']] }
          : { status: 'nxdomain' as const, records: [] }
      const ask = () => evaluateSpf({ ip: from, sender: 'x@a.example', helo: 'h.example', resolve })
      expect(await ask()).toEqual(await ask())
    }),
    { numRuns: 200 },
  ))

const messy = fc.oneof(
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.stringMatching(/^v=(DMARC1|STSv1|TLSRPTv1|DKIM1);[a-z=;:,!@ .\-0-9]{0,200}$/),
)

it('no text makes a parser throw, and what is valid has no errors', () =>
  fc.assert(
    fc.property(messy, (text) => {
      const url = 'https://a.example/.well-known/security.txt'
      parseSecurityTxt(text, { url, now: 0 })
      parseMtaStsId(text)
      for (const { valid, errors } of [parseDmarc(text), parseMtaStsPolicy(text), parseTlsRpt(text)])
        expect(valid).toBe(errors.length === 0)
      expect(parseDkimKey(text).valid && parseDkimKey(text).errors.length > 0).toBe(false)
    }),
    { numRuns: 2000 },
  ))

it('a long text takes no long time', () => {
  const texts = [
    'a'.repeat(60_000),
    'a=b'.repeat(20_000),
    'a='.repeat(30_000),
    ' ;'.repeat(30_000),
    '%{l'.repeat(20_000),
  ]
  for (const text of texts) {
    parseDmarc(`v=DMARC1; rua=mailto:${text}`)
    parseDkimKey(`v=DKIM1; p=${text}`)
    parseMtaStsId(`v=STSv1; id=${text}`)
    parseMtaStsPolicy(`version: STSv1\nmx: ${text}`)
    parseTlsRpt(`v=TLSRPTv1; rua=${text}`)
    parseSecurityTxt(`Contact: ${text}\nPreferred-Languages: ${text}\n`, { url: 'https://a.example', now: 0 })
  }
})

it('a hello names its host and is as long as it says', () =>
  fc.assert(
    fc.property(fc.domain(), fc.constantFrom('1.0', '1.1', '1.2', '1.3'), (host, newest) => {
      const bytes = writeClientHello({ host, newest, ciphers: [0xc02f], random: new Uint8Array(64) })
      expect(((bytes[3] ?? 0) << 8) | (bytes[4] ?? 0)).toBe(bytes.length - 5)
      expect(Buffer.from(bytes).includes(host)).toBe(true)
      expect(Buffer.from(bytes).includes(Buffer.from([0, 43, 0, 3, 2, 3, 4]))).toBe(newest === '1.3')
    }),
  ))

it('whatever a server says is read or refused, and more bytes never take back an answer', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.boolean(), (noise, at, framed) => {
      const bytes = framed ? Uint8Array.from([22, 3, 3, 0, noise.length & 255, ...noise]) : noise
      const early = readServerFlight(bytes.subarray(0, Math.min(at, bytes.length)))
      const whole = readServerFlight(bytes)
      if (early.state === 'accepted' || early.state === 'refused') expect(whole).toEqual(early)
    }),
    { numRuns: 2000 },
  ))
