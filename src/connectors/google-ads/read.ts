/** Ad spend of Google Ads, campaign by campaign and day by day (GAQL over `googleAds:searchStream`). */
import * as z from 'zod'
import type { CampaignDayFact, FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type {
  NormaliseContext,
  PageRequest,
  ReadContext,
  SourcePage,
  SourceReader,
} from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { bearer, kept } from '../consent.ts'
import { askVendor } from '../vendor-call.ts'
import { GOOGLE_ADS_VERSION } from './auth.ts'

const HOUR_MS = 3_600_000
const MAX_BYTES = 20 * 1024 * 1024
/** A micro is a millionth of the account's currency; our unit is a ten-thousandth. */
const MICROS_PER_UNIT = 100

const int64 = z.union([z.string(), z.number()]).transform(Number)
const row = z.looseObject({
  campaign: z.looseObject({
    id: z.union([z.string(), z.number()]).transform(String),
    name: z.string().default(''),
  }),
  segments: z.looseObject({ date: z.string() }),
  metrics: z.looseObject({
    costMicros: int64.default(0),
    clicks: int64.optional(),
    impressions: int64.optional(),
    conversions: z.number().optional(),
    conversionsValue: z.number().optional(),
  }),
  customer: z.looseObject({ currencyCode: z.string() }),
})
const streamAnswer = z.array(z.object({ results: z.array(z.looseObject({})).default([]) }))

const QUERY = (from: string, to: string) =>
  `SELECT campaign.id, campaign.name, segments.date, customer.currency_code, metrics.cost_micros, metrics.clicks, metrics.impressions, metrics.conversions, metrics.conversions_value FROM campaign WHERE segments.date BETWEEN '${from}' AND '${to}'`

export function googleAdsReader(bases: Bases, installedToken: string): SourceReader<FactBatch> {
  async function read({ window, state }: PageRequest, context: ReadContext): Promise<Result<SourcePage>> {
    const waitMs = await context.take(1)
    if (waitMs > 0) return ok({ raw: null, records: 0, state, done: false, waitMs })
    const customer = kept(context.credentials, 'customerId') || context.account
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
    const answer = await askVendor(
      {
        vendor: 'Google Ads',
        url: `${bases.of('GOOGLE_ADS_API_BASE')}/${GOOGLE_ADS_VERSION}/customers/${customer}/googleAds:searchStream`,
        method: 'POST',
        headers: {
          ...bearer(context.credentials),
          'developer-token': kept(context.credentials, 'developerToken') || installedToken,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify({
          query: QUERY(day(window.from), day(Math.max(window.from, window.to - HOUR_MS))),
        }),
        rules: { ...bases.rulesFor('GOOGLE_ADS_API_BASE'), maxBytes: MAX_BYTES },
      },
      streamAnswer,
    )
    if (!answer.ok) return answer
    const rows = answer.value.flatMap(({ results }) => results)
    return ok({ raw: JSON.stringify({ rows }), records: rows.length, state: null, done: true })
  }

  return {
    kind: 'google_ads',
    name: 'Google Ads',
    role: 'marketing',
    streams: () => [
      {
        name: 'campaigns',
        title: 'Ad spend by campaign and day',
        everyMinutes: 240,
        overlapMinutes: 3 * 24 * 60,
        windowDays: 90,
        // conversions are ascribed to clicks up to 30 days later by default
        reconcileDays: 30,
      },
    ],
    read,
    normalise: (_stream, raw, context) => normalise(raw, context),
  }
}

function normalise(raw: string, context: NormaliseContext): ReturnType<SourceReader<FactBatch>['normalise']> {
  const { rows } = JSON.parse(raw) as { rows: Record<string, unknown>[] }
  const spend: CampaignDayFact[] = []
  const refused = []
  for (const item of rows) {
    const parsed = row.safeParse(item)
    if (!parsed.success) {
      const reason = parsed.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; ')
      refused.push({ extId: null, record: JSON.stringify(item), reason })
      continue
    }
    const { campaign, segments, metrics, customer } = parsed.data
    spend.push({
      extId: `${campaign.id}:${segments.date}`,
      srcUpdatedAt: context.now,
      day: segments.date,
      channel: 'Google Ads',
      campaign: campaign.name || campaign.id,
      spend: Math.round(metrics.costMicros / MICROS_PER_UNIT),
      clicks: metrics.clicks ?? null,
      impressions: metrics.impressions ?? null,
      conversions: metrics.conversions === undefined ? null : Math.round(metrics.conversions),
      conversionValue:
        metrics.conversionsValue === undefined ? null : Math.round(metrics.conversionsValue * 10_000),
      currency: customer.currencyCode,
    })
  }
  return { batch: { spend }, refused, drift: [] }
}
