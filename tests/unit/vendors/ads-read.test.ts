// What ads cost, by campaign and day, from Meta and Google: all pages, exact amounts, refusals in words.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReaders } from '../../../src/connectors/readers.ts'
import type { CampaignDayFact } from '../../../src/modules/mini-foundry/domain/facts.ts'
import type { ReadContext } from '../../../src/platform/source-reader.ts'
import { type AdDay, createGoogleAdsStandIn, createMetaStandIn } from '../../support/vendors/ads/ads.ts'
import { NOW, reach, settingsWith } from '../../support/vendors/reach.ts'
import { APP } from '../../support/vendors/stand-in.ts'

afterEach(() => void vi.unstubAllGlobals())

const DAY = 86_400_000
const days: AdDay[] = Array.from({ length: 40 }, (_, n) => ({
  campaign: String(9000 + (n % 2)),
  name: n % 2 ? 'Łódź spring' : '',
  day: new Date(NOW - (39 - n) * DAY).toISOString().slice(0, 10),
  spend: `${n}.${String(n).padStart(2, '0')}`,
  clicks: n * 3,
  impressions: n * 100,
  purchases: n % 4,
  value: `${n % 4}50.25`,
}))
const today = new Date(NOW).toISOString().slice(0, 10)

const contextOf = (accessToken: string, more: Partial<ReadContext> = {}): ReadContext => ({
  credentials: { accessToken, developerToken: 'dev' },
  account: '1234567890',
  app: APP,
  settings: {},
  timeZone: 'UTC',
  currency: 'USD',
  now: NOW,
  take: async () => 0,
  ...more,
})

const readerOf = (kind: string) => {
  const found = createReaders(settingsWith(), { allowPrivate: [] }).find((reader) => reader.kind === kind)
  if (!found) throw new Error(`no reader ${kind}`)
  return found
}

/** All pages of a window, as the sync engine would turn them. */
async function readAll(kind: string, context: ReadContext, from: number, to: number) {
  const reader = readerOf(kind)
  const stream = reader.streams({})[0]?.name ?? ''
  const spend: CampaignDayFact[] = []
  for (let state: unknown = null, turn = 0; turn < 50; turn++) {
    const page = await reader.read({ stream, mode: 'backfill', window: { from, to }, state }, context)
    if (!page.ok) return page
    if (page.value.raw) {
      const facts = reader.normalise(stream, page.value.raw, {
        timeZone: 'UTC',
        currency: 'USD',
        settings: {},
        mapping: null,
        now: NOW,
      })
      expect([facts.refused, facts.drift]).toEqual([[], []])
      spend.push(...(facts.batch.spend ?? []))
    }
    if (page.value.done) return { ok: true as const, spend }
    state = JSON.parse(JSON.stringify(page.value.state))
  }
  throw new Error('it never ends')
}

const expected = (channel: string, wanted: AdDay[]) =>
  wanted.map((row) => [
    `${row.campaign}:${row.day}`,
    channel,
    row.name || row.campaign,
    Math.round(Number(row.spend) * 10_000),
    row.clicks,
    row.purchases,
    Math.round(Number(row.value) * 10_000),
  ])
const seen = (spend: CampaignDayFact[]) =>
  spend.map((row) => [
    row.extId,
    row.channel,
    row.campaign,
    row.spend,
    row.clicks,
    row.conversions,
    row.conversionValue,
  ])

describe.each([
  ['meta_ads', 'Meta', () => createMetaStandIn({ today, days, pageSize: 7 }), 'meta-token'],
  ['google_ads', 'Google Ads', () => createGoogleAdsStandIn({ today, days }), 'ads-token'],
] as const)('%s', (kind, channel, standIn, token) => {
  test('tells every campaign day of a window once, to the cent', async () => {
    reach(standIn())
    const read = await readAll(kind, contextOf(token), NOW - 30 * DAY, NOW)
    if (!read.ok) throw new Error('refused')
    const wanted = days.filter(({ day }) => day >= new Date(NOW - 30 * DAY).toISOString().slice(0, 10))
    expect(seen(read.spend).sort()).toEqual(expected(channel, wanted).sort())
  })

  test('with a token that has ended asks to connect again', async () => {
    reach(standIn())
    expect(await readAll(kind, contextOf('other'), NOW - DAY, NOW)).toMatchObject({
      ok: false,
      error: { kind: 'unauthenticated' },
    })
  })
})

test('Meta that asks to slow down is asked again later', async () => {
  reach(createMetaStandIn({ today, days, busyEvery: 1 }))
  expect(await readAll('meta_ads', contextOf('meta-token'), NOW - DAY, NOW)).toMatchObject({
    error: { kind: 'rate_limited' },
  })
})

test('a record that cannot be read is set aside with the reason, the others are kept', () => {
  const raw = JSON.stringify({
    rows: [
      { campaign_id: '1', date_start: '2026-10-01', account_currency: 'USD', spend: 'much' },
      { campaign_id: '2', date_start: '2026-10-01', account_currency: 'USD', spend: '3.10', reach: '5' },
    ],
  })
  const found = readerOf('meta_ads').normalise('insights', raw, {
    timeZone: 'UTC',
    currency: 'USD',
    settings: {},
    mapping: null,
    now: NOW,
  })
  expect(found.batch.spend).toHaveLength(1)
  expect(found.refused).toMatchObject([{ extId: '1', reason: 'The spend is no number.' }])
  expect(found.drift).toMatchObject([{ path: 'reach', change: 'appeared' }])
})
