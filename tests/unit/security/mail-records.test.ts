import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isDkimRecord, parseDkimKey } from '../../../src/modules/security/domain/dkim.ts'
import { selectorsToTry } from '../../../src/modules/security/domain/dkim-selectors.ts'
import {
  coversMailServer,
  parseMtaStsId,
  parseMtaStsPolicy,
} from '../../../src/modules/security/domain/mta-sts.ts'
import { parseTlsRpt } from '../../../src/modules/security/domain/tls-rpt.ts'

const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)

const rsa = (modulusLength: number, type: 'spki' | 'pkcs1' = 'spki') =>
  generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ type, format: 'der' }).toString('base64')
const ED25519 = generateKeyPairSync('ed25519')
  .publicKey.export({ type: 'spki', format: 'der' })
  .subarray(-32)
  .toString('base64')
const P256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64')
const KEY = rsa(2048)

describe('a DKIM key', () => {
  it.each([
    [`v=DKIM1; k=rsa; p=${KEY}`, 2048],
    [`p=${KEY}`, 2048],
    [`v=DKIM1;h=sha256;s=email;n=note;p=${KEY.slice(0, 60)}\r\n ${KEY.slice(60)};`, 2048],
    [`v=DKIM1; p=${rsa(2048, 'pkcs1')}`, 2048],
    [`v=DKIM1; p=${rsa(1024)}`, 1024],
    [`v=DKIM1; k=ed25519; p=${ED25519}`, 256],
  ])('is read with its strength', (record, bits) =>
    expect(parseDkimKey(record)).toMatchObject({
      valid: true,
      bits,
      revoked: false,
      testing: false,
      errors: [],
    }),
  )

  it.each([
    [`v=DKIM2; p=${KEY}`, 'version-wrong'],
    [`k=rsa; v=DKIM1; p=${KEY}`, 'version-wrong'],
    ['v=DKIM1; k=rsa', 'key-missing'],
    ['v=DKIM1; p=***', 'key-broken'],
    ['v=DKIM1; p=AAAA', 'key-broken'],
    [`v=DKIM1; p=${P256}`, 'key-broken'],
    [`v=DKIM1; k=ed25519; p=${KEY}`, 'key-broken'],
    [`v=DKIM1; k=dsa; p=${KEY}`, 'kind-unknown'],
    [`v=DKIM1; p=${rsa(512)}`, 'key-short'],
    [`v=DKIM1; h=sha1; p=${KEY}`, 'hash-old'],
    [`v=DKIM1; s=tlsrpt; p=${KEY}`, 'service-other'],
    [`v=DKIM1; p=${KEY}; p=${KEY}`, 'tag-twice'],
    [`v=DKIM1; nonsense; p=${KEY}`, 'tag-broken'],
  ])('is refused when receivers refuse it', (record, code) => {
    const { valid, errors } = parseDkimKey(record)
    expect([valid, codes(errors)]).toEqual([false, expect.arrayContaining([code])])
  })

  it('says when it is withdrawn or in test', () => {
    expect(parseDkimKey('v=DKIM1; p=')).toMatchObject({ valid: false, revoked: true, bits: null, errors: [] })
    expect(parseDkimKey(`v=DKIM1; t=s:y; p=${KEY}`)).toMatchObject({ valid: true, testing: true })
    expect(parseDkimKey(`v=DKIM1; t=s; p=${KEY}`).testing).toBe(false)
  })

  it('is told apart from other texts', () => {
    expect(
      [`v=DKIM1; p=${KEY}`, 'p=', 'v=spf1 -all p=', 'v=DMARC1; p=none', 'hello'].map(isDkimRecord),
    ).toEqual([true, true, false, false, false])
  })

  it('is looked for under what the owner names and the providers give, then under common names', () => {
    const tried = selectorsToTry(['mine'], ['10 aspmx.l.google.com.'], ['v=spf1 include:sendgrid.net -all'])
    expect(tried.slice(0, 5)).toEqual(['mine', 'google', 's1', 's2', 'smtpapi'])
    expect(tried).toContain('default')
    expect(new Set(tried).size).toBe(tried.length)
    expect(tried.length).toBeLessThanOrEqual(24)
  })
})

describe('MTA-STS', () => {
  it.each([
    ['v=STSv1; id=20160831085700Z;', '20160831085700Z'],
    ['v=STSv1;id=1', '1'],
    ['v=STSv1; id=1; x=y', '1'],
    ['v=STSv1; id=', null],
    ['v=STSv1', null],
    ['v=STSv1; id=a-b', null],
    ['v=STSv1; id=1; id=2', null],
    ['v=STSv1; id=1 x', null],
    ['v=STSv2; id=1', null],
    [`v=STSv1; id=${'1'.repeat(33)}`, null],
  ])('%s has the id %s', (text, id) => expect(parseMtaStsId(text)).toBe(id))

  const policy = (over: Record<string, string> = {}) =>
    Object.entries({ version: 'STSv1', mode: 'enforce', mx: '*.example.net', max_age: '604800', ...over })
      .map(([key, value]) => `${key}: ${value}\r\n`)
      .join('')

  it('reads a policy', () =>
    expect(parseMtaStsPolicy(`${policy()}mx: Mail.Example.com\nextra: 1\n`)).toMatchObject({
      valid: true,
      mode: 'enforce',
      mx: ['*.example.net', 'mail.example.com'],
      maxAge: 604_800,
      warnings: [],
    }))

  it.each([
    [policy({ version: 'STSv2' }), 'version-wrong'],
    [policy({ mode: 'report' }), 'mode-wrong'],
    [policy({ max_age: '31557601' }), 'max-age-wrong'],
    [policy({ max_age: 'week' }), 'max-age-wrong'],
    [policy({ mx: 'mail.*.example.net' }), 'mx-wrong'],
    ['version: STSv1\nmode: enforce\nmax_age: 604800\n', 'mx-missing'],
    [`${policy()}nonsense\n`, 'line-broken'],
    ['', 'version-wrong'],
    ['<html></html>', 'line-broken'],
  ])('refuses %j', (text, code) => {
    const { valid, errors } = parseMtaStsPolicy(text)
    expect([valid, codes(errors)]).toEqual([false, expect.arrayContaining([code])])
  })

  it('warns of a policy shorter than a week, and needs no server in mode none', () => {
    expect(codes(parseMtaStsPolicy(policy({ max_age: '86400' })).warnings)).toEqual(['max-age-short'])
    expect(parseMtaStsPolicy('version: STSv1\nmode: none\nmax_age: 86400\n').valid).toBe(true)
  })

  it('lets a star stand for one label', () => {
    const covered = (host: string) => coversMailServer(['*.example.net', 'mx.example.com'], host)
    expect(['a.example.net.', 'MX.example.com'].every(covered)).toBe(true)
    expect(['example.net', 'a.b.example.net', 'a.example.com', 'net'].some(covered)).toBe(false)
  })
})

describe('TLS-RPT', () => {
  it.each([
    ['v=TLSRPTv1; rua=mailto:tls@example.com', ['mailto:tls@example.com']],
    [
      'v=TLSRPTv1;rua=https://r.example.com/v1 , mailto:t@example.com; ext=1;',
      ['https://r.example.com/v1', 'mailto:t@example.com'],
    ],
  ])('%s is valid', (text, rua) => expect(parseTlsRpt(text)).toEqual({ valid: true, rua, errors: [] }))

  it.each([
    ['v=TLSRPTv2; rua=mailto:t@example.com', 'version-wrong'],
    ['v=TLSRPTv1', 'rua-missing'],
    ['v=TLSRPTv1; rua=', 'address-wrong'],
    ['v=TLSRPTv1; rua=tls@example.com', 'address-wrong'],
    ['v=TLSRPTv1; rua=http://example.com/', 'address-wrong'],
    ['v=TLSRPTv1; rua=mailto:a@example.com; rua=mailto:b@example.com', 'rua-missing'],
    ['v=TLSRPTv1; rua=mailto:a@example.com; what', 'tag-broken'],
  ])('%s is refused', (text, code) => {
    const { valid, errors } = parseTlsRpt(text)
    expect([valid, codes(errors)]).toEqual([false, expect.arrayContaining([code])])
  })
})
