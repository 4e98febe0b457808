/** A page that could not be read: the stream waits, tries again, or gives up and asks for a person. */
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import type { Failure } from '../../../platform/result.ts'
import { judgeFailure, wordsOf } from '../domain/sync/retry.ts'
import { moveStream, type StreamChange, stillOurs } from '../store/sync.ts'
import { markHealth } from '../store/sync-health.ts'
import { markRun } from '../store/sync-runs.ts'
import type { Next, Step } from './sync-model.ts'

type Failed = Pick<Step, 'services' | 'actor' | 'source' | 'row' | 'stream'> & { run: Step['run'] | null }

/** Nothing of the run is lost: the page is read again from the state before it, or all of it where that state is spent. */
export async function recordFailure(step: Failed, failure: Failure): Promise<Next> {
  const { services, actor, source, row, stream } = step
  const now = services.clock.now()
  const attempt = row.attempt + 1
  const verdict = judgeFailure(failure, attempt, `${source.id}:${row.stream}`)
  const words = wordsOf(failure, verdict, stream.needs)
  const spent = failure.anew ? { state: null } : {}
  if (verdict.kind === 'wait') {
    if (source.connectorId) await services.gate.hold(actor.tenantId, source.connectorId, verdict.ms)
    const nextRunAt = now + verdict.ms
    await write(step, { nextRunAt }, null)
    return { at: nextRunAt }
  }
  if (verdict.kind === 'retry') {
    const nextRunAt = now + verdict.ms
    await write(step, { nextRunAt, attempt, lastError: words, ...spent }, null)
    return { at: nextRunAt }
  }
  await write(step, { nextRunAt: null, attempt, lastError: words, status: 'failed', ...spent }, words)
  return { at: null }
}

async function write(step: Failed, change: StreamChange, givenUp: string | null): Promise<void> {
  const { services, actor, source, row, run } = step
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const at = isoInstant(now)
  const kept: StreamChange = run
    ? {
        mode: run.mode,
        runId: run.id,
        windowFrom: run.window.from,
        windowTo: run.window.to,
        status: 'running',
      }
    : {}
  const event = {
    id: `${source.id}:${row.stream}:failed:${row.step}`,
    type: 'source.failed',
    payload: { source_id: source.id, name: source.name, stream: row.stream, reason: givenUp ?? '' },
  }
  await db.write([
    stillOurs(db, source.id, row.stream, row.step),
    moveStream(db, source.id, row.stream, { ...kept, ...change, leaseUntil: 0, updatedAt: at }),
    ...(run
      ? [
          markRun(
            db,
            { ...run, sourceId: source.id, stream: row.stream },
            { pages: 0, seen: 0, expected: null },
            givenUp === null
              ? { status: 'running', error: change.lastError ?? null, finishedAt: null }
              : { status: run.pages > 0 ? 'partial' : 'failed', error: givenUp, finishedAt: at },
          ),
        ]
      : []),
    markHealth(db, source.id, at),
    ...(givenUp === null ? [] : [recordEvent(db, now, event)]),
  ])
  if (givenUp !== null)
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: event.id })
}
