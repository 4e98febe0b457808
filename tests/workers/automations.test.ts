// Automations from the first draft to what they did: actions, engine, and what the database shows of it.
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createAutomation,
  listRuns,
  pauseAutomation,
  readRun,
  runAutomation,
  updateAutomation,
} from '../../src/modules/ops-copilot/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { recordEvent } from '../../src/platform/event.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { engineOf } from '../support/engine-world.ts'
import { joinedAs, okValue } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let owner: Actor

beforeAll(async () => {
  world = await makeWorld()
  world.services.engine = engineOf(world)
  owner = await joinedAs(world, await world.workspace(), 'owner')
})

const task = (id: string, title: string) => ({ id, kind: 'action', action: 'task.create', input: { title } })

async function tick() {
  await world.drain()
  await world.services.engine.nudge(owner.tenantId)
  await world.drain()
}

const tasks = async () => {
  const db = world.services.tenant(owner.tenantId)
  const rows = await db.get(
    db.sql<{ title: string }>('SELECT title FROM tasks WHERE tenant_id = ?1 ORDER BY id'),
  )
  return rows.map(({ title }) => title)
}

async function emit(type: string, payload: Record<string, unknown>, id = uuidv7(world.clock.now())) {
  const db = world.services.tenant(owner.tenantId)
  await db.write([recordEvent(db, world.clock.now(), { id, type, payload })])
  world.messages.push({ kind: 'event.deliver', tenantId: owner.tenantId, eventId: id })
  return id
}

describe('an automation', () => {
  test('is a draft until it is published, and runs by one click', async () => {
    const made = okValue(
      await createAutomation(world.services, owner, {
        name: 'Greet',
        trigger_type: 'manual',
        actions: [task('a', 'Say hello')],
      }),
    )
    expect(made).toMatchObject({ status: 'draft', triggerType: 'manual', publishedVersion: null })
    const active = okValue(await updateAutomation(world.services, owner, made.id, { status: 'active' }))
    expect(active).toMatchObject({ status: 'active', publishedVersion: 1 })
    const { runId } = okValue(await runAutomation(world.services, owner, made.id))
    const before = okValue(await listRuns(world.services, owner, { automationId: made.id }))
    expect(before.data).toMatchObject([{ id: runId, status: 'running' }])
    await tick()
    const { line, detail } = okValue(await readRun(world.services, owner, runId))
    expect(line).toMatchObject({ status: 'completed', state: 'completed', version: 1 })
    expect(detail.entries.map(({ key, state }) => `${key} ${state}`)).toEqual(['a done'])
    expect(await tasks()).toEqual(['Say hello'])
  })

  test('starts once for an event, however often it is delivered', async () => {
    await okValue(
      await createAutomation(world.services, owner, {
        name: 'Late',
        status: 'active',
        trigger_type: 'event',
        trigger_config: { event: 'invoice.overdue' },
        actions: [task('a', 'Call about {{ trigger.invoice_id }}')],
      }),
    )
    const id = await emit('invoice.overdue', { invoice_id: 'i1', currency: 'USD', amount: '10.00' })
    await tick()
    await world.services.engine.hear(owner.tenantId, {
      ...{ id, type: 'invoice.overdue', payload: { invoice_id: 'i1' } },
    })
    await tick()
    expect((await tasks()).filter((title) => title.startsWith('Call'))).toEqual(['Call about i1'])
  })

  test('that waits stops when a rule of it says so, in another life of the engine too', async () => {
    const made = okValue(
      await createAutomation(world.services, owner, {
        name: 'Chase',
        status: 'active',
        trigger_type: 'event',
        trigger_config: { event: 'invoice.issued' },
        stop_on: [
          {
            event: 'invoice.paid',
            match: { field: 'event.invoice_id', operator: 'equals', value: '{{ trigger.invoice_id }}' },
          },
        ],
        actions: [{ id: 'w', kind: 'wait', for: { amount: 3, unit: 'days' } }, task('b', 'Chase it')],
      }),
    )
    await emit('invoice.issued', { invoice_id: 'i7' })
    await emit('invoice.issued', { invoice_id: 'i8' })
    await tick()
    ;(world.services.engine as ReturnType<typeof engineOf>).reboot()
    await emit('invoice.paid', { invoice_id: 'i7' })
    await tick()
    world.clock.advance(3 * 86_400_000)
    await tick()
    const { data } = okValue(await listRuns(world.services, owner, { automationId: made.id }))
    expect(data.map(({ subject, state }) => `${subject} ${state}`).sort()).toEqual([
      'invoice:i7 stopped',
      'invoice:i8 completed',
    ])
    expect((await tasks()).filter((title) => title === 'Chase it')).toHaveLength(1)
  })

  test('at rest starts nothing', async () => {
    const made = okValue(
      await createAutomation(world.services, owner, {
        ...{
          name: 'Rest',
          status: 'active',
          trigger_type: 'event',
          trigger_config: { event: 'payout.paid' },
        },
        actions: [task('a', 'Look at the bank')],
      }),
    )
    okValue(await pauseAutomation(world.services, owner, made.id))
    await emit('payout.paid', { payout_id: 'p1' })
    await tick()
    expect((await tasks()).filter((title) => title.startsWith('Look'))).toEqual([])
  })

  test('by the clock runs at its time, once', async () => {
    const made = okValue(
      await createAutomation(world.services, owner, {
        ...{ name: 'Daily', status: 'active', trigger_type: 'schedule' },
        trigger_config: { cron: '0 8 * * *', time_zone: 'UTC' },
        actions: [task('a', 'Open the shop')],
      }),
    )
    await tick()
    world.clock.advance(86_400_000)
    await tick()
    await tick()
    const { data } = okValue(await listRuns(world.services, owner, { automationId: made.id }))
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({ status: 'completed', cause: 'schedule' })
  })

  test('that cannot run is not published, and says what is missing', async () => {
    const made = await createAutomation(world.services, owner, {
      ...{ name: 'Half', status: 'active', trigger_type: 'manual' },
      actions: [{ id: 'a', kind: 'action', action: 'task.create', input: {} }],
    })
    expect(made).toMatchObject({
      ok: false,
      error: { kind: 'invalid', errors: [{ path: 'actions.a.title' }] },
    })
  })
})
