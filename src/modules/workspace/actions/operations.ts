/** For those who run the installation: is it moving, what failed, what waits, what it costs. */
import { isoInstant } from '../../../platform/clock.ts'
import type { DeadLetter, ErrorReport, Heartbeat, Waiting } from '../../../platform/directory/operations.ts'
import { parseJson } from '../../../platform/json.ts'
import { messageSchema } from '../../../platform/message.ts'
import { fail, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type Cost, costOf } from '../domain/cost.ts'

const LATE_MS: Record<string, number> = {
  'cron * * * * *': 5 * 60_000,
  'cron 17 3 * * *': 26 * 3_600_000,
}

export interface Pulse extends Heartbeat {
  /** ok, late (a job that should have run by now) or failing (its last run failed). */
  state: 'ok' | 'late' | 'failing'
}

export interface Operations {
  version: string
  environment: string
  pulses: Pulse[]
  waiting: Waiting[]
  letters: (DeadLetter & { kind: string })[]
  errors: ErrorReport[]
  census: { workspaces: number; people: number; bytes: number }
  cost: Cost
}

export async function readOperations(services: Services): Promise<Operations> {
  const { directory, clock, config } = services
  const now = clock.now()
  const [beats, waiting, letters, errors, census, uses] = await Promise.all([
    directory.heartbeats(),
    directory.waiting(now),
    directory.deadLetters(),
    directory.errorReports(),
    directory.census(),
    directory.useSince(`${isoInstant(now).slice(0, 7)}-01`),
  ])
  return {
    version: config.version,
    environment: config.environment,
    pulses: beats.map((beat) => ({ ...beat, state: stateOf(beat, now) })),
    waiting,
    letters: letters.map((letter) => ({ ...letter, kind: kindOf(letter.body) })),
    errors,
    census,
    cost: costOf(uses, census.bytes),
  }
}

/** For load balancers: `late` when the minute's job has not run; a database that does not answer throws. */
export async function readHealth(
  services: Services,
): Promise<{ crons: 'ok' | 'late' | 'failing' | 'unseen' }> {
  const beats = await services.directory.heartbeats()
  const minute = beats.find((beat) => beat.name === 'cron * * * * *')
  return { crons: minute ? stateOf(minute, services.clock.now()) : 'unseen' }
}

function stateOf(beat: Heartbeat, now: number): Pulse['state'] {
  if (beat.ok === 0) return 'failing'
  const late = LATE_MS[beat.name]
  return late !== undefined && now - beat.at > late ? 'late' : 'ok'
}

/** Puts a dead letter back into its queue, once however often it is pressed. */
export async function replayLetter(services: Services, id: string): Promise<Result<null>> {
  const letter = await services.directory.deadLetter(id)
  if (!letter) return notFound('dead letter')
  const message = messageSchema.safeParse(parseJson(letter.body))
  if (!message.success) {
    return fail(
      'invalid',
      'unreadable-letter',
      'This message was never understood, so it cannot be sent again. Discard it.',
    )
  }
  if (!(await services.directory.claimDeadLetter(id, isoInstant(services.clock.now())))) return ok(null)
  try {
    await services.queue.send(message.data)
  } catch (error) {
    await services.directory.releaseDeadLetter(id)
    throw error
  }
  return ok(null)
}

/** All that wait; answers how many were sent. */
export async function replayAllLetters(services: Services): Promise<number> {
  const letters = await services.directory.deadLetters()
  let sent = 0
  for (const letter of letters.filter((known) => known.replayedAt === null)) {
    const done = await replayLetter(services, letter.id)
    if (done.ok) sent += 1
  }
  return sent
}

export async function discardLetter(services: Services, id: string): Promise<Result<null>> {
  return (await services.directory.dropDeadLetter(id)) ? ok(null) : notFound('dead letter')
}

export async function resolveError(services: Services, fingerprint: string): Promise<Result<null>> {
  const done = await services.directory.resolveError(fingerprint, isoInstant(services.clock.now()))
  return done ? ok(null) : notFound('open error')
}

function kindOf(body: string): string {
  const parsed = parseJson(body)
  const kind = parsed && typeof parsed === 'object' && 'kind' in parsed ? parsed.kind : null
  return typeof kind === 'string' ? kind : 'not understood'
}
