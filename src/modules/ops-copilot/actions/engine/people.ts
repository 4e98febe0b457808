/** Whom an automation names: people by id or address, everybody of a role, or the owner of the workspace. */
import { type Actor, systemActor, type Workspace } from '../../../../platform/actor.ts'
import type { Recipient } from '../../../../platform/directory/notices.ts'
import type { Services } from '../../../../platform/services.ts'

/** A member as whoever acts here, with the rights they have this moment. Null: no member any more. */
export async function memberActor(
  services: Services,
  workspace: Workspace,
  personId: string,
  name?: string,
): Promise<Actor | null> {
  const [[member], memberships] = await Promise.all([
    services.directory.recipients(workspace.id, [personId]),
    services.directory.membershipsOf(personId),
  ])
  const role = memberships.find(({ tenantId }) => tenantId === workspace.id)?.role
  if (!role || !member) return null
  return {
    ...systemActor(workspace, 'member'),
    kind: 'person',
    id: personId,
    name: name ?? member.name,
    role,
  }
}

/** Ids of members, each once; names that lead to nobody are passed over, and when nobody is left, the owners are meant. */
export async function peopleOf(
  services: Services,
  workspace: Workspace,
  names: readonly string[],
): Promise<string[]> {
  const members = await services.directory.recipients(workspace.id, null)
  const found = names.flatMap((name) => named(members, name.trim()))
  const ids = [...new Set(found)]
  return ids.length > 0 ? ids : members.filter(({ role }) => role === 'owner').map(({ personId }) => personId)
}

function named(members: readonly Recipient[], name: string): string[] {
  if (name.startsWith('role:')) {
    const role = name.slice('role:'.length)
    return members.filter((one) => one.role === role).map(({ personId }) => personId)
  }
  const lower = name.toLowerCase()
  return members
    .filter((one) => one.personId === name || one.email.toLowerCase() === lower)
    .map(({ personId }) => personId)
}
