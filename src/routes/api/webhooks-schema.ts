/** Webhooks and events as the API shows them. */
import { z } from '@hono/zod-openapi'
import type { DeliveryView, WebhookLine } from '../../modules/workspace/index.ts'
import { isoInstant } from '../../platform/clock.ts'

export const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()).openapi({ description: 'Types of events, or `*` for all' }),
    status: z.enum(['active', 'paused', 'failing']),
    failing_since: z.string().nullable(),
    last_7_days: z.object({
      delivered: z.number().int(),
      failed: z.number().int(),
      pending: z.number().int(),
    }),
    last_delivered_at: z.string().nullable(),
    version: z.number().int(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('Webhook')

export const deliverySchema = z
  .object({
    id: z.string(),
    webhook_id: z.string(),
    event_id: z.string(),
    event_type: z.string(),
    status: z.enum(['pending', 'delivered', 'failed']),
    replay: z.boolean(),
    attempts: z.array(
      z.object({ at: z.string(), status: z.number().int().nullable(), ms: z.number(), answer: z.string() }),
    ),
    next_attempt_at: z.string().nullable(),
    body: z.record(z.string(), z.unknown()),
    created_at: z.string(),
    settled_at: z.string().nullable(),
  })
  .openapi('WebhookDelivery')

export const eventSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    created_at: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('Event')

export const eventTypeSchema = z
  .object({
    type: z.string(),
    wing: z.string(),
    title: z.string(),
    description: z.string(),
    sample: z.record(z.string(), z.unknown()),
    schema: z.record(z.string(), z.unknown()).openapi({ description: 'JSON Schema of `data`' }),
  })
  .openapi('EventType')

export const toWebhook = (line: WebhookLine): z.infer<typeof webhookSchema> => {
  const { lastDeliveredAt, ...counts } = line.health
  return {
    id: line.id,
    url: line.url,
    description: line.description,
    events: line.events,
    status: line.status,
    failing_since: line.failingSince,
    last_7_days: counts,
    last_delivered_at: lastDeliveredAt,
    version: line.version,
    created_at: line.createdAt,
    updated_at: line.updatedAt,
  }
}

export const toDelivery = (view: DeliveryView): z.infer<typeof deliverySchema> => ({
  id: view.id,
  webhook_id: view.endpointId,
  event_id: view.eventId,
  event_type: view.eventType,
  status: view.status,
  replay: view.replayOf !== '',
  attempts: view.log,
  next_attempt_at: view.nextAttemptAt === null ? null : isoInstant(view.nextAttemptAt),
  body: JSON.parse(view.body),
  created_at: view.createdAt,
  settled_at: view.settledAt,
})
