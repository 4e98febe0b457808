/**
 * A world for workerd tests: real Services over this file's own D1 and R2, a clock that stands still, and queues that
 * collect messages until a test lets them be performed.
 */
import { env } from 'cloudflare:workers'
import { compose, type Scope } from '../../src/compose.ts'
import type { Env } from '../../src/env.ts'
import {
  type Actor,
  ROLES,
  type Role,
  systemActor,
  type WorkspaceSettings,
} from '../../src/platform/actor.ts'
import { fixedClock } from '../../src/platform/clock.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import type { Message } from '../../src/platform/message.ts'
import type { Services } from '../../src/platform/services.ts'
import { perform } from '../../src/queues/consume.ts'

export const testEnv = env as unknown as Env

export interface World {
  services: Services
  clock: ReturnType<typeof fixedClock>
  /** Messages sent and not yet performed. */
  messages: Message[]
  /** Live calls that were made, in order, e.g. `changed <tenant>`. */
  live: string[]
  workspace(settings?: Partial<WorkspaceSettings>): Promise<Actor>
  as(actor: Actor, role: Role): Actor
  /** Performs queued messages until none is left. */
  drain(): Promise<number>
  /** Waits for the work that goes on after an answer is sent. */
  settle(): Promise<void>
}

export async function makeWorld(
  now = '2026-11-22T12:00:00Z',
  more: NonNullable<Scope['replace']> = {},
): Promise<World> {
  const clock = fixedClock(now)
  const messages: Message[] = []
  const live: string[] = []
  const background: Promise<unknown>[] = []
  const services = await compose(testEnv, {
    later: (work) => void background.push(work),
    replace: {
      clock,
      queue: { send: async (message) => void messages.push(message) },
      live: {
        changed: async (tenantId) => void live.push(`changed ${tenantId}`),
        importMoved: async (_tenantId, importId) => void live.push(`import ${importId}`),
        noticed: async (tenantId, people) => void live.push(`noticed ${tenantId} ${people.length}`),
        forget: async (tenantId) => void live.push(`forget ${tenantId}`),
        disconnect: async (_tenantId, sessionId) => void live.push(`disconnect ${sessionId}`),
      },
      ...more,
    },
  })
  return {
    services,
    clock,
    messages,
    live,
    workspace: (settings) => makeWorkspace(services, settings),
    as: (actor, role) => ({ ...actor, kind: 'person', role: ROLES.includes(role) ? role : 'viewer' }),
    async drain() {
      let performed = 0
      for (let message = messages.shift(); message; message = messages.shift()) {
        await perform(services, message)
        performed += 1
      }
      return performed
    },
    async settle() {
      await Promise.all(background.splice(0))
    },
  }
}

async function makeWorkspace(services: Services, settings: Partial<WorkspaceSettings> = {}): Promise<Actor> {
  const workspace: WorkspaceSettings = {
    id: uuidv7(services.clock.now()),
    name: 'Test shop',
    timeZone: 'America/New_York',
    currency: 'USD',
    locale: 'en-US',
    weekStart: 1,
    fiscalYearStart: 1,
    country: 'US',
    industry: 'retail',
    ...settings,
  }
  await testEnv.DB.prepare(
    `INSERT INTO workspaces (id, name, time_zone, currency, locale, week_start, fiscal_year_start, country, industry, created_at, updated_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)`,
  )
    .bind(
      workspace.id,
      workspace.name,
      workspace.timeZone,
      workspace.currency,
      workspace.locale,
      workspace.weekStart,
      workspace.fiscalYearStart,
      workspace.country,
      workspace.industry,
      new Date(services.clock.now()).toISOString(),
    )
    .run()
  return systemActor({ ...workspace, requireSecondFactor: false, sandboxOf: null, eraseAt: null }, 'test')
}
