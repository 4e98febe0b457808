/** What the Mini Foundry wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'

export const manifest: Manifest = {
  wing: 'mini-foundry',
  events: [],
  notices: [],
  tables: [],
  fileAreas: [],
  listeners: [],
}
