// Intuit's deliveries: only genuine ones count, several companies in one body, both documented forms.
import { describe, expect, test } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import { hmacSha256Base64 } from '../../../src/platform/crypto/digest.ts'
import { NOW, settingsWith } from '../../support/vendors/reach.ts'

const hooks = createReaders(settingsWith(), { allowPrivate: [] }).find(
  ({ kind }) => kind === 'quickbooks',
)?.hooks
if (!hooks) throw new Error('no hooks')
const SECRET = 'verifier-token'
const context = { timeZone: 'UTC', currency: 'USD', settings: {}, mapping: null, now: NOW }

const event = (id: string, type: string, realm: string, record: string) => ({
  ...{ specversion: '1.0', id, source: 'intuit.x', type, time: '2026-11-23T10:00:00Z' },
  ...{ intuitentityid: record, intuitaccountid: realm, data: {} },
})
const modern = JSON.stringify([
  event('e1', 'qbo.invoice.updated.v1', '111111', '45'),
  event('e2', 'qbo.salesreceipt.deleted.v1', '222222', '7'),
  event('e3', 'qbo.vendor.created.v1', '222222', '8'),
])
const older = JSON.stringify({
  eventNotifications: [
    {
      realmId: '111111',
      dataChangeEvent: {
        entities: [
          { name: 'Payment', id: '12', operation: 'Update', lastUpdated: '2026-11-23T10:00:00.000Z' },
        ],
      },
    },
  ],
})
const signed = async (body: string, secret = SECRET) =>
  new Headers({ 'intuit-signature': await hmacSha256Base64(secret, body) })

describe('a delivery', () => {
  test('with a genuine signature gives each of its events, whichever of the secrets made it', async () => {
    const events = await hooks.verify(modern, await signed(modern), ['another', SECRET], NOW)
    expect(events).toMatchObject([
      { id: 'e1', createdMs: Date.parse('2026-11-23T10:00:00Z') },
      { id: 'e2' },
      { id: 'e3' },
    ])
  })

  test.each([
    ['no signature', new Headers()],
    ['a signature of something else', new Headers({ 'intuit-signature': 'AAAA' })],
  ])('with %s is refused', async (_name, headers) => {
    expect(await hooks.verify(modern, headers, [SECRET, ''], NOW)).toBe('signature')
  })

  test('that was changed on its way is refused', async () => {
    expect(await hooks.verify(modern.replace('45', '46'), await signed(modern), [SECRET], NOW)).toBe(
      'signature',
    )
  })

  test('an empty secret proves nothing', async () => {
    // a key of no length cannot even be made: the header alone is what a stranger could send
    expect(await hooks.verify(modern, new Headers({ 'intuit-signature': '' }), [''], NOW)).toBe('signature')
  })

  test('that is signed and says something else is malformed', async () => {
    for (const body of ['{}', '[]', 'no json', '[{"id":1}]'])
      expect(await hooks.verify(body, await signed(body), [SECRET], NOW)).toBe('malformed')
  })

  test('names all the companies that it speaks of', () => {
    expect(hooks.accounts?.(modern, new Headers())).toEqual(['111111', '222222'])
    expect(hooks.accounts?.(older, new Headers())).toEqual(['111111'])
    expect(() => hooks.accounts?.('{}', new Headers())).toThrow('form')
  })

  test('asks for its record again, in the stream that it belongs to', () => {
    expect(hooks.read(modern, 'e1', context)?.refetch).toEqual([{ stream: 'invoices', ids: ['Invoice:45'] }])
    expect(hooks.read(modern, 'e2', context)?.refetch).toEqual([{ stream: 'sales', ids: ['SalesReceipt:7'] }])
  })

  test('about what we do not read asks for nothing', () => {
    expect(hooks.read(modern, 'e3', context)).toBeNull()
    expect(hooks.read(modern, 'e9', context)).toBeNull()
  })

  test('of the older form has a name of its own for each change', async () => {
    const events = await hooks.verify(older, await signed(older), [SECRET], NOW)
    if (typeof events === 'string') throw new Error(events)
    expect(events).toHaveLength(1)
    expect(hooks.read(older, events[0]?.id ?? '', context)?.refetch).toEqual([
      { stream: 'payments', ids: ['Payment:12'] },
    ])
  })
})

test('one company is given nothing but its own part of a delivery that speaks of several', async () => {
  const own = hooks.only?.(modern, '222222') ?? ''
  expect(hooks.accounts?.(own, new Headers())).toEqual(['222222'])
  expect(JSON.parse(own)).toHaveLength(2)
  const both = JSON.parse(older)
  both.eventNotifications.push({ ...both.eventNotifications[0], realmId: '333333' })
  expect(JSON.parse(hooks.only?.(JSON.stringify(both), '111111') ?? '')).toEqual(JSON.parse(older))
  const events = await hooks.verify(modern, await signed(modern), [SECRET], NOW)
  expect(typeof events !== 'string' && events.map(({ account }) => account)).toEqual([
    '111111',
    '222222',
    '222222',
  ])
})
