// The audit log: filters by who, what and day where the business is; pages by key; export; what is written down.
import { beforeAll, expect, test } from 'vitest'
import {
  addMember,
  askForEmailChange,
  askForReset,
  changePassword,
  changeRole,
  confirmEmail,
  createApiKey,
  createPersonWithWorkspace,
  exportAudit,
  invite,
  listApiKeys,
  listPeople,
  readAudit,
  removeMember,
  resetPassword,
  revokeApiKey,
  revokeInvitation,
  startSession,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { recordAudit } from '../../src/platform/audit.ts'
import { DEVICE, makeAccounts, SETTINGS } from '../support/accounts.ts'
import { ask } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let shop: Actor

beforeAll(async () => {
  world = await makeWorld()
  shop = await world.workspace({ name: 'Harbour', timeZone: 'America/New_York' })
  const at = (iso: string, name: string, action: string) =>
    recordAudit(world.services.tenant(shop.tenantId), Date.parse(iso), { ...shop, name }, action, 'target', {
      n: 1,
    })
  await world.services
    .tenant(shop.tenantId)
    .write([
      at('2026-11-20T12:00:00Z', 'Nora Ellery', 'member.invited'),
      at('2026-11-21T04:30:00Z', 'Nora Ellery', 'member.joined'),
      at('2026-11-21T05:30:00Z', '=HYPERLINK("http://evil.example")', 'member.removed'),
      at('2026-11-22T03:00:00Z', 'Miles', 'workspace.changed'),
    ])
})

const actionsOf = async (question: Parameters<typeof readAudit>[2], limit?: number) => {
  const read = await readAudit(world.services, shop, question, limit)
  return read.ok ? read.value.entries.map(({ action }) => action) : []
}

test('shows the newest first and filters by part of a name or action, whatever its case', async () => {
  expect(await actionsOf({})).toEqual([
    'workspace.changed',
    'member.removed',
    'member.joined',
    'member.invited',
  ])
  expect(await actionsOf({ actor: 'nora' })).toEqual(['member.joined', 'member.invited'])
  expect(await actionsOf({ action: 'workspace' })).toEqual(['workspace.changed'])
})

test('filters by days of the workspace, not of Greenwich; what is no day is left out', async () => {
  expect(await actionsOf({ from: '2026-11-21', to: '2026-11-21' })).toEqual([
    'workspace.changed',
    'member.removed',
  ])
  expect(await actionsOf({ to: '2026-11-20' })).toEqual(['member.joined', 'member.invited'])
  expect(await actionsOf({ from: 'yesterday' })).toHaveLength(4)
})

test('goes on from page to page without a gap or a repetition', async () => {
  const seen: string[] = []
  let before: string | undefined
  do {
    const read = await readAudit(world.services, shop, { before }, 3)
    if (!read.ok) throw new Error(read.error.detail)
    seen.push(...read.value.entries.map(({ id }) => id))
    before = read.value.nextCursor ?? undefined
  } while (before)
  expect([seen.length, new Set(seen).size]).toEqual([4, 4])
})

test('is for owners and admins, and one workspace never sees another', async () => {
  for (const role of ['member', 'viewer'] as const) {
    expect(await readAudit(world.services, world.as(shop, role), {})).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await exportAudit(world.services, world.as(shop, role), {})).toMatchObject({
      error: { kind: 'forbidden' },
    })
  }
  const other = await world.workspace({ name: 'Other' })
  const read = await readAudit(world.services, other, {})
  expect(read.ok && read.value.entries).toEqual([])
})

test('an export is CSV that no spreadsheet runs, and is itself an entry', async () => {
  const { cookie } = await signInAs(shop.tenantId, 'owner', Date.now())
  const response = await ask('/settings/audit.csv?action=member', { headers: { Cookie: cookie } })
  const csv = await response.text()
  expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('Content-Disposition')).toContain('attachment')
  expect(csv.trim().split('\r\n')).toHaveLength(4)
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  expect(await actionsOf({ action: 'audit.exported' })).toEqual(['audit.exported'])
})

test('every change of people, of what proves them and of keys leaves one entry; a refused change leaves none', async () => {
  const accounts = await makeAccounts()
  const { services } = accounts
  const password = 'salt wind and linen'
  const { actor, personId } = await createPersonWithWorkspace(services, {
    name: 'Nora',
    email: 'nora@entries.example',
    password,
    verified: true,
    workspace: { ...SETTINGS, name: 'Harbour' },
  })
  const june = { name: 'June', email: 'june@entries.example', password, verified: true }
  const { personId: juneId } = await addMember(services, actor, { ...june, role: 'member' })
  const entries = async (work: () => Promise<unknown>): Promise<string[]> => {
    const before = await accounts.audited(actor.tenantId)
    await work()
    const after = await accounts.audited(actor.tenantId)
    for (const action of before) after.splice(after.indexOf(action), 1)
    return after
  }
  const viewer = { ...accounts.world.as(actor, 'viewer'), id: juneId }
  const tokenOf = async (email: string) =>
    (await accounts.mailsTo(email)).find((mail) => mail.token)?.token ?? ''
  const next = 'a new way over the dunes'

  expect(await entries(() => changeRole(services, viewer, juneId, 'owner', true))).toEqual([])
  expect(await entries(() => changeRole(services, actor, juneId, 'admin', true))).toEqual([
    'member.role_changed',
  ])
  expect(await entries(() => invite(services, viewer, { email: 'x@y.example', role: 'viewer' }))).toEqual([])
  expect(await entries(() => invite(services, actor, { email: 'x@y.example', role: 'viewer' }))).toEqual([
    'member.invited',
  ])
  const people = await listPeople(services, actor)
  const open = (people.ok && people.value.invitations[0]?.id) || ''
  expect(await entries(() => revokeInvitation(services, actor, open))).toEqual(['invitation.revoked'])
  expect(await entries(() => revokeInvitation(services, actor, open))).toEqual([])

  const session = await startSession(services, personId, actor.tenantId, DEVICE)
  const change = (current: string) => changePassword(services, actor, { current, next }, session.id)
  expect(await entries(() => change('not the password'))).not.toContain('password.changed')
  expect(await entries(() => change(password))).toEqual(['password.changed'])
  await askForEmailChange(services, actor, 'nora@new.example')
  const link = await tokenOf('nora@new.example')
  expect(await entries(() => confirmEmail(services, link, next, DEVICE))).toContain('email.changed')
  await askForReset(services, june.email, DEVICE.ipPrefix)
  const reset = await tokenOf(june.email)
  expect(await entries(() => resetPassword(services, reset, next, DEVICE))).toEqual(['password.reset'])
  expect(await entries(() => resetPassword(services, reset, next, DEVICE))).toEqual([])

  const wish = { name: 'Report', scopes: ['foundry:read'], days: 30 }
  expect(await entries(() => createApiKey(services, viewer, wish))).toEqual([])
  expect(await entries(() => createApiKey(services, actor, wish))).toEqual(['api_key.created'])
  const keys = await listApiKeys(services, actor)
  const key = (keys.ok && keys.value[0]?.id) || ''
  expect(await entries(() => revokeApiKey(services, actor, key))).toEqual(['api_key.revoked'])
  expect(await entries(() => revokeApiKey(services, actor, key))).toEqual([])
  expect(await entries(() => removeMember(services, actor, juneId, true))).toEqual(['member.removed'])
  expect(await entries(() => removeMember(services, actor, juneId, true))).toEqual([])

  const { results } = await testEnv.DB.prepare('SELECT * FROM audit_log WHERE tenant_id = ?1')
    .bind(actor.tenantId)
    .all()
  for (const entry of results) {
    expect(entry).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      actor_kind: 'person',
      actor_id: expect.stringMatching(/.+/),
      actor_name: expect.stringMatching(/^(Nora|June)$/),
      target: expect.stringMatching(/.+/),
    })
  }
})
