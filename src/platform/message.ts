/** What travels in queues: ids, never data. Hostile until parsed, like anything from outside. */
import * as z from 'zod'

export const messageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('import.continue'), tenantId: z.string(), importId: z.string() }),
  z.strictObject({ kind: z.literal('import.undo'), tenantId: z.string(), importId: z.string() }),
  z.strictObject({
    kind: z.literal('hook.process'),
    tenantId: z.string(),
    sourceId: z.string(),
    eventId: z.string(),
  }),
  z.strictObject({
    kind: z.literal('sync.step'),
    tenantId: z.string(),
    sourceId: z.string(),
    stream: z.string(),
    /** The step it was sent for: once another has been made, this message does nothing. */
    step: z.number().int().optional(),
  }),
  z.strictObject({
    kind: z.literal('sync.replay'),
    tenantId: z.string(),
    sourceId: z.string(),
    stream: z.string(),
  }),
  z.strictObject({ kind: z.literal('source.check'), tenantId: z.string(), sourceId: z.string() }),
  z.strictObject({ kind: z.literal('alerts.judge'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('dashboard.send'), tenantId: z.string(), scheduleId: z.string() }),
  z.strictObject({ kind: z.literal('money.match'), tenantId: z.string(), all: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('customers.unite'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('rollup'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('calendar.rebuild'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('demo.remove'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('source.remove'), tenantId: z.string(), sourceId: z.string() }),
  z.strictObject({
    kind: z.literal('take-away.step'),
    tenantId: z.string(),
    takeAwayId: z.string(),
    /** The step it was sent for, as with `sync.step`. */
    step: z.number().int().optional(),
  }),
  z.strictObject({ kind: z.literal('mail.send'), mailId: z.string() }),
  z.strictObject({ kind: z.literal('notice.post'), tenantId: z.string(), channelId: z.string() }),
  z.strictObject({ kind: z.literal('notice.mail'), tenantId: z.string(), personId: z.string() }),
  z.strictObject({ kind: z.literal('webhook.deliver'), tenantId: z.string(), deliveryId: z.string() }),
  z.strictObject({ kind: z.literal('contacts.gather'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('connection.check'), tenantId: z.string(), connectorId: z.string() }),
  z.strictObject({ kind: z.literal('privacy.answer'), tenantId: z.string(), requestId: z.string() }),
  z.strictObject({ kind: z.literal('workspace.erase'), tenantId: z.string() }),
  z.strictObject({ kind: z.literal('event.deliver'), tenantId: z.string(), eventId: z.string() }),
])
export type Message = z.infer<typeof messageSchema>

export type MessageKind = Message['kind']

/** Which queue a kind of message takes. */
export function queueOf(kind: MessageKind): 'sync' | 'mail' | 'events' {
  if (kind === 'mail.send' || kind === 'notice.mail') return 'mail'
  return kind === 'event.deliver' || kind === 'webhook.deliver' || kind === 'notice.post' ? 'events' : 'sync'
}
