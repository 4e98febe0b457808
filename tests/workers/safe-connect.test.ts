import { expect, it } from 'vitest'
import { createDial, refuseConnection } from '../../src/platform/safe-connect.ts'

it.each([
  ['93.184.216.34', 443, true],
  ['2606:4700:4700::1111', 443, true],
  ['93.184.216.34', 3306, true],
  ['93.184.216.34', 25, false],
  ['93.184.216.34', 80, false],
  ['shop.example', 443, false],
  ['127.0.0.1', 443, false],
  ['10.1.2.3', 443, false],
  ['100.64.0.1', 443, false],
  ['169.254.169.254', 443, false],
  ['192.168.0.1', 443, false],
  ['192.0.2.1', 443, false],
  ['0.0.0.0', 443, false],
  ['224.0.0.1', 443, false],
  ['::1', 443, false],
  ['::ffff:127.0.0.1', 443, false],
  ['64:ff9b::7f00:1', 443, false],
  ['2002:7f00:1::', 443, false],
  ['fd00::1', 443, false],
  ['fe80::1', 443, false],
  ['fe80::1%eth0', 443, false],
  ['2130706433', 443, false],
  ['0x7f.1', 443, false],
])('a connection to %s port %s may be opened: %s', (address, port, allowed) => {
  expect(refuseConnection(address, port, []) === null).toBe(allowed)
})

it('a listed place of development is let through, at that port alone', () => {
  expect(refuseConnection('127.0.0.1', 4433, ['127.0.0.1:4433'])).toBeNull()
  expect(refuseConnection('127.0.0.1', 443, ['127.0.0.1:4433'])).not.toBeNull()
})

it('a refused place is never dialled, and one where nobody listens is a value', async () => {
  const refused = await createDial({ allowPrivate: [] })('127.0.0.1', 443)
  expect(refused).toMatchObject({ ok: false, error: { slug: 'address-refused' } })
  const closed = await createDial({ allowPrivate: ['127.0.0.1:1'], timeoutMs: 2000 })('127.0.0.1', 1)
  expect(closed).toMatchObject({ ok: false, error: { slug: 'unreachable' } })
})
