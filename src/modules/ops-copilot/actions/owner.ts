/** Whose rights an automation's steps have. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'

/** The person who acts; for keys and the platform itself the workspace's first owner. */
export async function ownerFor(services: Services, actor: Actor): Promise<string | null> {
  if (actor.kind === 'person') return actor.id
  const people = await services.directory.recipients(actor.tenantId, null)
  return people.find(({ role }) => role === 'owner')?.personId ?? null
}
