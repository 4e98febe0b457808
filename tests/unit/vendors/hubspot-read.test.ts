// HubSpot's people and deals as facts: all of them, what changed, what was archived, refusals in words; its signature.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import type { ContactFact, DealFact, FactBatch } from '../../../src/modules/mini-foundry/domain/facts.ts'
import { hmacSha256Base64 } from '../../../src/platform/crypto/digest.ts'
import type { PageRequest, ReadContext } from '../../../src/platform/source-reader.ts'
import {
  createHubspotDataStandIn,
  type HubspotDataOptions,
} from '../../support/vendors/hubspot-data/hubspot.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import { APP } from '../../support/vendors/stand-in.ts'

afterEach(() => void vi.unstubAllGlobals())

const MINUTE = 60_000
const settings = settingsWith({ PUBLIC_URL: 'https://smb.example' })
const reader = createReaders(settings, { allowPrivate: [] }).find(({ kind }) => kind === 'hubspot')
if (!reader?.hooks) throw new Error('no reader')
const { hooks } = reader

const standInOf = (more: Partial<HubspotDataOptions> = {}) =>
  createHubspotDataStandIn({ seed: 3, contacts: 450, deals: 210, emails: 5, until: NOW, ...more })
type Made = ReturnType<typeof standInOf>
const contextOf = ({ token }: Pick<Made, 'token'>, more: Partial<ReadContext> = {}): ReadContext => ({
  credentials: { accessToken: token },
  account: '62515',
  app: APP,
  settings: { emails: 'yes' },
  timeZone: 'UTC',
  currency: 'USD',
  now: NOW,
  take: async () => 0,
  ...more,
})
const normalising = { timeZone: 'UTC', currency: 'USD', settings: {}, mapping: null, now: NOW }

async function readAll(made: Made, stream: string, more: Partial<PageRequest> = {}) {
  const batches: FactBatch[] = []
  let state: unknown = null
  let expected: number | undefined
  for (let turn = 0; turn < 200; turn++) {
    const request = { stream, mode: 'backfill' as const, window: { from: 0, to: NOW + 1 }, ...more, state }
    const page = await reader?.read(request, contextOf(made))
    if (!page?.ok) throw new Error(page?.error.detail)
    expected = page.value.expected ?? expected
    const facts = reader?.normalise(stream, page.value.raw ?? '', normalising)
    expect(facts?.refused).toEqual([])
    batches.push(facts?.batch ?? {})
    if (page.value.done) return { expected, ...factsOf(batches) }
    state = JSON.parse(JSON.stringify(page.value.state))
  }
  throw new Error('it never ends')
}

const factsOf = (batches: FactBatch[]) => ({
  contacts: batches.flatMap(({ contacts = [] }) => contacts) as ContactFact[],
  deals: batches.flatMap(({ deals = [] }) => deals) as DealFact[],
  spend: batches.flatMap(({ spend = [] }) => spend),
})
const ids = (rows: readonly { extId: string }[]) => new Set(rows.map(({ extId }) => extId))

describe('the whole', () => {
  test('every contact comes once, with as many announced as there are', async () => {
    const made = standInOf()
    reach(made)
    const { contacts, expected } = await readAll(made, 'contacts')
    expect([contacts.length, ids(contacts).size, expected]).toEqual([450, 450, 450])
    expect(contacts[0]).toMatchObject({ name: 'Ann 3 No 0', stage: 'customer', company: null, phone: null })
  })

  test('a deal is open, won or lost by its stage, to the cent, with its currency and its contact', async () => {
    const made = standInOf()
    reach(made)
    const { deals } = await readAll(made, 'deals')
    expect(deals).toHaveLength(210)
    const [open, won, lost] = deals
    expect(open).toMatchObject({
      status: 'open',
      stage: 'New',
      amount: null,
      closedDay: null,
      currency: 'USD',
    })
    expect(won).toMatchObject({ status: 'won', amount: 100_100, currency: 'EUR', closedDay: '2026-11-23' })
    expect(lost).toMatchObject({ status: 'lost', amount: 200_200 })
    expect(deals.every(({ contactExtId }) => contactExtId)).toBe(true)
  })

  test('an email counts on the day it was sent, and one that was never sent does not', async () => {
    const made = standInOf()
    reach(made)
    const { spend } = await readAll(made, 'campaigns')
    expect(spend).toHaveLength(4)
    expect(spend[0]).toMatchObject({
      day: '2026-11-22',
      channel: 'email',
      impressions: 489,
      clicks: 31,
      spend: 0,
    })
  })

  test('emails are read only when the owner asks for them', () => {
    expect(reader.streams({}).map(({ name }) => name)).toEqual(['contacts', 'deals'])
    expect(reader.streams({ emails: 'yes' }).map(({ name }) => name)).toContain('campaigns')
  })
})

describe('changes', () => {
  const since = (from: number) => ({ mode: 'incremental' as const, window: { from, to: NOW } })

  test('what changed since, and nothing else', async () => {
    const made = standInOf()
    reach(made)
    const { contacts, deals } = await readAll(made, 'contacts', since(NOW - 60 * MINUTE))
    expect([contacts.length, deals.length]).toEqual([61, 0])
  })

  test('more changes than a search shows all come', async () => {
    const made = standInOf({ contacts: 11_000 })
    reach(made)
    const { contacts } = await readAll(made, 'contacts', since(0))
    expect(ids(contacts).size).toBe(11_000)
  })

  test('more changes of one instant than a page holds all come, and those after it', async () => {
    const made = standInOf({ contacts: 700 })
    for (const { id } of made.objects.contacts?.slice(50) ?? [])
      made.edit('contacts', id, {}, NOW - 30 * MINUTE)
    for (const { id } of made.objects.contacts?.slice(0, 50) ?? [])
      made.edit('contacts', id, {}, NOW - MINUTE)
    reach(made)
    const { contacts } = await readAll(made, 'contacts', since(NOW - 60 * MINUTE))
    expect(ids(contacts).size).toBe(700)
  })

  test('a deal that changed brings its contact, which a search does not tell', async () => {
    const made = standInOf()
    made.edit('deals', '1006', { dealstage: 'closedwon' }, NOW - 1)
    reach(made)
    const { deals } = await readAll(made, 'deals', since(NOW - 2))
    expect(deals.find(({ extId }) => extId === '1006')).toMatchObject({
      ...{ status: 'won', contactExtId: '1106' },
    })
  })

  test('an archived record that is asked for by id is gone, one that never was is left out', async () => {
    const made = standInOf()
    made.archive('contacts', '1003', NOW)
    reach(made)
    const raw = await reader.fetch?.('contacts', ['1002', '1003', '77'], contextOf(made))
    if (!raw?.ok) throw new Error(raw?.error.detail)
    const { batch } = reader.normalise('contacts', raw.value, normalising)
    expect(batch.contacts?.map(({ extId, deletedAt }) => [extId, deletedAt])).toEqual([
      ['1002', null],
      ['1003', new Date(NOW).toISOString()],
    ])
  })
})

describe('refusals', () => {
  const ask = (made: Made, stream = 'contacts', more: Partial<ReadContext> = {}) =>
    reader.read(
      { stream, mode: 'backfill', window: { from: 0, to: NOW }, state: null },
      contextOf(made, more),
    )

  test.each([
    ['SECONDLY', 2],
    ['DAILY', 3600],
  ] as const)('the limit %s is waited out for %i seconds', async (busy, retryAfter) => {
    const made = standInOf({ busy })
    reach(made)
    expect(await ask(made)).toMatchObject({ error: { kind: 'rate_limited', retryAfter } })
  })

  test('a missing permission and an ended token are told apart', async () => {
    const made = standInOf({ without: ['crm.objects.deals.read', 'content'] })
    reach(made)
    expect(await ask(made, 'deals')).toMatchObject({
      error: { kind: 'forbidden', slug: 'permission-missing' },
    })
    expect(await ask(made, 'campaigns')).toMatchObject({ error: { kind: 'forbidden' } })
    const credentials = { accessToken: 'pat-old' }
    expect(await ask(made, 'contacts', { credentials })).toMatchObject({ error: { kind: 'unauthenticated' } })
  })

  test('a record that is not in its documented form is refused by its id and stops no other', () => {
    const good = { id: '1', updatedAt: '2026-11-01T00:00:00Z', properties: { amount: '12.5' } }
    const rows = [good, { ...good, id: '2', properties: { amount: 'many' } }, { id: '3', properties: {} }]
    const raw = JSON.stringify({ readAt: NOW, stages: {}, contacts: {}, rows })
    const { batch, refused } = reader.normalise('deals', raw, normalising)
    expect([batch.deals?.map(({ extId }) => extId), refused.map(({ extId }) => extId)]).toEqual([
      ['1'],
      ['2', '3'],
    ])
  })

  test.each([
    ['results beyond the 10,000th', '/crm/v3/objects/contacts/search', { limit: 200, after: '9900' }],
    ['more than 200 results', '/crm/v3/objects/contacts/search', { limit: 201 }],
    ['more than 100 by id', '/crm/v3/objects/contacts/batch/read', { inputs: Array(101).fill({ id: '1' }) }],
  ])('the stand-in refuses %s as the documents say', async (_name, path, body) => {
    const made = standInOf()
    const init = {
      method: 'POST',
      headers: { Authorization: `Bearer ${made.token}` },
      body: JSON.stringify(body),
    }
    const answer = await made.answer(new Request(`https://api.hubapi.com${path}`, init))
    expect([answer.status, await answer.json()]).toMatchObject([400, { category: 'VALIDATION_ERROR' }])
  })
})

describe('a delivery', () => {
  const change = {
    ...{ eventId: 1, portalId: 62515, objectId: 1002, occurredAt: NOW - 1000 },
    subscriptionType: 'contact.propertyChange',
  }
  const deal = { ...change, portalId: 7, subscriptionType: 'object.creation', objectTypeId: '0-3' }
  const ticket = { ...change, subscriptionType: 'ticket.creation' }
  const body = JSON.stringify([change, deal, ticket])
  const signed = async (at: number, text = body, address = 'https://smb.example/hooks/source/hubspot') =>
    new Headers({
      'X-HubSpot-Request-Timestamp': String(at),
      'X-HubSpot-Signature-v3': await hmacSha256Base64('app-secret', `POST${address}${text}${at}`),
    })

  test('with a genuine signature gives its events, of several accounts, and asks for the records again', async () => {
    const events = await hooks.verify(body, await signed(NOW - 1000), ['x', 'app-secret'], NOW)
    if (typeof events === 'string') throw new Error(events)
    expect(hooks.accounts?.(body, new Headers())).toEqual(['62515', '7'])
    expect(events.map(({ id }) => hooks.read(body, id, normalising)?.refetch ?? null)).toEqual([
      [{ stream: 'contacts', ids: ['1002'] }],
      [{ stream: 'deals', ids: ['1002'] }],
      null,
    ])
  })

  test('that is unsigned, changed, meant for another address, too old or not what it says is refused', async () => {
    const verify = (text: string, headers: Headers) => hooks.verify(text, headers, ['app-secret', ''], NOW)
    expect(await verify(body, new Headers())).toBe('signature')
    expect(await verify(body.replace('1002', '1003'), await signed(NOW))).toBe('signature')
    expect(await verify(body, await signed(NOW, body, 'https://evil.example/'))).toBe('signature')
    expect(await verify(body, await signed(NOW - 301_000))).toBe('too-old')
    expect(await verify('[{}]', await signed(NOW, '[{}]'))).toBe('malformed')
  })
})
