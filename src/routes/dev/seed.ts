/** The demo: two shops, their people and two years of data, made by the same actions that people use. */

import { addDemoData, gatherContacts, matchMoney, rebuildRollups } from '../../modules/mini-foundry/index.ts'
import {
  addMember,
  createApiKey,
  createPersonWithWorkspace,
  createWorkspace,
  landContacts,
} from '../../modules/workspace/index.ts'
import {
  type Actor,
  KEY_SCOPES,
  type Role,
  systemActor,
  type WorkspaceSettings,
} from '../../platform/actor.ts'
import type { Services } from '../../platform/services.ts'
import { COLLEAGUES, HARBOUR, LEADS, OWNER, PALARNIA } from './demo-people.ts'

export interface DemoSignIn {
  email: string
  password: string
  role: Role
  workspace: string
}

export interface Seeded {
  url: string
  email: string
  password: string
  apiKey: string
  people: DemoSignIn[]
}

const KEPT_AS = 'demo_sign_ins'

/** Seeds once, going on where a start before this one broke off; afterwards answers the sign-ins that were made. */
export async function seedDemo(services: Services, empty: boolean): Promise<Seeded & { seeded: boolean }> {
  const kept = await services.directory.installationValue(KEPT_AS)
  const url = services.config.publicUrl
  if (kept) return { ...(JSON.parse(kept) as Seeded), url, seeded: false }
  const seeded = empty ? await seedEmpty(services) : await seedShops(services)
  const result = { ...seeded, url }
  await services.directory.setInstallationValue(KEPT_AS, JSON.stringify(result))
  return { ...result, seeded: true }
}

async function seedEmpty(services: Services): Promise<Omit<Seeded, 'url'>> {
  const owner = { name: 'Owner', email: 'owner@example.com', password: 'an-empty-shop-to-fill-2026' }
  const workspace = { ...HARBOUR, name: 'My shop', timeZone: 'UTC', weekStart: 1 }
  const actor = await ownedWorkspace(services, owner, workspace)
  return {
    ...owner,
    apiKey: await keyOf(services, actor),
    people: [{ email: owner.email, password: owner.password, role: 'owner', workspace: workspace.name }],
  }
}

async function seedShops(services: Services): Promise<Omit<Seeded, 'url'>> {
  const harbour = await ownedWorkspace(services, OWNER, HARBOUR)
  const palarnia = await ownedWorkspace(services, OWNER, PALARNIA)
  for (const { at, ...person } of COLLEAGUES) {
    await addMember(services, at === 'harbour' ? harbour : palarnia, { ...person, verified: true })
  }
  const shops = [
    { actor: harbour, profile: 'home-goods' },
    { actor: palarnia, profile: 'coffee' },
  ]
  for (const { actor, profile } of shops) {
    const added = await addDemoData(services, actor, { profile })
    if (!added.ok && added.error.slug !== 'sample-data-present') throw new Error(added.error.detail)
    await rebuildRollups(services, actor, { budgetMs: Number.POSITIVE_INFINITY })
    await matchMoney(services, actor, 'all')
    await gatherContacts(services, actor)
    await seedLeads(services, actor)
  }
  const people = COLLEAGUES.map(({ email, password, role, at }) => ({
    email,
    password,
    role,
    workspace: at === 'harbour' ? HARBOUR.name : PALARNIA.name,
  }))
  return {
    email: OWNER.email,
    password: OWNER.password,
    apiKey: await keyOf(services, harbour),
    people: [
      { email: OWNER.email, password: OWNER.password, role: 'owner', workspace: 'all workspaces' },
      ...people,
    ],
  }
}

/** People who asked and have not bought yet; as history, so that nobody is told of them. Again is nothing new. */
async function seedLeads(services: Services, actor: Actor): Promise<void> {
  const landed = await landContacts(services, actor, {
    sourceId: 'demo-leads',
    source: 'demo',
    origin: 'history',
    records: LEADS.map((lead) => ({
      ...lead,
      at: '2026-01-01T00:00:00.000Z',
      externalId: lead.email,
      hash: lead.email,
      sourceDetail: 'Sample leads',
    })),
  })
  if (!landed.ok) throw new Error(landed.error.detail)
}

/** The owner's workspace of this name; it, and the owner, are made when they are not there yet. */
export async function ownedWorkspace(
  services: Services,
  owner: { name: string; email: string; password: string },
  settings: Omit<WorkspaceSettings, 'id'>,
): Promise<Actor> {
  const { directory } = services
  const known = await directory.personByEmail(owner.email)
  if (!known) {
    const made = await createPersonWithWorkspace(services, { ...owner, verified: true, workspace: settings })
    return made.actor
  }
  const belongs = await directory.membershipsOf(known.id)
  const found = belongs.find(({ name }) => name === settings.name)
  const workspace = found ? await directory.workspace(found.tenantId) : null
  if (workspace) return systemActor(workspace, 'seed')
  const made = await createWorkspace(
    services,
    { id: known.id, name: owner.name, email: owner.email },
    settings,
  )
  return made.actor
}

async function keyOf(services: Services, actor: Actor): Promise<string> {
  const made = await createApiKey(services, actor, { name: 'Local', scopes: KEY_SCOPES, days: null })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.key
}
