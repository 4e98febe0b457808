import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isSelfIssued, parseCertificate } from '../../../src/modules/security/domain/tls/certificate.ts'
import { covers } from '../../../src/modules/security/domain/tls/cover.ts'
import { certify, ecParty, edParty, rsaParty } from './certificates.ts'

const CURVES: Record<string, number> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }
const CA = ecParty('Root Café')
const LEAF = ecParty('shop.example')

const FULL = certify({
  subject: LEAF,
  issuer: CA,
  names: ['Shop.example', '*.shop.example'],
  addresses: [
    [192, 0, 2, 1],
    [...Array.from({ length: 15 }, () => 0), 1],
  ],
  notBefore: new Date('2026-01-02T03:04:05Z'),
  notAfter: new Date('2050-01-02T03:04:05Z'),
  issuerUrl: 'http://ca.example/root.crt',
})

it('reads names, dates, key and signature', () => {
  const found = parseCertificate(FULL)
  expect(found).toMatchObject({
    subject: { commonName: 'shop.example', organization: 'shop.example Ltd' },
    issuer: { commonName: 'Root Café', organization: 'Root Café Ltd' },
    notBefore: Date.UTC(2026, 0, 2, 3, 4, 5),
    notAfter: Date.UTC(2050, 0, 2, 3, 4, 5),
    key: { kind: 'ec', bits: 256 },
    hash: 'sha256',
    dnsNames: ['shop.example', '*.shop.example'],
    addresses: ['192.0.2.1', '::1'],
    isAuthority: false,
    issuerUrls: ['http://ca.example/root.crt'],
  })
  // the platform's own reader agrees
  const other = new X509Certificate(FULL)
  expect(found?.serial).toBe(other.serialNumber.toLowerCase().padStart(6, '0'))
  expect(found?.notAfter).toBe(other.validToDate.getTime())
})

it('tells an authority, and who signed themselves', () => {
  const root = parseCertificate(certify({ subject: CA, authority: true }))
  const leaf = parseCertificate(FULL)
  expect([root?.isAuthority, root && isSelfIssued(root), leaf && isSelfIssued(leaf)]).toEqual([
    true,
    true,
    false,
  ])
  expect(root?.subject.exact).toBe(leaf?.issuer.exact)
})

it.each([
  [rsaParty('a', 2048), 'sha256', { kind: 'rsa', bits: 2048 }],
  [rsaParty('a', 1024), 'sha1', { kind: 'rsa', bits: 1024 }],
  [rsaParty('a', 1032), 'md5', { kind: 'rsa', bits: 1032 }],
  [ecParty('a', 'P-384'), 'sha384', { kind: 'ec', bits: 384 }],
  [ecParty('a', 'P-521'), 'sha1', { kind: 'ec', bits: 521 }],
  [edParty('a'), 'sha256', { kind: 'ed25519', bits: 256 }],
] as const)('knows the strength of a key', (subject, hash, key) => {
  const found = parseCertificate(certify({ subject, hash }))
  expect(found?.key).toEqual(key)
  expect(found?.hash).toBe(key.kind === 'ed25519' ? 'sha512' : hash)
})

it('covers hosts by the rule of stars', () => {
  const names = { dnsNames: ['shop.example', '*.shop.example'], addresses: ['192.0.2.1', '::1'] }
  const good = ['shop.example', 'SHOP.example.', 'www.shop.example', '192.0.2.1', '0:0::1']
  const bad = ['a.b.shop.example', 'example', 'xshop.example', '192.0.2.2', '.shop.example']
  expect(good.filter((host) => !covers(names, host))).toEqual([])
  expect(bad.filter((host) => covers(names, host))).toEqual([])
  expect(covers({ dnsNames: ['w*.shop.example', '*'], addresses: [] }, 'www.shop.example')).toBe(false)
})

it('agrees with the platform on every root that it ships', () => {
  expect(rootCertificates.length).toBeGreaterThan(100)
  for (const text of rootCertificates) {
    const other = new X509Certificate(text)
    const found = parseCertificate(other.raw)
    const { asymmetricKeyType, asymmetricKeyDetails } = other.publicKey
    const { CN: commonName = '', O: organization = '' } = other.toLegacyObject().subject
    expect(found).toMatchObject({
      notBefore: other.validFromDate.getTime(),
      notAfter: other.validToDate.getTime(),
      isAuthority: true,
      subject: { commonName, organization },
      key: { kind: asymmetricKeyType },
    })
    expect(BigInt(`0x${found?.serial}`)).toBe(BigInt(`0x${other.serialNumber}`))
    if (asymmetricKeyType === 'rsa') expect(found?.key.bits).toBe(asymmetricKeyDetails?.modulusLength)
    else expect(found?.key.bits).toBe(CURVES[asymmetricKeyDetails?.namedCurve ?? ''])
    expect(found?.hash).not.toBe('unknown')
  }
})

it('reads or refuses whatever comes, never throws', () =>
  fc.assert(
    fc.property(fc.nat(FULL.length - 1), fc.nat(255), fc.nat(FULL.length), (at, byte, length) => {
      const damaged = Uint8Array.from(FULL)
      damaged[at] = byte
      parseCertificate(damaged)
      if (length < FULL.length) expect(parseCertificate(FULL.subarray(0, length))).toBeNull()
      parseCertificate(damaged.subarray(at))
    }),
    { numRuns: 1500 },
  ))
