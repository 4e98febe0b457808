/** People and workspaces come into being. */
import type { Actor, Role, WorkspaceSettings } from '../../../platform/actor.ts'
import { systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'

export interface NewPersonInput {
  name: string
  email: string
  /** Null: none, they sign in another way. */
  password: string | null
  /** The address is known to be theirs (an accepted invitation, the demo). */
  verified: boolean
  workspace: Omit<WorkspaceSettings, 'id'>
  /** Somebody with this address who never confirmed it: they give way to the newer sign-up. */
  instead?: string
  /** What else is born with the person, in the same transaction. */
  also?(personId: string): D1PreparedStatement[]
}

/** A person, a workspace of their own, and the role of owner in it, all or nothing. The actor is the new owner. */
export async function createPersonWithWorkspace(
  services: Services,
  input: NewPersonInput,
): Promise<{ personId: string; tenantId: string; actor: Actor }> {
  const { directory, clock } = services
  const at = isoInstant(clock.now())
  const personId = uuidv7(clock.now())
  const workspace = { ...input.workspace, id: uuidv7(clock.now()) }
  const passwordHash = input.password === null ? '' : await services.passwords.hash(input.password)
  const db = services.tenant(workspace.id)
  const actor = personActorOf(workspace, { id: personId, name: input.name, email: input.email }, 'owner')
  await directory.transact([
    ...(input.instead ? directory.dropUnconfirmedStatements(input.instead) : []),
    directory.personStatement({
      id: personId,
      email: input.email,
      name: input.name,
      passwordHash,
      verifiedAt: input.verified ? at : null,
      at,
    }),
    ...(input.also?.(personId) ?? []),
    directory.workspaceStatement({ ...workspace, at }),
    directory.membershipStatement(workspace.id, personId, 'owner', at),
    recordAudit(db, clock.now(), actor, 'workspace.created', workspace.id, { name: workspace.name }),
  ])
  return { personId, tenantId: workspace.id, actor }
}

/** One more workspace for somebody who is here already. */
export async function createWorkspace(
  services: Services,
  owner: { id: string; name: string; email: string },
  settings: Omit<WorkspaceSettings, 'id'>,
): Promise<{ tenantId: string; actor: Actor }> {
  const { directory, clock } = services
  const at = isoInstant(clock.now())
  const workspace = { ...settings, id: uuidv7(clock.now()) }
  const db = services.tenant(workspace.id)
  const actor = personActorOf(workspace, owner, 'owner')
  await directory.transact([
    directory.workspaceStatement({ ...workspace, at }),
    directory.membershipStatement(workspace.id, owner.id, 'owner', at),
    recordAudit(db, clock.now(), actor, 'workspace.created', workspace.id, { name: workspace.name }),
  ])
  return { tenantId: workspace.id, actor }
}

/** Makes a person a member of the actor's workspace; an address that is new becomes a person first. */
export async function addMember(
  services: Services,
  actor: Actor,
  input: { name: string; email: string; password: string; role: Role; verified: boolean },
): Promise<{ personId: string }> {
  const { directory, clock } = services
  const at = isoInstant(clock.now())
  const known = await directory.personByEmail(input.email)
  const personId = known?.id ?? uuidv7(clock.now())
  const db = services.tenant(actor.tenantId)
  const person = known
    ? []
    : [
        directory.personStatement({
          id: personId,
          email: input.email,
          name: input.name,
          passwordHash: await services.passwords.hash(input.password),
          verifiedAt: input.verified ? at : null,
          at,
        }),
      ]
  await directory.transact([
    ...person,
    directory.membershipStatement(actor.tenantId, personId, input.role, at),
    recordAudit(db, clock.now(), actor, 'member.added', personId, { role: input.role }),
  ])
  return { personId }
}

const personActorOf = (
  settings: WorkspaceSettings,
  person: { id: string; name: string; email: string },
  role: Role,
): Actor => ({
  ...systemActor({ ...settings, requireSecondFactor: false, sandboxOf: null, eraseAt: null }, 'sign-up'),
  kind: 'person',
  ...person,
  role,
})
