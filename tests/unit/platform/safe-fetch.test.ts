import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refuseUrl } from '../../../src/platform/safe-fetch.ts'

test.each([
  'http://localhost/',
  'http://127.0.0.1/',
  'http://10.1.2.3/',
  'http://192.168.0.1/',
  'http://172.16.9.9/',
  'http://169.254.169.254/latest/meta-data',
  'http://100.64.0.1/',
  'http://0.0.0.0/',
  'http://[::1]/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://printer.local/',
  'http://intranet/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'https://user:secret@example.com/',
  'https://example.com:8443/',
  'not an address',
])('%s may not be fetched', (url) => {
  expect(refuseUrl(url, [])).not.toBeNull()
})

test('a public address may be fetched, and a private one that development allows', () => {
  expect(refuseUrl('https://example.com/a', [])).toBeNull()
  expect(refuseUrl('http://127.0.0.1:9999/a', ['127.0.0.1:9999'])).toBeNull()
})

test('no spelling of a private IPv4 address gets through', () => {
  const privateBlocks = fc.oneof(
    fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
  )
  fc.assert(
    fc.property(
      privateBlocks,
      fc.constantFrom('dotted', 'number', 'hex', 'octal'),
      ([a, b, c, d], spelling) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d
        const host = {
          dotted: `${a}.${b}.${c}.${d}`,
          number: String(number),
          hex: `0x${number.toString(16)}`,
          octal: [a, b, c, d].map((part) => `0${part.toString(8)}`).join('.'),
        }[spelling]
        expect(refuseUrl(`http://${host}/`, [])).not.toBeNull()
      },
    ),
  )
})
