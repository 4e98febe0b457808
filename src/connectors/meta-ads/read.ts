/** Ad spend of Meta, campaign by campaign and day by day (Marketing API insights). */
import * as z from 'zod'
import type { CampaignDayFact, FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { hmacSha256Hex } from '../../platform/crypto/digest.ts'
import { parseUnits } from '../../platform/money.ts'
import { ok, type Result } from '../../platform/result.ts'
import type {
  NormaliseContext,
  PageRequest,
  ReadContext,
  SourcePage,
  SourceReader,
} from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { askVendor } from '../vendor-call.ts'
import { explain, GRAPH_VERSION } from './graph.ts'

const DAY_MS = 86_400_000
/** Actions that stand for a sale; where several name the same one, the first that is there is taken. */
const PURCHASES = ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase']

const action = z.object({ action_type: z.string(), value: z.string() })
const row = z.looseObject({
  campaign_id: z.string(),
  campaign_name: z.string().default(''),
  date_start: z.string(),
  account_currency: z.string(),
  spend: z.string().default('0'),
  clicks: z.string().optional(),
  impressions: z.string().optional(),
  actions: z.array(action).optional(),
  action_values: z.array(action).optional(),
})
const insightsAnswer = z.object({
  data: z.array(z.looseObject({})),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
})
const accountsAnswer = z.object({ data: z.array(z.object({ account_id: z.string() })) })

const KNOWN = new Set([...Object.keys(row.shape), 'date_stop'])

interface State {
  accounts: string[]
  index: number
  after: string | null
}

export function metaAdsReader(bases: Bases): SourceReader<FactBatch> {
  const rules = bases.rulesFor('META_ADS_API_BASE')
  const graph = `${bases.of('META_ADS_API_BASE')}/${GRAPH_VERSION}`

  async function ask<T>(path: string, context: ReadContext, schema: z.ZodType<T>): Promise<Result<T>> {
    const url = new URL(`${graph}/${path}`)
    const secret = context.app?.clientSecret
    if (secret)
      url.searchParams.set(
        'appsecret_proof',
        await hmacSha256Hex(secret, context.credentials.accessToken ?? ''),
      )
    return askVendor(
      { vendor: 'Meta', url: url.toString(), headers: bearer(context.credentials), rules, explain },
      schema,
    )
  }

  async function read(
    { window, state: handed }: PageRequest,
    context: ReadContext,
  ): Promise<Result<SourcePage>> {
    const waitMs = await context.take(1)
    if (waitMs > 0) return ok({ raw: null, records: 0, state: handed, done: false, waitMs })
    const state = handed as State | null
    if (!state) {
      const accounts = await ask('me/adaccounts?fields=account_id&limit=500', context, accountsAnswer)
      if (!accounts.ok) return accounts
      const ids = accounts.value.data.map(({ account_id }) => account_id)
      const first: State = { accounts: ids, index: 0, after: null }
      return ok({ raw: null, records: 0, state: first, done: ids.length === 0 })
    }
    const answer = await ask(insightsPath(state, window), context, insightsAnswer)
    if (!answer.ok) return answer
    const { data, paging } = answer.value
    const after = paging?.next ? (paging.cursors?.after ?? null) : null
    const index = after ? state.index : state.index + 1
    return ok({
      raw: JSON.stringify({ rows: data }),
      records: data.length,
      state: { ...state, index, after } satisfies State,
      done: index >= state.accounts.length,
    })
  }

  return {
    kind: 'meta_ads',
    name: 'Meta Ads',
    role: 'marketing',
    streams: () => [
      {
        name: 'insights',
        title: 'Ad spend by campaign and day',
        everyMinutes: 240,
        overlapMinutes: 3 * 24 * 60,
        windowDays: 30,
        // sales are ascribed to ads up to 28 days later
        reconcileDays: 28,
      },
    ],
    read,
    normalise: (_stream, raw, context) => normalise(raw, context),
  }
}

function insightsPath({ accounts, index, after }: State, window: PageRequest['window']): string {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  const range = JSON.stringify({
    since: day(window.from),
    until: day(Math.max(window.from, window.to - DAY_MS / 24)),
  })
  const query = new URLSearchParams({
    level: 'campaign',
    time_increment: '1',
    time_range: range,
    fields: 'campaign_id,campaign_name,account_currency,spend,clicks,impressions,actions,action_values',
    limit: '500',
    ...(after ? { after } : {}),
  })
  return `act_${accounts[index]}/insights?${query}`
}

function normalise(raw: string, context: NormaliseContext): ReturnType<SourceReader<FactBatch>['normalise']> {
  const { rows } = JSON.parse(raw) as { rows: Record<string, unknown>[] }
  const spend: CampaignDayFact[] = []
  const refused = []
  const strange = new Set<string>()
  for (const item of rows) {
    for (const key of Object.keys(item)) if (!KNOWN.has(key)) strange.add(key)
    const parsed = row.safeParse(item)
    const amount = parsed.success ? parseUnits(parsed.data.spend) : null
    if (!parsed.success || amount === null) {
      const reason = parsed.success
        ? 'The spend is no number.'
        : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
      refused.push({ extId: String(item.campaign_id ?? '') || null, record: JSON.stringify(item), reason })
      continue
    }
    const { data } = parsed
    spend.push({
      extId: `${data.campaign_id}:${data.date_start}`,
      srcUpdatedAt: context.now,
      day: data.date_start,
      channel: 'Meta',
      campaign: data.campaign_name || data.campaign_id,
      spend: amount,
      clicks: countOf(data.clicks),
      impressions: countOf(data.impressions),
      conversions: Math.round(Number(purchase(data.actions) ?? 0)),
      conversionValue: parseUnits(purchase(data.action_values) ?? '0') ?? 0,
      currency: data.account_currency,
    })
  }
  const drift = [...strange].map((path) => ({
    path,
    change: 'appeared' as const,
    detail: `Meta tells "${path}" now.`,
  }))
  return { batch: { spend }, refused, drift }
}

const countOf = (text: string | undefined): number | null =>
  text === undefined ? null : Math.round(Number(text))

function purchase(
  actions: readonly { action_type: string; value: string }[] | undefined,
): string | undefined {
  for (const type of PURCHASES) {
    const found = actions?.find(({ action_type }) => action_type === type)
    if (found) return found.value
  }
  return undefined
}
