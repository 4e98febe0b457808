/** What the Mini Foundry wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'
import { TABLES } from './manifest-tables.ts'

export const manifest: Manifest = {
  wing: 'mini-foundry',
  events: [],
  notices: [],
  tables: TABLES,
  fileAreas: ['imports', 'hooks/stripe'],
  listeners: [],
}
