/** The part of the workspace wing's manifest about data rights: which tables of this wing and of the directory hold a workspace's rows. */
import * as z from 'zod'
import type { Manifest, TenantTableFact } from '../../../platform/manifest.ts'

const exported = (table: string, omit?: readonly string[]): TenantTableFact => ({
  table,
  exported: true,
  omit,
})
const kept = (table: string): TenantTableFact => ({ table, exported: false })

/** Children before what they hang on. */
const TABLES: readonly TenantTableFact[] = [
  exported('contact_events'),
  exported('contact_tags'),
  exported('contact_sources'),
  exported('contact_forms'),
  exported('contact_cards'),
  exported('comments'),
  exported('files', ['file_key']),
  exported('public_links', ['secret_hash']),
  exported('inbound_mails', ['raw_key']),
  exported('mail_inboxes'),
  exported('mail_suppressions'),
  exported('mails'),
  exported('notifications'),
  kept('notice_mails'),
  exported('notice_preferences'),
  exported('notice_settings'),
  exported('channel_posts'),
  exported('notice_channels', ['url']),
  exported('webhook_deliveries'),
  exported('webhook_endpoints', ['secrets']),
  exported('privacy_requests', ['file_key']),
  exported('invitations'),
  exported('ownership_offers'),
  exported('audit_log'),
  kept('event_receipts'),
  exported('outbox'),
  exported('memberships'),
  exported('api_keys', ['secret_hash']),
  kept('sessions'),
  kept('public_ids'),
  kept('idempotency_keys'),
  kept('dead_letters'),
  kept('due'),
  kept('engine_wakes'),
]

export const privacy: Partial<Manifest> = {
  tables: TABLES,
  fileAreas: ['privacy'],
  events: [
    {
      type: 'privacy.requested',
      title: 'Request about personal data',
      description: 'Somebody asks to see what is known of them, or to be forgotten.',
      payload: z.strictObject({
        request_id: z.string(),
        topic: z.enum(['access', 'erasure', 'shop_erasure']),
        source: z.string(),
        ref: z.string().nullable(),
        due_at: z.string(),
      }),
      sample: {
        request_id: '9f2c0c5be1d84a9a8f6f4b1f2f6f0c11',
        topic: 'erasure',
        source: 'shopify',
        ref: '207119551',
        due_at: '2026-12-23T09:00:00.000Z',
      },
    },
  ],
  notices: [
    {
      kind: 'privacy.requested',
      title: 'Requests about personal data',
      description: 'Somebody asks for their data, or for it to be erased; there is a legal deadline.',
      mail: 'instant',
      urgent: true,
    },
  ],
}
