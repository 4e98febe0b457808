// Passkeys: made, used once per challenge, refused when anything about them is off, and removed with care.
import { beforeAll, describe, expect, test } from 'vitest'
import {
  beginPasskey,
  confirmPasskey,
  createPersonWithWorkspace,
  listPasskeys,
  passkeyChallenge,
  provePasskey,
  proveSecondFactor,
  removePasskey,
  renamePasskey,
  signIn,
  signInWithPasskey,
  startSession,
} from '../../src/modules/workspace/index.ts'
import { type Accounts, DEVICE, makeAccounts, SETTINGS } from '../support/accounts.ts'
import { type SoftKey, softKey, type Tricks } from '../support/authenticator.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { testEnv } from '../support/world.ts'

const PASSWORD = 'quiet lamp at noon'
const SITE = { origin: 'http://example.com', rpId: 'example.com' }

let accounts: Accounts
let made = 0

beforeAll(async () => {
  accounts = await makeAccounts()
})

async function somebody() {
  const email = `key${++made}@harbour.example`
  const { actor, personId } = await createPersonWithWorkspace(accounts.services, {
    name: 'Nora',
    email,
    password: PASSWORD,
    verified: true,
    workspace: { ...SETTINGS, name: 'Harbour' },
  })
  const session = await startSession(accounts.services, personId, actor.tenantId, DEVICE)
  return { actor, personId, email, session }
}

async function withKey() {
  const person = await somebody()
  const key = await softKey()
  const done = await add(person, key)
  if (!done.ok) throw new Error(done.error.detail)
  return { ...person, key, recovery: done.value.recoveryCodes }
}

type Person = Awaited<ReturnType<typeof somebody>>

async function add({ actor, session }: Person, key: SoftKey, tricks: Tricks = {}, name = 'Laptop') {
  const { options, ticket } = await beginPasskey(accounts.services, actor, SITE)
  const credential = await key.make(options, tricks)
  return confirmPasskey(accounts.services, actor, { ticket, credential, name }, SITE, session.id)
}

async function use(key: SoftKey, tricks: Tricks = {}) {
  const { options, ticket } = await passkeyChallenge(accounts.services, SITE)
  const credential = await key.answer(options, tricks)
  return signInWithPasskey(accounts.services, { ticket, credential }, SITE, DEVICE)
}

const REFUSED = { ok: false, error: { slug: 'passkey-refused' } }
const IN = { ok: true, value: { step: 'in' } }

describe('a passkey', () => {
  test('that is made signs in without a password, and both factors are proved by it', async () => {
    const { key, actor, personId } = await withKey()
    const outcome = await use(key)
    expect(outcome).toMatchObject(IN)
    const [line] = await listPasskeys(accounts.services, actor)
    expect(line).toMatchObject({ name: 'Laptop', lastUsedAt: expect.any(String) })
    const rows = await testEnv.DB.prepare('SELECT * FROM passkeys WHERE person_id = ?1').bind(personId).all()
    expect(rows.results.length).toBe(1)
  })

  test('ends the other sessions, is written down and told by mail', async () => {
    const person = await somebody()
    const other = await startSession(accounts.services, person.personId, person.actor.tenantId, DEVICE)
    await accounts.mailsTo(person.email)
    await add(person, await softKey())
    expect(await accounts.services.directory.session(other.id)).toBeNull()
    expect(await accounts.services.directory.session(person.session.id)).toMatchObject({ passkeys: 1 })
    expect(await accounts.mailsTo(person.email)).toMatchObject([{ subject: 'A passkey was added' }])
    expect(await accounts.audited(person.actor.tenantId)).toContain('passkey.added')
  })

  test.each<[string, Tricks]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another host', { rpId: 'evil.example' }],
    ['for another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['that recognised nobody', { verified: false }],
  ])('%s is not made', async (_what, tricks) => {
    const person = await somebody()
    expect(await add(person, await softKey(), tricks)).toMatchObject(REFUSED)
    expect(await listPasskeys(accounts.services, person.actor)).toEqual([])
  })

  test('is made once with a challenge, within five minutes, and by the person who began', async () => {
    const person = await somebody()
    const { options, ticket } = await beginPasskey(accounts.services, person.actor, SITE)
    const confirm = async (key: SoftKey, who = person) =>
      confirmPasskey(
        accounts.services,
        who.actor,
        { ticket, credential: await key.make(options), name: 'Phone' },
        SITE,
        who.session.id,
      )
    expect(await confirm(await softKey(), await somebody())).toMatchObject(REFUSED)
    expect((await confirm(await softKey())).ok).toBe(true)
    expect(await confirm(await softKey())).toMatchObject(REFUSED)
    const late = await beginPasskey(accounts.services, person.actor, SITE)
    accounts.world.clock.advance(301_000)
    const credential = await (await softKey()).make(late.options)
    const input = { ticket: late.ticket, credential, name: 'Late' }
    expect(await confirmPasskey(accounts.services, person.actor, input, SITE, '')).toMatchObject(REFUSED)
  })

  test('that somebody has cannot be made somebody else’s', async () => {
    const { key } = await withKey()
    const thief = await somebody()
    expect(await add(thief, key)).toMatchObject(REFUSED)
    expect(await listPasskeys(accounts.services, thief.actor)).toEqual([])
  })

  test.each(['', ' ', 'x'.repeat(61), 'a\nb'])('is not called %j', async (name) => {
    const person = await somebody()
    expect(await add(person, await softKey(), {}, name)).toMatchObject({
      ok: false,
      error: { errors: [{ path: 'name' }] },
    })
  })
})

describe('an answer to a challenge', () => {
  test.each<[string, Tricks]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another host', { rpId: 'evil.example' }],
    ['to another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['that recognised nobody', { verified: false }],
    ['with the handle of somebody else', { userHandle: 'c29tZWJvZHk' }],
    ['signed by another key', { stranger: true }],
  ])('%s lets nobody in', async (_what, tricks) => {
    const { key, personId } = await withKey()
    const now = accounts.world.clock.now()
    const before = await accounts.services.directory.sessionsOf(personId, now)
    expect(await use(key, tricks)).toMatchObject(REFUSED)
    expect(await accounts.services.directory.sessionsOf(personId, now)).toEqual(before)
    expect(await use(key)).toMatchObject(IN)
  })

  test('works once, also for two requests at the same moment', async () => {
    const { key } = await withKey()
    const { options, ticket } = await passkeyChallenge(accounts.services, SITE)
    const credential = await key.answer(options)
    const input = { ticket, credential }
    const both = await Promise.all(
      [1, 2].map(() => signInWithPasskey(accounts.services, input, SITE, DEVICE)),
    )
    expect(both.filter(({ ok }) => ok).length).toBe(1)
    expect(await signInWithPasskey(accounts.services, input, SITE, DEVICE)).toMatchObject(REFUSED)
  })

  test('has five minutes', async () => {
    const { key } = await withKey()
    const { options, ticket } = await passkeyChallenge(accounts.services, SITE)
    const credential = await key.answer(options)
    accounts.world.clock.advance(301_000)
    expect(await signInWithPasskey(accounts.services, { ticket, credential }, SITE, DEVICE)).toMatchObject(
      REFUSED,
    )
  })

  test('with a counter that went back or stood still is a copied key', async () => {
    const { key } = await withKey()
    expect(await use(key, { counter: 7 })).toMatchObject(IN)
    expect(await use(key, { counter: 7 })).toMatchObject(REFUSED)
    expect(await use(key, { counter: 6 })).toMatchObject(REFUSED)
    expect(await use(key, { counter: 0 })).toMatchObject(REFUSED)
    expect(await use(key, { counter: 8 })).toMatchObject(IN)
  })

  test.each(['', '{}', 'null', '[]', '{"id":1}', 'x'.repeat(500)])(
    'that is %j is refused',
    async (credential) => {
      const { ticket } = await passkeyChallenge(accounts.services, SITE)
      expect(await signInWithPasskey(accounts.services, { ticket, credential }, SITE, DEVICE)).toMatchObject(
        REFUSED,
      )
    },
  )

  test('proves again who one is, but only with a key of the same person', async () => {
    const [one, two] = [await withKey(), await withKey()]
    const session = await accounts.services.directory.session(one.session.id)
    if (!session) throw new Error('no session')
    const prove = async (key: SoftKey) => {
      const { options, ticket } = await passkeyChallenge(accounts.services, SITE)
      const input = { ticket, credential: await key.answer(options) }
      return provePasskey(accounts.services, session, input, SITE, DEVICE)
    }
    expect(await prove(two.key)).toMatchObject({ ok: false, error: { slug: 'other-person' } })
    const renewed = await prove(one.key)
    expect(renewed.ok && renewed.value.id).not.toBe(one.session.id)
    expect(await accounts.services.directory.session(one.session.id)).toBeNull()
  })
})

describe('with a passkey', () => {
  test('the password alone starts no session; a recovery code that came with the first key does, once', async () => {
    const { email, recovery } = await withKey()
    expect(recovery.length).toBe(10)
    const first = await signIn(accounts.services, { email, password: PASSWORD }, DEVICE)
    if (!first.ok || first.value.step !== 'second-factor') throw new Error('no second step')
    expect(first.value).toMatchObject({ app: false, passkey: true })
    const prove = (code: string) =>
      proveSecondFactor(
        accounts.services,
        { ticket: first.value.step === 'second-factor' ? first.value.ticket : '', code },
        DEVICE,
      )
    expect(await prove('000000')).toMatchObject({ ok: false, error: { slug: 'wrong-code' } })
    expect(await prove(recovery[0] ?? '')).toMatchObject(IN)
    expect(await prove(recovery[0] ?? '')).toMatchObject({ ok: false })
  })

  test('a second one brings no new recovery codes; it is renamed and removed by its own person only', async () => {
    const person = await withKey()
    const second = await add(person, await softKey(), {}, 'Phone')
    expect(second).toMatchObject({ ok: true, value: { recoveryCodes: [] } })
    const lines = await listPasskeys(accounts.services, person.actor)
    const ref = lines.find(({ name }) => name === 'Laptop')?.ref ?? ''
    const stranger = await somebody()
    expect(await renamePasskey(accounts.services, stranger.actor, ref, 'Mine')).toMatchObject({ ok: false })
    expect(await removePasskey(accounts.services, stranger.actor, ref, '')).toMatchObject({ ok: false })
    expect((await renamePasskey(accounts.services, person.actor, ref, 'Old laptop')).ok).toBe(true)
    expect((await removePasskey(accounts.services, person.actor, ref, person.session.id)).ok).toBe(true)
    expect((await listPasskeys(accounts.services, person.actor)).map(({ name }) => name)).toEqual(['Phone'])
    expect(await use(person.key)).toMatchObject(REFUSED)
  })

  test('the last one stays while a workspace requires a factor, or nothing else lets the person in', async () => {
    const person = await withKey()
    const [line] = await listPasskeys(accounts.services, person.actor)
    const remove = () => removePasskey(accounts.services, person.actor, line?.ref ?? '', person.session.id)
    const set = (sql: string, id: string) => testEnv.DB.prepare(sql).bind(id).run()
    await set('UPDATE workspaces SET require_second_factor = 1 WHERE id = ?1', person.actor.tenantId)
    expect(await remove()).toMatchObject({ ok: false, error: { slug: 'factor-required' } })
    await set('UPDATE workspaces SET require_second_factor = 0 WHERE id = ?1', person.actor.tenantId)
    await set(`UPDATE people SET password_hash = '' WHERE id = ?1`, person.personId)
    expect(await remove()).toMatchObject({ ok: false, error: { slug: 'last-way-in' } })
    await set(`UPDATE people SET password_hash = 'counted:x' WHERE id = ?1`, person.personId)
    expect((await remove()).ok).toBe(true)
  })
})

test('from page to page: made under settings, then signed in with from the form', async () => {
  const world = accounts.world
  const tenant = await world.workspace()
  const { cookie } = await signInAs(tenant.tenantId, 'owner', Date.now())
  const html = await (await ask('/settings/passkeys/new', { headers: { Cookie: cookie } })).text()
  const options = /data-options="([^"]+)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? ''
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const key = await softKey()
  const credential = await key.make(options)
  const saved = await ask('/settings/passkeys', {
    method: 'POST',
    headers: ownForm(cookie),
    body: new URLSearchParams({ ticket, credential, name: 'Laptop' }).toString(),
  })
  expect(await saved.text()).toContain('recovery codes')
  const challenge = (await (await ask('/sign-in/passkey/options')).json()) as {
    options: object
    ticket: string
  }
  const inside = await ask('/sign-in/passkey', {
    method: 'POST',
    headers: ownForm('none=1'),
    body: new URLSearchParams({
      ticket: challenge.ticket,
      credential: await key.answer(challenge.options),
      next: '/settings/security',
    }).toString(),
  })
  expect([inside.status, inside.headers.get('Location')]).toEqual([303, '/settings/security'])
  const session = /session=[^;]+/.exec(inside.headers.getSetCookie().join('\n'))?.[0] ?? ''
  expect(await (await ask('/settings/security', { headers: { Cookie: session } })).text()).toContain('Laptop')
})
