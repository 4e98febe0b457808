/** Events of the connections wing. */
import * as z from 'zod'
import type { EventDefinition, NoticeKind } from '../../../platform/wing-facts.ts'

const CONNECTOR = '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e10'

export const events: readonly EventDefinition[] = [
  {
    type: 'connection.connected',
    title: 'Connection made',
    description:
      'An outside system was connected, or connected again after it was disconnected or had failed.',
    payload: z.strictObject({
      connector_id: z.string(),
      kind: z.string(),
      account: z.string(),
      reconnected: z.boolean(),
    }),
    sample: {
      connector_id: CONNECTOR,
      kind: 'shopify',
      account: 'harbour.myshopify.com',
      reconnected: false,
    },
  },
  {
    type: 'connection.failed',
    title: 'Connection failed',
    description: 'The outside system refused our access for good. A person must connect it again.',
    payload: z.strictObject({
      connector_id: z.string(),
      kind: z.string(),
      name: z.string(),
      reason: z.string(),
    }),
    sample: {
      connector_id: CONNECTOR,
      kind: 'shopify',
      name: 'Harbour shop',
      reason: 'The access was taken back.',
    },
  },
  {
    type: 'connection.restored',
    title: 'Connection works again',
    description: 'A connection that had failed passed a check.',
    payload: z.strictObject({ connector_id: z.string(), kind: z.string(), name: z.string() }),
    sample: { connector_id: CONNECTOR, kind: 'shopify', name: 'Harbour shop' },
  },
  {
    type: 'connection.disconnected',
    title: 'Connection ended',
    description:
      'A person disconnected an outside system. `with_data` says whether what came from it goes too.',
    payload: z.strictObject({ connector_id: z.string(), kind: z.string(), with_data: z.boolean() }),
    sample: { connector_id: CONNECTOR, kind: 'shopify', with_data: false },
  },
]

export const notices: readonly NoticeKind[] = [
  {
    kind: 'connection.failed',
    title: 'A connection needs you',
    description: 'An outside system no longer lets us in, and must be connected again.',
    mail: 'instant',
  },
  {
    kind: 'connection.restored',
    title: 'A connection works again',
    description: 'A connection that had failed works again.',
    mail: 'off',
  },
]
