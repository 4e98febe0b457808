/** The column every table of this wing begins with. */
import { text } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'

export const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })
