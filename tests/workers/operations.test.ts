// What operators see: heartbeats, lag, dead letters, errors, cost; and that nobody else sees it.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { app } from '../../src/app.tsx'
import { JOBS, scheduled } from '../../src/cron/scheduled.ts'
import {
  discardLetter,
  readHealth,
  readOperations,
  replayAllLetters,
  replayLetter,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { captureError } from '../../src/platform/capture.ts'
import { consume } from '../../src/queues/consume.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor
let cookie: string
let email: string

beforeEach(async () => {
  world = await makeWorld(new Date().toISOString())
  owner = await world.workspace()
  const person = await signInAs(owner.tenantId, 'owner', world.clock.now())
  cookie = person.cookie
  email = `owner-${person.personId}@example.com`
})

/** The same Worker, run by somebody with this address. */
async function operatorAsks(
  path: string,
  options: { method?: string; body?: string } = {},
): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(`http://example.com${path}`, {
    method: options.method ?? 'GET',
    headers: ownForm(cookie),
    body: options.body,
    redirect: 'manual',
  })
  const response = await app.fetch(request, { ...testEnv, OPERATORS: email.toUpperCase() }, context)
  await waitOnExecutionContext(context)
  return response
}

const tick = async (cron: string) => {
  const context = createExecutionContext()
  await scheduled({ cron, scheduledTime: 0, noRetry() {} }, testEnv, context)
  await waitOnExecutionContext(context)
}

const letter = (id: string, body: unknown) =>
  world.services.directory.keepDeadLetter({
    id,
    tenantId: null,
    queue: 'smb-command-sync',
    body: JSON.stringify(body),
    error: '',
    at: new Date(world.clock.now()).toISOString(),
  })

test('the operators page does not exist for an owner who is not one', async () => {
  const response = await ask('/operator', { headers: { Cookie: cookie } })
  expect(response.status).toBe(404)
  expect(await (await operatorAsks('/operator')).text()).toContain('Work that is due')
})

test('the health check tells the version, and that the minute job has run or is late', async () => {
  await tick('* * * * *')
  const answer = await ask('/healthz')
  expect(await answer.json()).toMatchObject({
    status: 'ok',
    version: '0.1.0',
    checks: { database: 'ok', crons: 'ok' },
  })
  world.clock.advance(10 * 60_000)
  expect(await readHealth(world.services)).toEqual({ crons: 'late' })
})

test('a job that fails is seen as failing, with its error, and is well again after its next run', async () => {
  const job = vi.spyOn(JOBS, '17 3 * * *').mockRejectedValueOnce(new Error('the rates did not come'))
  await expect(tick('17 3 * * *')).rejects.toThrow('the rates did not come')
  const failing = await readOperations(world.services)
  expect(failing.pulses.find((pulse) => pulse.name === 'cron 17 3 * * *')).toMatchObject({
    state: 'failing',
    detail: 'the rates did not come',
  })
  expect(failing.errors[0]).toMatchObject({ place: 'cron 17 3 * * *', count: 1 })
  job.mockRestore()
  await tick('17 3 * * *')
  const well = await readOperations(world.services)
  expect(well.pulses.find((pulse) => pulse.name === 'cron 17 3 * * *')).toMatchObject({
    state: 'ok',
    runs: 2,
  })
})

test('the lag of a queue is how long its oldest message had waited', async () => {
  const message = {
    id: 'm1',
    timestamp: new Date(Date.now() - 90_000),
    attempts: 1,
    body: { kind: 'rollup', tenantId: owner.tenantId },
    ack() {},
    retry() {},
  }
  const context = createExecutionContext()
  await consume({ queue: 'smb-command-sync', messages: [message] } as never, testEnv, context)
  await waitOnExecutionContext(context)
  const { pulses } = await readOperations(world.services)
  const lag = pulses.find((pulse) => pulse.name === 'queue smb-command-sync')?.ms ?? 0
  expect(lag).toBeGreaterThanOrEqual(90_000)
  expect(lag).toBeLessThan(120_000)
})

describe('a dead letter', () => {
  test('is sent again once, however often it is pressed', async () => {
    await letter('d1', { kind: 'rollup', tenantId: owner.tenantId })
    await Promise.all([replayLetter(world.services, 'd1'), replayLetter(world.services, 'd1')])
    expect(world.messages).toEqual([{ kind: 'rollup', tenantId: owner.tenantId }])
  })

  test('that was never understood is refused with words, and can be discarded', async () => {
    await letter('d2', { kind: 'no-such-thing' })
    expect(await replayLetter(world.services, 'd2')).toMatchObject({ error: { slug: 'unreadable-letter' } })
    expect(await discardLetter(world.services, 'd2')).toMatchObject({ ok: true })
    expect(await discardLetter(world.services, 'd2')).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('goes with all others at one press', async () => {
    await letter('d3', { kind: 'rollup', tenantId: 'a' })
    await letter('d4', { kind: 'rollup', tenantId: 'b' })
    await letter('d5', 'nonsense')
    expect(await replayAllLetters(world.services)).toBe(2)
    expect(await replayAllLetters(world.services)).toBe(0)
  })

  test('whose sending fails waits on', async () => {
    await letter('d6', { kind: 'rollup', tenantId: 'a' })
    const away = { ...world.services, queue: { send: () => Promise.reject(new Error('away')) } }
    await expect(replayLetter(away, 'd6')).rejects.toThrow('away')
    expect((await replayLetter(world.services, 'd6')).ok).toBe(true)
    expect(world.messages).toHaveLength(1)
  })

  test('can be sent again and discarded on the page', async () => {
    await letter('d7', { kind: 'no-such-thing' })
    expect(await (await operatorAsks('/operator')).text()).toContain('no-such-thing')
    const asked = await operatorAsks('/operator/letters/d7/discard', { method: 'POST' })
    expect(await asked.text()).toContain('Discard this message?')
    await operatorAsks('/operator/letters/d7/discard', { method: 'POST', body: 'confirmed=yes' })
    expect(await world.services.directory.deadLetter('d7')).toBeNull()
  })
})

describe('an error nobody expected', () => {
  test('is one report a place and kind, whatever ids it names, and opens again when it comes back', async () => {
    const report = async () =>
      (await readOperations(world.services)).errors.find((known) => known.place === 'GET /x/:id')
    for (const id of ['01a20669-9c44', '5f5f5f5f-0000'])
      await captureError(world.services, new Error(`no row ${id} after 12 tries`), 'GET /x/:id', 'r1')
    const first = await report()
    expect(first).toMatchObject({ count: 2, resolvedAt: null })
    await operatorAsks(`/operator/errors/${first?.fingerprint}/resolution`, { method: 'POST' })
    expect((await report())?.resolvedAt).not.toBeNull()
    await captureError(world.services, new Error('no row 99999999 after 3 tries'), 'GET /x/:id', 'r2')
    expect(await report()).toMatchObject({ count: 3, resolvedAt: null })
  })

  test('is kept without the keys, tokens and addresses in its text', async () => {
    const secrets = ['scp_live_abcdefgh_secretsecret', 'whsec_c2VjcmV0c2VjcmV0', 'ann@shop.example']
    await captureError(world.services, new Error(`refused ${secrets.join(' ')}`), 'POST /y', 'r3')
    const report = (await readOperations(world.services)).errors.find((known) => known.place === 'POST /y')
    expect(report?.message).toContain('refused')
    for (const secret of secrets) expect(`${report?.message} ${report?.stack}`).not.toContain(secret)
  })
})

test('what requests and the database did is counted, and priced beyond what the plan includes', async () => {
  const day = new Date(world.clock.now()).toISOString().slice(0, 10)
  await world.services.directory.addUse(day, { requests: 12_000_000, d1_rows_written: 51_000_000 })
  const { cost } = await readOperations(world.services)
  const line = (label: string) => cost.lines.find((known) => known.label === label)
  expect(line('Requests')?.dollars).toBeCloseTo(0.6, 2)
  expect(line('Database rows written')?.dollars).toBeCloseTo(1, 2)
  expect(cost.dollars).toBeCloseTo(6.6, 1)
})
