/** The demo: two workspaces, their people and two years of data, made by the same actions that people use. */

import { addDemoData, rebuildRollups } from '../../modules/mini-foundry/index.ts'
import {
  addMember,
  createApiKey,
  createPersonWithWorkspace,
  createWorkspace,
} from '../../modules/workspace/index.ts'
import { type Actor, KEY_SCOPES, type Role } from '../../platform/actor.ts'
import type { Services } from '../../platform/services.ts'

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

const HARBOUR = {
  name: 'Harbour & Pine',
  timeZone: 'America/New_York',
  currency: 'USD',
  locale: 'en-US',
  weekStart: 7,
  fiscalYearStart: 1,
  country: 'US',
  industry: 'Home goods',
}
const PALARNIA = {
  name: 'Palarnia Złota Łódź',
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  locale: 'pl-PL',
  weekStart: 1,
  fiscalYearStart: 1,
  country: 'PL',
  industry: 'Coffee roasting',
}

const OWNER = { name: 'Nora Ellery', email: 'owner@harbour.example', password: 'tide-table-and-rope-2026' }
const COLLEAGUES: {
  name: string
  email: string
  password: string
  role: Role
  at: 'harbour' | 'palarnia'
}[] = [
  {
    name: 'Miles Keane',
    email: 'admin@harbour.example',
    password: 'gulls-over-the-pier-2026',
    role: 'admin',
    at: 'harbour',
  },
  {
    name: 'June Alder',
    email: 'member@harbour.example',
    password: 'salt-wind-and-linen-2026',
    role: 'member',
    at: 'harbour',
  },
  {
    name: 'Felix Varney',
    email: 'viewer@harbour.example',
    password: 'quiet-lamp-at-noon-2026',
    role: 'viewer',
    at: 'harbour',
  },
  {
    name: 'Zofia Maj',
    email: 'owner@palarnia.example',
    password: 'ziarna-z-manufaktury-2026',
    role: 'owner',
    at: 'palarnia',
  },
  {
    name: 'Borys Wrona',
    email: 'member@palarnia.example',
    password: 'mlynek-stoi-na-oknie-2026',
    role: 'member',
    at: 'palarnia',
  },
]

/** Seeds once; afterwards answers the sign-ins that were made. */
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
  const { actor } = await createPersonWithWorkspace(services, { ...owner, verified: true, workspace })
  return {
    ...owner,
    apiKey: await keyOf(services, actor),
    people: [{ email: owner.email, password: owner.password, role: 'owner', workspace: workspace.name }],
  }
}

async function seedShops(services: Services): Promise<Omit<Seeded, 'url'>> {
  const { actor: harbour, personId } = await createPersonWithWorkspace(services, {
    ...OWNER,
    verified: true,
    workspace: HARBOUR,
  })
  const { actor: palarnia } = await createWorkspace(
    services,
    { id: personId, name: OWNER.name, email: OWNER.email },
    PALARNIA,
  )
  for (const { at, ...person } of COLLEAGUES) {
    await addMember(services, at === 'harbour' ? harbour : palarnia, { ...person, verified: true })
  }
  const shops = [
    { actor: harbour, profile: 'home-goods' },
    { actor: palarnia, profile: 'coffee' },
  ]
  for (const { actor, profile } of shops) {
    const added = await addDemoData(services, actor, { profile })
    if (!added.ok) throw new Error(added.error.detail)
    await rebuildRollups(services, actor, { budgetMs: Number.POSITIVE_INFINITY })
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
      { email: OWNER.email, password: OWNER.password, role: 'owner', workspace: 'both workspaces' },
      ...people,
    ],
  }
}

async function keyOf(services: Services, actor: Actor): Promise<string> {
  const made = await createApiKey(services, actor, { name: 'Local', scopes: KEY_SCOPES, days: null })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value.key
}
