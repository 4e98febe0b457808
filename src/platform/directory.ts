/**
 * The global rows, each reached by a named method: people, sessions, keys, and what leads from an id to a tenant.
 * Nothing here lists a tenant's business data.
 */
import { engineDirectory } from './directory/engines.ts'
import { idempotencyDirectory } from './directory/idempotency.ts'
import { mailDirectory } from './directory/mails.ts'
import { memberDirectory } from './directory/members.ts'
import { noticeDirectory } from './directory/notices.ts'
import { operationsDirectory } from './directory/operations.ts'
import { ownershipDirectory } from './directory/ownership.ts'
import { passkeyDirectory } from './directory/passkeys.ts'
import { peopleDirectory } from './directory/people.ts'
import { sessionWrites } from './directory/session-writes.ts'
import { sessionDirectory } from './directory/sessions.ts'
import { syncDirectory } from './directory/syncs.ts'
import { twinDirectory } from './directory/twin.ts'
import { upkeepDirectory } from './directory/upkeep.ts'
import { wholeDirectory } from './directory/whole.ts'
import { workspaceDirectory } from './directory/workspaces.ts'

export type { KeyView, SessionView } from './directory/shapes.ts'

export type Directory = ReturnType<typeof createDirectory>

export function createDirectory(d1: D1Database) {
  return {
    ...sessionDirectory(d1),
    ...sessionWrites(d1),
    ...peopleDirectory(d1),
    ...passkeyDirectory(d1),
    ...memberDirectory(d1),
    ...ownershipDirectory(d1),
    ...workspaceDirectory(d1),
    ...idempotencyDirectory(d1),
    ...upkeepDirectory(d1),
    ...twinDirectory(d1),
    ...mailDirectory(d1),
    ...wholeDirectory(d1),
    ...operationsDirectory(d1),
    ...noticeDirectory(d1),
    ...syncDirectory(d1),
    ...engineDirectory(d1),
  }
}
