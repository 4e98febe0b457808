// Accounts by their actions: signing up and in, resets, invitations, roles. The clock stands still, the hasher counts.
import { beforeAll, describe, expect, test } from 'vitest'
import {
  acceptAsMember,
  acceptAsNew,
  addMember,
  askForEmailChange,
  askForReset,
  changePassword,
  changeRole,
  confirmEmail,
  createPersonWithWorkspace,
  invite,
  isResetLink,
  listPeople,
  readInvitation,
  readVerifyLink,
  removeMember,
  resetPassword,
  revokeInvitation,
  signIn,
  signUp,
  startSession,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { type Accounts, DEVICE, makeAccounts, SETTINGS } from '../support/accounts.ts'
import { testEnv } from '../support/world.ts'

const PASSWORD = 'salt wind and linen'
const MINUTE = 60_000

let accounts: Accounts
let made = 0

beforeAll(async () => {
  accounts = await makeAccounts()
})

/** An address that no other test uses. */
const freshEmail = () => `person${++made}@harbour.example`

const fieldsOf = (email: string, password = PASSWORD) => ({
  name: 'Nora',
  email,
  password,
  workspace: 'Harbour',
})

const signUpAs = (email: string, password = PASSWORD) =>
  signUp(accounts.services, fieldsOf(email, password), SETTINGS, DEVICE.ipPrefix)

async function owner(email = freshEmail()): Promise<{ actor: Actor; personId: string; email: string }> {
  const { actor, personId } = await createPersonWithWorkspace(accounts.services, {
    name: 'Nora',
    email,
    password: PASSWORD,
    verified: true,
    workspace: { ...SETTINGS, name: 'Harbour' },
  })
  return { actor, personId, email }
}

const trySignIn = (email: string, password = PASSWORD) =>
  signIn(accounts.services, { email, password }, DEVICE)

const sessionsOf = (personId: string) =>
  accounts.services.directory.sessionsOf(personId, accounts.world.clock.now())

describe('signing up', () => {
  test('makes a person, a workspace and its owner, and lets in once the mailed link is followed with the password', async () => {
    const email = freshEmail()
    expect((await signUpAs(email)).ok).toBe(true)
    expect(await trySignIn(email)).toMatchObject({ ok: false, error: { slug: 'address-unconfirmed' } })
    const mails = await accounts.mailsTo(email)
    const token = mails[0]?.token ?? ''
    expect(await readVerifyLink(accounts.services, token)).toEqual({ email })
    expect(await confirmEmail(accounts.services, token, PASSWORD, DEVICE)).toMatchObject({ ok: true })
    expect(await trySignIn(email)).toMatchObject({ ok: true, value: { step: 'in' } })
    const person = await accounts.services.directory.personByEmail(email)
    expect(await accounts.services.directory.membershipsOf(person?.id ?? '')).toMatchObject([
      { role: 'owner', name: 'Harbour' },
    ])
  })

  test('answers the same for an address that is taken, tells its owner, and hashes once either way', async () => {
    const { email } = await owner()
    accounts.hashing.length = 0
    const taken = await signUpAs(email.toUpperCase(), 'quiet lamp at noon')
    expect(accounts.hashing).toEqual(['pretend'])
    accounts.hashing.length = 0
    const fresh = await signUpAs(freshEmail())
    expect(accounts.hashing).toEqual(['hash'])
    expect(taken).toEqual(fresh)
    expect(await accounts.mailsTo(email)).toMatchObject([
      { subject: 'You already have an account', token: '' },
    ])
    expect((await trySignIn(email)).ok).toBe(true)
  })

  test('a stranger who signed up first with an address gains nothing when its owner signs up', async () => {
    const email = freshEmail()
    await signUpAs(email, 'password of the stranger')
    const [before] = await accounts.mailsTo(email)
    await signUpAs(email, PASSWORD)
    const [after] = await accounts.mailsTo(email)
    expect(await confirmEmail(accounts.services, before?.token ?? '', PASSWORD, DEVICE)).toMatchObject({
      error: { slug: 'link-spent' },
    })
    expect((await confirmEmail(accounts.services, after?.token ?? '', PASSWORD, DEVICE)).ok).toBe(true)
    expect(await trySignIn(email, 'password of the stranger')).toMatchObject({
      error: { slug: 'wrong-pair' },
    })
  })

  test('a link that somebody follows without knowing the password confirms nothing', async () => {
    const email = freshEmail()
    await signUpAs(email, 'password of the stranger')
    const [mail] = await accounts.mailsTo(email)
    const confirmed = await confirmEmail(
      accounts.services,
      mail?.token ?? '',
      'what the reader types',
      DEVICE,
    )
    expect(confirmed).toMatchObject({ error: { kind: 'invalid', errors: [{ path: 'password' }] } })
    expect((await accounts.services.directory.personByEmail(email))?.email_verified_at).toBeNull()
  })

  test('a link confirms once and for 24 hours', async () => {
    const email = freshEmail()
    await signUpAs(email)
    const [mail] = await accounts.mailsTo(email)
    accounts.world.clock.advance(24 * 60 * MINUTE + 1000)
    expect(await readVerifyLink(accounts.services, mail?.token ?? '')).toBeNull()
    await trySignIn(email)
    const [again] = await accounts.mailsTo(email)
    expect((await confirmEmail(accounts.services, again?.token ?? '', PASSWORD, DEVICE)).ok).toBe(true)
    expect(await confirmEmail(accounts.services, again?.token ?? '', PASSWORD, DEVICE)).toMatchObject({
      error: { slug: 'link-spent' },
    })
  })

  test('says beside each field what is wrong, and makes nothing', async () => {
    const fields = { name: '', email: 'not an address', password: 'short', workspace: '' }
    const tried = await signUp(accounts.services, fields, SETTINGS, DEVICE.ipPrefix)
    expect(tried).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    const paths = tried.ok ? [] : tried.error.errors?.map(({ path }) => path).sort()
    expect(paths).toEqual(['email', 'name', 'password', 'workspace'])
  })

  test.each(['invite', 'closed'] as const)('is refused with words when sign-ups are %s', async (signups) => {
    const { services } = await makeAccounts({ signups })
    const tried = await signUp(services, fieldsOf(freshEmail()), SETTINGS, DEVICE.ipPrefix)
    expect(tried).toMatchObject({ ok: false, error: { kind: 'forbidden', slug: 'sign-ups-closed' } })
  })

  test('is limited by network and by address before anything is hashed', async () => {
    const email = freshEmail()
    for (const key of [`ip:${DEVICE.ipPrefix}`, `sign-up:${email}`]) {
      accounts.closed.add(key)
      accounts.hashing.length = 0
      expect(await signUpAs(email)).toMatchObject({ ok: false, error: { kind: 'rate_limited' } })
      expect(accounts.hashing).toEqual([])
      accounts.closed.delete(key)
    }
  })
})

describe('signing in', () => {
  test('gives one answer for an unknown address and a wrong password, and hashes once in both', async () => {
    const { email } = await owner()
    accounts.hashing.length = 0
    const wrong = await trySignIn(email, 'not the password')
    expect(accounts.hashing).toEqual(['verify'])
    accounts.hashing.length = 0
    const unknown = await trySignIn('nobody@nowhere.example')
    expect(accounts.hashing).toEqual(['pretend'])
    expect(unknown).toEqual(wrong)
  })

  test('is limited by network and by account before anything is hashed', async () => {
    const { email } = await owner()
    for (const key of [`ip:${DEVICE.ipPrefix}`, `account:${email}`]) {
      accounts.closed.add(key)
      accounts.hashing.length = 0
      expect(await trySignIn(email.toUpperCase())).toMatchObject({
        ok: false,
        error: { kind: 'rate_limited' },
      })
      expect(accounts.hashing).toEqual([])
      accounts.closed.delete(key)
    }
  })

  test('verifies the password exactly as it was typed', async () => {
    const { email } = await owner()
    expect((await trySignIn(email, `${PASSWORD} `)).ok).toBe(false)
    expect((await trySignIn(email, PASSWORD.toUpperCase())).ok).toBe(false)
    expect((await trySignIn(email)).ok).toBe(true)
  })

  test('is written down, and so is a refusal', async () => {
    const { actor, email } = await owner()
    await trySignIn(email, 'not the password')
    accounts.world.clock.advance(1000)
    await trySignIn(email)
    expect(await accounts.audited(actor.tenantId)).toEqual([
      'session.refused',
      'session.started',
      'workspace.created',
    ])
    expect(accounts.logged.join('\n')).toContain('sign_in.refused')
  })

  test('tells of a device that was not seen before, and only of such a one', async () => {
    const { email } = await owner()
    await trySignIn(email)
    await trySignIn(email)
    expect(await accounts.mailsTo(email)).toEqual([])
    await signIn(
      accounts.services,
      { email, password: PASSWORD },
      { ...DEVICE, userAgent: 'Mozilla/5.0 (iPhone) Safari/605' },
    )
    expect(await accounts.mailsTo(email)).toMatchObject([{ subject: 'A new device signed in' }])
  })

  test('replaces a hash of older parameters', async () => {
    const { personId, email } = await owner()
    const { directory, passwords } = accounts.services
    const older = { ...accounts.services, passwords: { ...passwords, needsRehash: () => true } }
    accounts.hashing.length = 0
    await signIn(older, { email, password: PASSWORD }, DEVICE)
    expect(accounts.hashing).toEqual(['verify', 'hash'])
    expect((await directory.person(personId))?.password_hash).toContain(PASSWORD)
  })
})

describe('a reset', () => {
  const resetTokenOf = async (email: string) => {
    await askForReset(accounts.services, email, DEVICE.ipPrefix)
    return (await accounts.mailsTo(email))[0]?.token ?? ''
  }

  test('answers the same for an unknown address', async () => {
    const { email } = await owner()
    const known = await askForReset(accounts.services, email, DEVICE.ipPrefix)
    const unknown = await askForReset(accounts.services, 'nobody@nowhere.example', DEVICE.ipPrefix)
    expect(unknown).toEqual(known)
    expect(await accounts.mailsTo('nobody@nowhere.example')).toEqual([])
  })

  test('works once, for 30 minutes, ends every session and tells the person', async () => {
    const { actor, personId, email } = await owner()
    await startSession(accounts.services, personId, actor.tenantId, DEVICE)
    const late = await resetTokenOf(email)
    accounts.world.clock.advance(30 * MINUTE + 1000)
    expect(await isResetLink(accounts.services, late)).toBe(false)
    expect(await resetPassword(accounts.services, late, 'a new way over the dunes', DEVICE)).toMatchObject({
      error: { slug: 'link-spent' },
    })
    const earlier = await resetTokenOf(email)
    const token = await resetTokenOf(email)
    expect((await resetPassword(accounts.services, token, 'a new way over the dunes', DEVICE)).ok).toBe(true)
    expect(await isResetLink(accounts.services, earlier)).toBe(false)
    expect(await sessionsOf(personId)).toEqual([])
    expect(accounts.world.live.filter((call) => call.startsWith('disconnect')).length).toBeGreaterThan(0)
    expect(await accounts.mailsTo(email)).toMatchObject([{ subject: 'Your password was changed' }])
    expect(await resetPassword(accounts.services, token, 'another over the dunes', DEVICE)).toMatchObject({
      error: { slug: 'link-spent' },
    })
    expect((await trySignIn(email, 'a new way over the dunes')).ok).toBe(true)
  })

  test('a weak password does not spend the link', async () => {
    const { email } = await owner()
    const token = await resetTokenOf(email)
    expect(await resetPassword(accounts.services, token, 'password1234', DEVICE)).toMatchObject({
      error: { kind: 'invalid' },
    })
    expect((await resetPassword(accounts.services, token, 'a new way over the dunes', DEVICE)).ok).toBe(true)
  })

  test('a link of one kind does not pass for another', async () => {
    const { email } = await owner()
    const token = await resetTokenOf(email)
    expect(await readVerifyLink(accounts.services, token)).toBeNull()
    expect(await readInvitation(accounts.services, token)).toBeNull()
  })
})

describe('changing what proves a person', () => {
  test('a new password needs the present one, keeps this session and ends the others', async () => {
    const { actor, personId } = await owner()
    const here = await startSession(accounts.services, personId, actor.tenantId, DEVICE)
    const there = await startSession(accounts.services, personId, actor.tenantId, DEVICE)
    const change = (current: string, next: string) =>
      changePassword(accounts.services, actor, { current, next }, here.id)
    expect(await change('not the password', 'a new way over the dunes')).toMatchObject({
      error: { errors: [{ path: 'current' }] },
    })
    expect(await change(PASSWORD, 'Harbour-Nora-1')).toMatchObject({ error: { errors: [{ path: 'next' }] } })
    expect((await change(PASSWORD, 'a new way over the dunes')).ok).toBe(true)
    expect((await sessionsOf(personId)).map(({ id }) => id)).toEqual([here.id])
    expect(accounts.world.live).toContain(`disconnect ${there.id}`)
  })

  test('a new address counts once its link is followed; the old one hears of it and its links are dead', async () => {
    const { actor, personId, email } = await owner()
    const next = freshEmail()
    await askForReset(accounts.services, email, DEVICE.ipPrefix)
    const [reset] = await accounts.mailsTo(email)
    expect((await askForEmailChange(accounts.services, actor, next)).ok).toBe(true)
    expect((await accounts.services.directory.person(personId))?.email).toBe(email)
    const [mail] = await accounts.mailsTo(next)
    expect((await confirmEmail(accounts.services, mail?.token ?? '', PASSWORD, DEVICE)).ok).toBe(true)
    expect((await accounts.services.directory.person(personId))?.email).toBe(next)
    expect(await accounts.mailsTo(email)).toMatchObject([{ subject: 'Your e-mail address was changed' }])
    expect(await isResetLink(accounts.services, reset?.token ?? '')).toBe(false)
  })

  test('asking for an address that is taken answers the same and mails nobody', async () => {
    const [{ actor }, other] = [await owner(), await owner()]
    const free = await askForEmailChange(accounts.services, actor, freshEmail())
    expect(await askForEmailChange(accounts.services, actor, other.email)).toEqual(free)
    expect(await accounts.mailsTo(other.email)).toEqual([])
  })
})

describe('an invitation', () => {
  const inviteTo = async (actor: Actor, email: string, role = 'member') => {
    const done = await invite(accounts.services, actor, { email, role })
    return done.ok ? ((await accounts.mailsTo(email))[0]?.token ?? '') : ''
  }
  const accept = (token: string) =>
    acceptAsNew(accounts.services, token, { name: 'June', password: PASSWORD }, DEVICE)

  test('makes a new person a member in one go, and works once', async () => {
    const { actor } = await owner()
    const email = freshEmail()
    const token = await inviteTo(actor, email, 'admin')
    expect(await readInvitation(accounts.services, token)).toMatchObject({
      email,
      role: 'admin',
      hasAccount: false,
    })
    expect((await accept(token)).ok).toBe(true)
    expect((await trySignIn(email)).ok).toBe(true)
    expect(await accept(token)).toMatchObject({ error: { slug: 'link-spent' } })
    expect(await accounts.audited(actor.tenantId)).toEqual([
      'member.invited',
      'member.joined',
      'session.started',
      'workspace.created',
    ])
  })

  test('is for the person it names and nobody else', async () => {
    const { actor } = await owner()
    const [guest, other] = [await owner(), await owner()]
    const token = await inviteTo(actor, guest.email)
    const as = (person: typeof guest) =>
      acceptAsMember(accounts.services, token, {
        personId: person.personId,
        name: 'Guest',
        email: person.email,
      })
    expect(await as(other)).toMatchObject({ error: { slug: 'other-address' } })
    expect(await as(guest)).toMatchObject({ ok: true, value: { tenantId: actor.tenantId } })
    const workspaces = await accounts.services.directory.membershipsOf(guest.personId)
    expect(workspaces.map(({ role }) => role).sort()).toEqual(['member', 'owner'])
  })

  test('leads nowhere once it is withdrawn, replaced by a newer one, or over', async () => {
    const { actor } = await owner()
    const email = freshEmail()
    const first = await inviteTo(actor, email)
    const second = await inviteTo(actor, email)
    expect(await readInvitation(accounts.services, first)).toBeNull()
    const people = await listPeople(accounts.services, actor)
    const [open] = people.ok ? people.value.invitations : []
    expect((await revokeInvitation(accounts.services, actor, open?.id ?? '')).ok).toBe(true)
    expect(await accept(second)).toMatchObject({ error: { slug: 'link-spent' } })
    const third = await inviteTo(actor, email)
    accounts.world.clock.advance(7 * 24 * 60 * MINUTE + 1000)
    expect(await accept(third)).toMatchObject({ error: { slug: 'link-spent' } })
    const later = await listPeople(accounts.services, actor)
    expect(later.ok && later.value.invitations).toEqual([])
  })

  test('to an address that somebody signed up with and never confirmed still makes its reader a member', async () => {
    const { actor } = await owner()
    const email = freshEmail()
    await signUpAs(email, 'password of the stranger')
    await accounts.mailsTo(email)
    const token = await inviteTo(actor, email)
    expect((await accept(token)).ok).toBe(true)
    expect((await trySignIn(email, 'password of the stranger')).ok).toBe(false)
    expect((await trySignIn(email)).ok).toBe(true)
  })

  test('is needed when sign-ups are by invitation, and takes in nobody when they are closed', async () => {
    const { actor } = await owner()
    const { services } = accounts
    const token = await inviteTo(actor, freshEmail())
    const fields = { name: 'June', password: PASSWORD }
    const under = (signups: 'invite' | 'closed') => ({ ...services, config: { ...services.config, signups } })
    expect(await acceptAsNew(under('closed'), token, fields, DEVICE)).toMatchObject({
      error: { slug: 'sign-ups-closed' },
    })
    expect((await acceptAsNew(under('invite'), token, fields, DEVICE)).ok).toBe(true)
  })

  test('cannot make an owner, and only who manages people can send one', async () => {
    const { actor } = await owner()
    const send = (by: Actor, role: string) => invite(accounts.services, by, { email: freshEmail(), role })
    expect(await send(actor, 'owner')).toMatchObject({ error: { kind: 'invalid' } })
    for (const role of ['member', 'viewer'] as const) {
      expect(await send(accounts.world.as(actor, role), 'viewer')).toMatchObject({
        error: { kind: 'forbidden' },
      })
    }
  })
})

describe('roles', () => {
  const join = async (actor: Actor, role: 'owner' | 'admin' | 'member' | 'viewer') => {
    const email = freshEmail()
    const { personId } = await addMember(accounts.services, actor, {
      name: 'June',
      email,
      password: PASSWORD,
      role,
      verified: true,
    })
    return { personId, actor: { ...accounts.world.as(actor, role), id: personId, email } }
  }

  test('the last owner can neither step down nor leave', async () => {
    const { actor, personId } = await owner()
    expect(await changeRole(accounts.services, actor, personId, 'admin', true)).toMatchObject({
      error: { slug: 'last-owner' },
    })
    expect(await removeMember(accounts.services, actor, personId, true)).toMatchObject({
      error: { slug: 'last-owner' },
    })
    expect(await accounts.audited(actor.tenantId)).toEqual(['workspace.created'])
    const second = await join(actor, 'owner')
    expect((await changeRole(accounts.services, second.actor, personId, 'admin', true)).ok).toBe(true)
  })

  test('only an owner touches owners, and only with a fresh proof of the password', async () => {
    const { actor, personId } = await owner()
    const admin = await join(actor, 'admin')
    const member = await join(actor, 'member')
    const change = (by: Actor, id: string, role: string, proved: boolean) =>
      changeRole(accounts.services, by, id, role, proved)
    expect(await change(admin.actor, personId, 'viewer', true)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await change(admin.actor, admin.personId, 'owner', true)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await removeMember(accounts.services, admin.actor, personId, true)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await change(actor, member.personId, 'owner', false)).toMatchObject({
      error: { slug: 'prove-again' },
    })
    expect((await change(actor, member.personId, 'owner', true)).ok).toBe(true)
  })

  test('a member or viewer changes nobody, and removes nobody but themselves', async () => {
    const { actor } = await owner()
    const [one, two] = [await join(actor, 'viewer'), await join(actor, 'member')]
    expect(await changeRole(accounts.services, one.actor, one.personId, 'admin', true)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await removeMember(accounts.services, two.actor, one.personId, true)).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect((await removeMember(accounts.services, one.actor, one.personId, false)).ok).toBe(true)
  })

  test('a changed role or a removal ends the sessions of that person here at once', async () => {
    const { actor } = await owner()
    const { personId } = await join(actor, 'member')
    for (const end of [
      () => changeRole(accounts.services, actor, personId, 'viewer', false),
      () => removeMember(accounts.services, actor, personId, false),
    ]) {
      const session = await startSession(accounts.services, personId, actor.tenantId, DEVICE)
      expect((await end()).ok).toBe(true)
      expect(await accounts.services.directory.session(session.id)).toBeNull()
      expect(accounts.world.live).toContain(`disconnect ${session.id}`)
    }
  })

  test("another workspace's people are not found", async () => {
    const [{ actor }, other] = [await owner(), await owner()]
    expect(await changeRole(accounts.services, actor, other.personId, 'viewer', true)).toMatchObject({
      error: { kind: 'not_found' },
    })
    expect(await removeMember(accounts.services, actor, other.personId, true)).toMatchObject({
      error: { kind: 'not_found' },
    })
  })
})

test('neither the log nor the audit log holds a password, a token or the secret of a session', async () => {
  const { results } = await testEnv.DB.prepare('SELECT * FROM audit_log').all()
  const written = JSON.stringify(results) + accounts.logged.join('\n')
  expect(written).toContain('session.started')
  expect(written).not.toContain(PASSWORD)
  expect(written).not.toContain('dunes')
  expect(written).not.toMatch(/eyJ[\w-]+\.[\w-]+\.|\$scrypt\$|counted:/)
})
