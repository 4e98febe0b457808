// Automations that stop without an error: somebody is told, once, and nobody is told of those that only rest.
import { beforeAll, expect, test } from 'vitest'
import { createAutomation, pauseAutomation, watchSilence } from '../../src/modules/ops-copilot/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { engineOf } from '../support/engine-world.ts'
import { joinedAs, okValue } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

const DAY_MS = 86_400_000
let world: World
let owner: Actor

beforeAll(async () => {
  world = await makeWorld('2026-11-02T12:00:00Z')
  world.services.engine = engineOf(world)
  owner = await joinedAs(world, await world.workspace({ timeZone: 'UTC' }), 'owner')
})

const make = async (name: string, trigger: Record<string, unknown>) =>
  okValue(
    await createAutomation(world.services, owner, {
      ...{ name, status: 'active', trigger_config: trigger },
      actions: [{ id: 'a', kind: 'action', action: 'task.create', input: { title: name } }],
    }),
  )

async function silent(): Promise<string[]> {
  const db = world.services.tenant(owner.tenantId)
  const rows = await db.get(
    db.sql<{ title: string }>(
      `SELECT title FROM notifications WHERE tenant_id = ?1 AND kind = 'automation.silent' ORDER BY title`,
    ),
  )
  return rows.map(({ title }) => title)
}

/** Runs as if they had been: one row each. */
async function ran(automationId: string, daysAgo: number[]) {
  const db = world.services.tenant(owner.tenantId)
  await db.write(
    daysAgo.map((days) =>
      db.statement(
        `INSERT INTO automation_runs (tenant_id, id, automation_id, status, state, started_at, version, cause, why, moves)
         VALUES (?1, ?2, ?3, 'completed', 'completed', ?4, 1, 'event', 'Done.', 1)`,
        `${automationId}-${days}`,
        automationId,
        new Date(world.clock.now() - days * DAY_MS).toISOString(),
      ),
    ),
  )
}

test('a rhythm that was missed and a habit that broke off are told once; what is young, paused or by hand is not', async () => {
  const weekly = await make('Weekly', { kind: 'schedule', cron: '0 8 * * 1', time_zone: 'UTC' })
  const habit = await make('Habit', { kind: 'event', event: 'order.created' })
  const lively = await make('Lively', { kind: 'event', event: 'order.created' })
  const resting = await make('Resting', { kind: 'event', event: 'order.created' })
  await make('By hand', { kind: 'manual', fields: [] })
  world.clock.advance(45 * DAY_MS)
  await make('Young', { kind: 'schedule', cron: '0 8 * * 1', time_zone: 'UTC' })
  const before = [20, 21, 22, 25, 30, 35, 40]
  await ran(habit.id, before)
  await ran(lively.id, [1, ...before])
  await ran(resting.id, before)
  okValue(await pauseAutomation(world.services, owner, resting.id))
  await watchSilence(world.services)
  expect(await silent()).toEqual(['“Habit” is silent', '“Weekly” is silent'])
  await watchSilence(world.services)
  expect((await silent()).length).toBe(2)
  expect(weekly.status).toBe('active')
})
