/** What the workspace wing tells the house about itself, put together from its parts. */
import type { Manifest } from '../../platform/manifest.ts'
import { contactRecords, workspaceSteps } from './actions/automation-steps.ts'
import { contacts } from './manifest/contacts.ts'
import { mail } from './manifest/mail.ts'
import { notices } from './manifest/notices.ts'
import { people } from './manifest/people.ts'
import { privacy } from './manifest/privacy.ts'
import { sharing } from './manifest/sharing.ts'
import { webhooks } from './manifest/webhooks.ts'

const PARTS: readonly Partial<Manifest>[] = [sharing, mail, notices, webhooks, people, privacy, contacts]

export const manifest: Manifest = {
  wing: 'workspace',
  events: PARTS.flatMap((part) => part.events ?? []),
  notices: PARTS.flatMap((part) => part.notices ?? []),
  tables: PARTS.flatMap((part) => part.tables ?? []),
  fileAreas: PARTS.flatMap((part) => part.fileAreas ?? []),
  listeners: PARTS.flatMap((part) => part.listeners ?? []),
  steps: workspaceSteps,
  records: [contactRecords],
  async timeline(services, actor, whom, limit) {
    const lists = await Promise.all(PARTS.map((part) => part.timeline?.(services, actor, whom, limit) ?? []))
    return lists.flat()
  },
  personal: (services, actor, whom) => gather(PARTS.map((part) => part.personal?.(services, actor, whom))),
  async forget(services, actor, whom) {
    const counts: Record<string, number> = {}
    for (const part of PARTS) Object.assign(counts, await part.forget?.(services, actor, whom))
    return counts
  },
}

async function gather<T>(parts: (Promise<Record<string, T>> | undefined)[]): Promise<Record<string, T>> {
  return Object.assign({}, ...(await Promise.all(parts)))
}
