/** HubSpot's records as facts: contacts, deals, and what marketing emails brought. Pure. */
import * as z from 'zod'
import { businessDay } from '../../kit/calendar/business-day.ts'
import type {
  CampaignDayFact,
  ContactFact,
  DealFact,
  FactBatch,
} from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { parseUnits } from '../../platform/money.ts'
import type { NormaliseContext, Normalised, Refused } from '../../platform/source-reader.ts'
import { type HubspotPage, pageSchema } from './page.ts'

const words = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(
    (value) =>
      String(value ?? '')
        .trim()
        .slice(0, 200) || null,
  )
const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'no time')
  .transform((text) => Date.parse(text))
const record = {
  id: z.string().max(40),
  archived: z.boolean().default(false),
  archivedAt: instant.nullish(),
  updatedAt: instant,
}
const maybe = instant.nullish().or(z.literal('').transform(() => null))

const contactSchema = z.object({
  ...record,
  properties: z.object({
    email: words,
    firstname: words,
    lastname: words,
    phone: words,
    company: words,
    lifecyclestage: words,
    createdate: maybe,
  }),
})
const dealSchema = z.object({
  ...record,
  properties: z.object({
    dealname: words,
    amount: words,
    deal_currency_code: words,
    dealstage: words,
    pipeline: words,
    closedate: maybe,
    createdate: maybe,
  }),
})
const count = z.number().int().nonnegative().catch(0)
const emailSchema = z.object({
  id: z.string().max(40),
  name: words,
  updatedAt: instant.nullish(),
  publishDate: instant.nullish(),
  publishedAt: instant.nullish(),
  stats: z
    .object({ counters: z.object({ sent: count, delivered: count, click: count }).partial().default({}) })
    .nullish(),
})

type Read = (row: unknown, page: HubspotPage, context: NormaliseContext) => FactBatch
const READS: Readonly<Record<string, Read>> = { contacts, deals, campaigns: emails }

export function normaliseHubspot(
  stream: string,
  raw: string,
  context: NormaliseContext,
): Normalised<FactBatch> {
  const read = READS[stream]
  if (!read) throw new Error(`HubSpot has no stream "${stream}".`)
  const page = pageSchema.parse(JSON.parse(raw))
  const lists: Record<string, unknown[]> = {}
  const refused: Refused[] = []
  for (const row of page.rows) {
    try {
      for (const [kind, facts] of Object.entries(read(row, page, context)))
        lists[kind] = [...(lists[kind] ?? []), ...(facts as unknown[])]
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof RangeError)) throw error
      refused.push({ extId: row.id, record: JSON.stringify(row), reason: reasonOf(error) })
    }
  }
  return { batch: lists as FactBatch, refused, drift: [] }
}

const versionOf = ({
  updatedAt,
  archivedAt,
}: {
  updatedAt: number
  archivedAt?: number | null | undefined
}) => Math.max(updatedAt, archivedAt ?? 0)

const goneAt = (row: { archived: boolean; updatedAt: number; archivedAt?: number | null | undefined }) =>
  row.archived ? isoInstant(row.archivedAt ?? row.updatedAt) : null

function contacts(row: unknown, _page: HubspotPage, { timeZone }: NormaliseContext): FactBatch {
  const contact = contactSchema.parse(row)
  const { properties: told } = contact
  const fact: ContactFact = {
    extId: contact.id,
    srcUpdatedAt: versionOf(contact),
    deletedAt: goneAt(contact),
    name: [told.firstname, told.lastname].filter(Boolean).join(' ') || null,
    email: told.email,
    phone: told.phone,
    company: told.company,
    stage: told.lifecyclestage,
    createdDay: told.createdate == null ? null : businessDay(told.createdate, timeZone),
  }
  return { contacts: [fact] }
}

/** A stage that no pipeline has any more leaves the deal open. */
function deals(row: unknown, page: HubspotPage, { timeZone, currency }: NormaliseContext): FactBatch {
  const deal = dealSchema.parse(row)
  const { properties: told } = deal
  const stage = page.stages[`${told.pipeline ?? 'default'}/${told.dealstage}`]
  const amount = told.amount === null ? null : parseUnits(told.amount)
  if (told.amount !== null && amount === null) throw new RangeError(`"${told.amount}" is no amount.`)
  const status = stage?.outcome ?? 'open'
  const fact: DealFact = {
    extId: deal.id,
    srcUpdatedAt: versionOf(deal),
    deletedAt: goneAt(deal),
    name: told.dealname ?? `Deal ${deal.id}`,
    stage: stage?.label ?? told.dealstage,
    status,
    amount,
    currency: told.deal_currency_code ?? currency,
    contactExtId: page.contacts[deal.id] ?? null,
    createdDay: businessDay(told.createdate ?? deal.updatedAt, timeZone),
    // of an open deal it is a hope, not a day on which something closed
    closedDay: status === 'open' || told.closedate == null ? null : businessDay(told.closedate, timeZone),
  }
  return { deals: [fact] }
}

/** An email counts on the day it was sent; drafts were not. Its counters grow for weeks, so the newest reading stands. */
function emails(row: unknown, page: HubspotPage, { timeZone, currency }: NormaliseContext): FactBatch {
  const email = emailSchema.parse(row)
  const at = email.publishDate ?? email.publishedAt
  const counters = email.stats?.counters
  const sent = counters?.sent ?? 0
  if (at == null || sent === 0) return {}
  const fact: CampaignDayFact = {
    extId: email.id,
    srcUpdatedAt: page.readAt,
    day: businessDay(at, timeZone),
    channel: 'email',
    campaign: email.name ?? `Email ${email.id}`,
    spend: 0,
    impressions: counters?.delivered ?? sent,
    clicks: counters?.click ?? 0,
    currency,
  }
  return { spend: [fact] }
}

const reasonOf = (error: z.ZodError | RangeError): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : error.message
