/** What the connections wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'

export const manifest: Manifest = {
  wing: 'connections',
  events: [],
  notices: [],
  tables: [],
  fileAreas: [],
  listeners: [],
}
