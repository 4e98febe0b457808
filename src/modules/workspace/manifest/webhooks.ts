/** The part of the workspace wing's manifest that belongs to webhooks, and to the settings that others compute by. */
import * as z from 'zod'
import type { Manifest } from '../../../platform/manifest.ts'
import { deliverToWebhooks } from '../actions/webhook-deliver.ts'

export const webhooks: Partial<Manifest> = {
  events: [
    {
      type: 'webhook.failing',
      title: 'Webhook stopped',
      description:
        'A webhook failed for five days, or its endpoint answered 410 Gone, so nothing more is posted to it.',
      payload: z.object({
        endpoint_id: z.string(),
        url: z.string(),
        reason: z.enum(['failing', 'gone']),
        failing_since: z.string(),
      }),
      sample: {
        endpoint_id: '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f',
        url: 'https://example.com/hooks',
        reason: 'failing',
        failing_since: '2026-11-18T09:00:00.000Z',
      },
    },
    {
      type: 'workspace.calendar_changed',
      title: 'Calendar changed',
      description:
        'The time zone, the week or the fiscal year of the workspace changed: days are cut differently now.',
      payload: z.object({ time_zone: z.string() }),
      sample: { time_zone: 'America/New_York' },
    },
  ],
  notices: [
    {
      kind: 'webhook.failing',
      title: 'Webhooks that stopped',
      description: 'An endpoint failed for days, or said that it is gone, and nothing more is posted to it.',
      mail: 'instant',
    },
  ],
  // the admins are told by the listener of the notices
  listeners: [{ name: 'webhooks', events: ['*'], listen: deliverToWebhooks }],
}
