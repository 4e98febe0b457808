/** What the Mini Foundry wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'
import { dealingsTimeline, forgetInFoundry, foundryPersonal } from './actions/contacts-of.ts'
import { hearConnection } from './actions/sources-connection.ts'
import { EVENTS } from './manifest-events.ts'
import { TABLES } from './manifest-tables.ts'

export const manifest: Manifest = {
  wing: 'mini-foundry',
  events: EVENTS,
  notices: [],
  tables: TABLES,
  fileAreas: ['imports', 'hooks/stripe', 'hooks', 'raw'],
  uses: [
    'shopify',
    'stripe',
    'quickbooks',
    'woocommerce',
    'hubspot',
    'google_sheets',
    'meta_ads',
    'google_ads',
    'http',
  ],
  listeners: [
    {
      name: 'mini-foundry.connection',
      events: ['connection.connected', 'connection.disconnected'],
      listen: hearConnection,
    },
  ],
  timeline: dealingsTimeline,
  personal: foundryPersonal,
  forget: forgetInFoundry,
}
