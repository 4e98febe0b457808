/** Audit entries about a person who is not signed in yet, in the workspace they belong to first. */
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import type { PersonRow } from '../../../platform/directory/people.ts'
import type { Services } from '../../../platform/services.ts'
import type { Device } from './sessions.ts'

/** In `tenantId`, or where the person belongs first; nowhere when they belong nowhere. */
export async function noteForPerson(
  services: Services,
  person: PersonRow,
  device: Device,
  action: string,
  detail: Record<string, unknown> = {},
  tenantId?: string,
): Promise<void> {
  const home = tenantId ?? (await services.directory.membershipsOf(person.id))[0]?.tenantId
  const workspace = home ? await services.directory.workspace(home) : null
  if (!workspace) return
  const db = services.tenant(workspace.id)
  const actor: Actor = {
    ...systemActor(workspace, 'sign-in'),
    kind: 'person',
    id: person.id,
    name: person.name,
    email: person.email,
    ipPrefix: device.ipPrefix,
  }
  await db.write([recordAudit(db, services.clock.now(), actor, action, person.id, detail)])
}
