/** A workspace with a connected Stripe source, and what tests do with it. */
import { stripeHooks } from '../../src/compose.ts'
import { connectStripe, processHook, receiveHook } from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Services } from '../../src/platform/services.ts'
import { perform } from '../../src/queues/consume.ts'
import { deliveryOf, type StripeEvent } from './stripe-stand-in.ts'
import { testEnv, type World } from './world.ts'

export const SECRET = 'whsec_tide0table'

export interface StripeSource {
  actor: Actor
  sourceId: string
  hookId: string
}

export async function stripeSource(world: World): Promise<StripeSource> {
  const actor = await world.workspace()
  const made = await connectStripe(world.services, actor, { name: 'Stripe', signingSecret: SECRET })
  if (!made.ok) throw new Error(made.error.detail)
  return { actor, sourceId: made.value.id, hookId: made.value.webhookUrl.split('/').at(-1) ?? '' }
}

/** Takes the event in and processes it at once. */
export async function deliver(services: Services, source: StripeSource, event: StripeEvent): Promise<void> {
  const taken = await receive(services, source, event)
  if (!taken.ok) throw new Error(taken.error.detail)
  await processHook(services, source.actor, stripeHooks, { sourceId: source.sourceId, eventId: event.id })
}

export async function receive(services: Services, source: StripeSource, event: StripeEvent, secret = SECRET) {
  const { body, headers } = await deliveryOf(event, [secret], services.clock.now())
  return receiveHook(services, stripeHooks, {
    kind: 'stripe',
    hookId: source.hookId,
    body,
    headers: new Headers(headers),
  })
}

/** Performs queued messages with these services, each until it works; rollups, which have tests of their own, as usual. */
export async function drainWith(
  services: Services,
  world: World,
  patiently: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  for (let message = world.messages.shift(); message; message = world.messages.shift()) {
    const asked = message
    if (asked.kind === 'rollup') await perform(world.services, asked)
    else await patiently(() => perform(services, asked))
  }
}

const SKIPPED = new Set(['audit_log', 'metrics_cache', 'dashboards', 'data_versions'])

/** Every row of the workspace as text, with what is born by chance replaced by what it stands for. */
export async function stateOf({ actor, sourceId, hookId }: StripeSource): Promise<Record<string, string[]>> {
  const { results: tables } = await testEnv.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf*' AND sql LIKE '%tenant_id%' ORDER BY name`,
  ).all<{ name: string }>()
  const state: Record<string, string[]> = {}
  for (const { name } of tables.filter((table) => !SKIPPED.has(table.name))) {
    const { results } = await testEnv.DB.prepare(`SELECT * FROM "${name}" WHERE tenant_id = ?1`)
      .bind(actor.tenantId)
      .all<Record<string, unknown>>()
    const rows = results.map((row) => {
      const { connector_id, credentials, ...rest } = row
      if (name === 'connectors' || name === 'contact_cards') delete rest.id
      if (name === 'contact_sources') delete rest.contact_id
      return JSON.stringify(rest)
        .replaceAll(actor.tenantId, '<tenant>')
        .replaceAll(sourceId, '<source>')
        .replaceAll(hookId, '<hook>')
    })
    if (rows.length > 0) state[name] = rows.sort()
  }
  return state
}
