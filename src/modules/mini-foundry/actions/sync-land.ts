/** A page that came: kept raw, made into facts, and landed with the cursor in one transaction. */
import { isoInstant } from '../../../platform/clock.ts'
import { fail } from '../../../platform/result.ts'
import type { Normalised, SourcePage } from '../../../platform/source-reader.ts'
import type { FactBatch } from '../domain/facts.ts'
import { contentHash } from '../domain/facts.ts'
import { isHistoryComplete, isWhole, progressAfter } from '../domain/sync/plan.ts'
import { backoffMs, MAX_ATTEMPTS } from '../domain/sync/retry.ts'
import { recordKeys, seenFacts } from '../domain/sync/seen.ts'
import { settleRefunds } from '../store/hooks-refunds.ts'
import { moveStream, type StreamChange, stillOurs, tellReady, wakeStreams } from '../store/sync.ts'
import { markData, markHealth } from '../store/sync-health.ts'
import {
  addWritten,
  distinctSeen,
  forgetKeys,
  insertDead,
  insertDrift,
  insertPage,
  markRun,
  removeUnseen,
  runById,
  settleDeadOf,
  shortRuns,
} from '../store/sync-runs.ts'
import { landFacts } from './land-facts.ts'
import { recordFailure } from './sync-fail.ts'
import type { Next, Step } from './sync-model.ts'
import { normaliseContextOf, normaliseInWords } from './sync-normalise.ts'
import { keepRaw, rawKey } from './sync-raw.ts'

const EMPTY: Normalised<FactBatch> = { batch: {}, refused: [], drift: [] }

interface Arrived {
  page: SourcePage
  key: string
  read: Normalised<FactBatch>
  keys: string[] | null
  /** The source said how many there are, and all of them came. */
  isCounted: boolean
  /** Milliseconds. */
  now: number
}

export async function landPage(step: Step, page: SourcePage, now: number): Promise<Next> {
  const { services, actor, source, run, row } = step
  const { id, pages: number } = run
  const at = Date.parse(run.startedAt)
  const key = rawKey({
    tenantId: actor.tenantId,
    sourceId: source.id,
    stream: row.stream,
    run: id,
    number,
    at,
  })
  let read = EMPTY
  if (page.raw !== null) {
    await keepRaw(services, key, page.raw)
    read = normaliseInWords(step.reader, row.stream, page.raw, await normaliseContextOf(step, row.stream))
  }
  const arrived: Arrived = { page, key, read, keys: recordKeys(read, page.records), isCounted: false, now }
  if (!page.done) return land(step, arrived, { nextRunAt: now + (page.waitMs ?? 0) })
  const { seen, expected } = await countOf(step, arrived)
  if (expected !== null && seen < expected) return landShort(step, arrived, { seen, expected })
  return land(step, { ...arrived, isCounted: expected !== null }, null)
}

/** Distinct records of the run, and how many were announced (null: the source does not say). */
async function countOf(
  step: Step,
  { page, keys }: Arrived,
): Promise<{ seen: number; expected: number | null }> {
  const { services, actor, run } = step
  const db = services.tenant(actor.tenantId)
  const [known, seen] = await db.getAll([
    runById(db, run.id),
    distinctSeen(db, run.id, { keys, records: page.records }),
  ])
  return { seen, expected: page.expected ?? known?.expectedRows ?? null }
}

/** Fewer than announced: what came stays, the cursor does not move, and the same stretch is read again from its start. */
async function landShort(
  step: Step,
  arrived: Arrived,
  { seen, expected }: { seen: number; expected: number },
): Promise<Next> {
  const { services, actor, source, row, run } = step
  const db = services.tenant(actor.tenantId)
  const stretch = { sourceId: source.id, stream: row.stream, mode: run.mode, from: run.window.from }
  const attempt = (await db.get(shortRuns(db, stretch))) + 1
  const again = { runId: null, state: null, status: 'waiting' as const, attempt }
  const words = `The source announced ${expected} records, but ${seen} came.`
  if (attempt >= MAX_ATTEMPTS) {
    const { error } = fail('unavailable', 'records-missing', words)
    await land(step, arrived, { ...again, nextRunAt: arrived.now + 3_600_000, lastError: words })
    return recordFailure({ ...step, run: null, row: { ...row, attempt: MAX_ATTEMPTS - 1 } }, error)
  }
  const nextRunAt = arrived.now + backoffMs(attempt, `${source.id}:${row.stream}`)
  const lastError = `${words} We read this stretch again by ourselves.`
  return land(step, arrived, { ...again, nextRunAt, lastError })
}

/** `change` null: the run ended well. */
async function land(step: Step, arrived: Arrived, change: StreamChange | null): Promise<Next> {
  const { services, actor, source, row, run } = step
  const { now, read, page } = arrived
  const db = services.tenant(actor.tenantId)
  const at = isoInstant(now)
  const ended = change === null
  const isShort = change !== null && page.done
  const set: StreamChange = {
    ...positionAfter(step, page),
    ...(change ?? endOf(step, arrived)),
    rowsSeen: row.rowsSeen + page.records,
    leaseUntil: 0,
    updatedAt: at,
  }
  const status = ended ? ('ok' as const) : isShort ? ('partial' as const) : ('running' as const)
  const error = isShort ? (change.lastError ?? null) : null
  const isQuiet = ended && run.mode === 'incremental' && run.pages === 0 && page.records === 0
  const completes = ended && !isHistoryComplete(row) && isHistoryComplete({ ...row, ...set })
  const result = await landFacts(services, actor, {
    sourceId: source.id,
    origin: 'history',
    batch: read.batch,
    orderExtIds: read.orderExtIds,
    // the first numbers show at once, the others with each stretch of the past
    isMidway: !isHistoryComplete(row) && !page.done && row.rowsSeen > 0,
    also: [
      stillOurs(db, source.id, row.stream, row.step),
      ...(source.sourceType === 'stripe' ? settleRefunds(db, source.id, read.orderExtIds ?? []) : []),
      ...keptPage(step, arrived),
      ...(isQuiet
        ? []
        : [
            markRun(
              db,
              { ...run, sourceId: source.id, stream: row.stream },
              { pages: 1, seen: page.records, expected: page.expected ?? null },
              { status, error, finishedAt: page.done ? at : null },
            ),
          ]),
      ...problemsOf(step, arrived),
      ...(ended ? endStatements(step, arrived) : []),
      moveStream(db, source.id, row.stream, set),
      ...(page.records > 0 ? [markData(db, source.id, now)] : []),
      ...(completes ? completion(step, now) : []),
      markHealth(db, source.id, at),
    ],
  })
  if (!result.ok) throw new Error(result.error.detail)
  if (result.value.changed > 0)
    await db.write(addWritten(db, run.id, source.id, row.stream, result.value.changed))
  if (completes) await tellCompletion(step)
  if (page.done && (row.rowsWritten > 0 || result.value.changed > 0))
    await services.queue.send({ kind: 'contacts.gather', tenantId: actor.tenantId })
  return { at: set.nextRunAt ?? null }
}

const positionAfter = ({ run }: Step, page: SourcePage): StreamChange => ({
  mode: run.mode,
  runId: run.id,
  windowFrom: run.window.from,
  windowTo: run.window.to,
  state: JSON.stringify(page.state ?? null),
  status: 'running',
  attempt: 0,
  lastError: null,
})

function endOf({ row, run, stream }: Step, { isCounted, now }: Arrived): StreamChange {
  const whole = isCounted && isWhole(stream, run.mode) ? { wholeRunId: run.id } : {}
  const progress = progressAfter(run, row, now)
  return {
    ...progress,
    ...whole,
    runId: null,
    state: null,
    status: 'waiting',
    nextRunAt: now,
    lastOkAt: isoInstant(now),
  }
}

function keptPage(step: Step, { page, key, read, keys }: Arrived): D1PreparedStatement[] {
  if (page.raw === null) return []
  const { services, actor, source, row, run, stream } = step
  const db = services.tenant(actor.tenantId)
  const whole = isWhole(stream, run.mode)
  return [
    insertPage(db, {
      sourceId: source.id,
      stream: row.stream,
      id: pageId(Date.parse(run.startedAt), run.id, run.pages),
      runId: run.id,
      rawKey: key,
      records: page.records,
      keys: keys === null ? null : JSON.stringify(keys),
      seen: whole ? JSON.stringify(seenFacts(read.batch)) : null,
    }),
  ]
}

/** Sorts by arrival. */
export const pageId = (atMs: number, run: string, number: number): string =>
  `${String(atMs).padStart(14, '0')}-${run}-${String(number).padStart(6, '0')}`

/** Records that could not be read, and changes of the vendor's shapes: each once. */
export function problemsOf(
  step: Pick<Step, 'services' | 'actor' | 'source' | 'row'>,
  { read, key, now }: Pick<Arrived, 'read' | 'key' | 'now'>,
): D1PreparedStatement[] {
  const { services, actor, source } = step
  const { stream } = step.row
  const db = services.tenant(actor.tenantId)
  const at = isoInstant(now)
  const readable = Object.values(seenFacts(read.batch)).flat()
  return [
    ...(readable.length > 0 ? [settleDeadOf(db, source.id, stream, readable, at)] : []),
    ...read.refused.map(({ extId, record, reason }) =>
      insertDead(db, {
        // the same record refused again is the same row
        id: contentHash(`${source.id} ${stream} ${extId ?? record}`),
        sourceId: source.id,
        stream,
        extId,
        rawKey: key,
        error: reason.slice(0, 500),
        status: 'open',
        createdAt: at,
        settledAt: null,
      }),
    ),
    ...read.drift.map(({ path, change, detail }) =>
      insertDrift(db, {
        sourceId: source.id,
        stream,
        path: path.slice(0, 300),
        change,
        detail: detail.slice(0, 500),
        seenAt: at,
        acknowledgedAt: null,
      }),
    ),
  ]
}

/** What an earlier read of the whole saw and this one does not is gone, but only when all of this one surely came. */
function endStatements(step: Step, { isCounted, now }: Arrived): D1PreparedStatement[] {
  const { services, actor, source, row, run, stream } = step
  const db = services.tenant(actor.tenantId)
  const before = row.wholeRunId
  const gone =
    isCounted && isWhole(stream, run.mode) && before !== null && before !== run.id
      ? removeUnseen(db, source.id, { before, now: run.id }, isoInstant(now))
      : []
  return [...gone, forgetKeys(db, run.id)]
}

/** The past of a stream is here: those that waited for it begin, and a source that lacks nothing now says so. */
function completion({ services, actor, source, row, streams }: Step, now: number): D1PreparedStatement[] {
  const db = services.tenant(actor.tenantId)
  const waiting = streams.filter(({ after }) => after?.includes(row.stream)).map(({ name }) => name)
  const payload = { source_id: source.id, name: source.name, source_type: source.sourceType }
  return [
    wakeStreams(db, source.id, waiting, now),
    tellReady(db, source.id, { id: readyEvent(source.id), payload }, now),
  ]
}

const readyEvent = (sourceId: string): string => `${sourceId}:ready`

async function tellCompletion({ services, actor, source, streams, row }: Step): Promise<void> {
  const { tenantId } = actor
  await services.queue.send({ kind: 'rollup', tenantId })
  for (const { name, after } of streams)
    if (after?.includes(row.stream))
      await services.queue.send({ kind: 'sync.step', tenantId, sourceId: source.id, stream: name })
  await services.queue.send({ kind: 'event.deliver', tenantId, eventId: readyEvent(source.id) })
}
