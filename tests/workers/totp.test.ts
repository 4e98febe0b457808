// The second factor: set up, asked for, spent, kept through a reset, turned off.
import { Secret, TOTP } from 'otpauth'
import { beforeAll, expect, test } from 'vitest'
import {
  askForReset,
  beginFactorSetup,
  confirmFactorSetup,
  createPersonWithWorkspace,
  disableFactor,
  proveSecondFactor,
  recoveryCodesLeft,
  renewRecoveryCodes,
  resetPassword,
  resumeFactorSetup,
  signIn,
  startSession,
} from '../../src/modules/workspace/index.ts'
import { type Accounts, DEVICE, makeAccounts, SETTINGS } from '../support/accounts.ts'
import { testEnv } from '../support/world.ts'

const PASSWORD = 'quiet lamp at noon'
const STEP = 30_000

let accounts: Accounts
let made = 0

beforeAll(async () => {
  accounts = await makeAccounts()
})

const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: accounts.world.clock.now() + steps * STEP,
  })

/** Somebody with the second factor on; the step of the set-up code has passed. */
async function person() {
  const email = `factor${++made}@harbour.example`
  const workspace = { ...SETTINGS, name: 'Harbour' }
  const { actor, personId } = await createPersonWithWorkspace(accounts.services, {
    name: 'Nora',
    email,
    password: PASSWORD,
    verified: true,
    workspace,
  })
  const session = await startSession(accounts.services, personId, actor.tenantId, DEVICE)
  const setup = await beginFactorSetup(accounts.services, actor)
  const input = { ticket: setup.ticket, code: codeOf(setup.secret) }
  const done = await confirmFactorSetup(accounts.services, actor, input, session.id)
  if (!done.ok) throw new Error(done.error.detail)
  accounts.world.clock.advance(STEP)
  return { actor, personId, email, session, secret: setup.secret, recovery: done.value.recoveryCodes }
}

/** The password was right: the ticket to the second step. */
async function ticketOf(email: string, password = PASSWORD): Promise<string> {
  const outcome = await signIn(accounts.services, { email, password }, DEVICE)
  if (!outcome.ok || outcome.value.step !== 'second-factor') throw new Error('no second step')
  return outcome.value.ticket
}

const prove = (ticket: string, code: string) => proveSecondFactor(accounts.services, { ticket, code }, DEVICE)

const WRONG = { ok: false, error: { slug: 'wrong-code' } }

test('nothing is on until a code confirms that the app holds the secret; a wrong code keeps the same secret', async () => {
  const { actor } = await createPersonWithWorkspace(accounts.services, {
    name: 'Nora',
    email: 'setup@harbour.example',
    password: PASSWORD,
    verified: true,
    workspace: { ...SETTINGS, name: 'Harbour' },
  })
  const setup = await beginFactorSetup(accounts.services, actor)
  expect(setup.uri).toContain(setup.secret)
  const wrong = await confirmFactorSetup(
    accounts.services,
    actor,
    { ticket: setup.ticket, code: codeOf(setup.secret, 2) },
    '',
  )
  expect(wrong).toMatchObject({ ok: false, error: { errors: [{ path: 'code' }] } })
  expect((await resumeFactorSetup(accounts.services, actor, setup.ticket)).secret).toBe(setup.secret)
  expect(
    (await signIn(accounts.services, { email: 'setup@harbour.example', password: PASSWORD }, DEVICE)).ok,
  ).toBe(true)
})

test('the password alone starts no session; the code of this moment does', async () => {
  const { email, personId, secret } = await person()
  const before = (await accounts.services.directory.sessionsOf(personId, accounts.world.clock.now())).length
  const ticket = await ticketOf(email)
  expect((await accounts.services.directory.sessionsOf(personId, accounts.world.clock.now())).length).toBe(
    before,
  )
  expect(await prove(ticket, codeOf(secret))).toMatchObject({ ok: true, value: { step: 'in' } })
})

test('a code works once, and the code of the step before or after not at all', async () => {
  const { email, secret } = await person()
  expect(await prove(await ticketOf(email), codeOf(secret, -1))).toMatchObject(WRONG)
  expect(await prove(await ticketOf(email), codeOf(secret, 1))).toMatchObject(WRONG)
  const code = codeOf(secret)
  expect((await prove(await ticketOf(email), code)).ok).toBe(true)
  expect(await prove(await ticketOf(email), code)).toMatchObject(WRONG)
})

test('of two requests with the same code at the same moment one gets in', async () => {
  const { email, secret } = await person()
  const ticket = await ticketOf(email)
  const both = await Promise.all([prove(ticket, codeOf(secret)), prove(ticket, codeOf(secret))])
  expect(both.filter(({ ok }) => ok).length).toBe(1)
})

test('a recovery code lets in once, typed in any way', async () => {
  const { actor, email, recovery } = await person()
  expect(recovery.length).toBe(10)
  const [first = '', second = ''] = recovery
  expect((await prove(await ticketOf(email), first)).ok).toBe(true)
  expect(await prove(await ticketOf(email), first)).toMatchObject(WRONG)
  expect((await prove(await ticketOf(email), ` ${second.toLowerCase().replaceAll('-', ' ')} `)).ok).toBe(true)
  expect(await recoveryCodesLeft(accounts.services, actor)).toBe(8)
})

test('new recovery codes end the old ones', async () => {
  const { actor, email, recovery } = await person()
  const { recoveryCodes } = await renewRecoveryCodes(accounts.services, actor)
  expect(await prove(await ticketOf(email), recovery[0] ?? '')).toMatchObject(WRONG)
  expect((await prove(await ticketOf(email), recoveryCodes[0] ?? '')).ok).toBe(true)
})

test('the database holds the secret sealed and recovery codes as digests', async () => {
  const { personId, secret, recovery } = await person()
  const dump = async (sql: string) =>
    JSON.stringify((await testEnv.DB.prepare(sql).bind(personId).all()).results)
  const rows =
    (await dump('SELECT * FROM people WHERE id = ?1')) +
    (await dump('SELECT * FROM recovery_codes WHERE person_id = ?1'))
  expect(rows).toContain('v1.k1.')
  expect(rows).not.toContain(secret)
  for (const code of recovery) {
    expect(rows).not.toContain(code)
    expect(rows).not.toContain(code.replaceAll('-', ''))
  }
})

test('the step between password and code lasts five minutes', async () => {
  const { email, secret } = await person()
  const ticket = await ticketOf(email)
  accounts.world.clock.advance(301_000)
  expect(await prove(ticket, codeOf(secret))).toMatchObject({ error: { slug: 'start-again' } })
})

test('after ten wrong codes even the right one has to wait an hour', async () => {
  const { email, secret } = await person()
  for (let i = 0; i < 10; i++) expect(await prove(await ticketOf(email), '000000')).toMatchObject(WRONG)
  expect(await prove(await ticketOf(email), codeOf(secret))).toMatchObject({
    error: { kind: 'rate_limited' },
  })
  accounts.world.clock.advance(3_601_000)
  expect((await prove(await ticketOf(email), codeOf(secret))).ok).toBe(true)
})

test('a reset of the password leaves the second factor on', async () => {
  const { email, secret } = await person()
  await accounts.mailsTo(email)
  await askForReset(accounts.services, email, DEVICE.ipPrefix)
  const [mail] = await accounts.mailsTo(email)
  expect((await resetPassword(accounts.services, mail?.token ?? '', 'dunes over the pier', DEVICE)).ok).toBe(
    true,
  )
  expect((await prove(await ticketOf(email, 'dunes over the pier'), codeOf(secret))).ok).toBe(true)
})

test('turning it on or off ends the other sessions, is written down and told by mail', async () => {
  const { actor, personId, email, session } = await person()
  const other = await startSession(accounts.services, personId, actor.tenantId, DEVICE)
  await accounts.mailsTo(email)
  await disableFactor(accounts.services, actor, session.id)
  expect(await accounts.services.directory.session(other.id)).toBeNull()
  expect(await accounts.services.directory.session(session.id)).not.toBeNull()
  expect(await accounts.mailsTo(email)).toMatchObject([{ subject: 'The second factor is off' }])
  expect(await accounts.audited(actor.tenantId)).toEqual([
    'second_factor.disabled',
    'second_factor.enabled',
    'workspace.created',
  ])
  const outcome = await signIn(accounts.services, { email, password: PASSWORD }, DEVICE)
  expect(outcome).toMatchObject({ ok: true, value: { step: 'in' } })
  expect(await recoveryCodesLeft(accounts.services, actor)).toBe(0)
})
