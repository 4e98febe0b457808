/** What the connections wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'
import { eraseShop } from './actions/shop-erasure.ts'
import { events, notices } from './domain/events.ts'

export const manifest: Manifest = {
  wing: 'connections',
  events,
  notices,
  tables: [
    { table: 'connector_apps', exported: true, omit: ['client_secret'] },
    { table: 'connectors', exported: true, omit: ['credentials'] },
  ],
  fileAreas: [],
  listeners: [{ name: 'shop-erasure', events: ['privacy.requested'], listen: eraseShop }],
}
