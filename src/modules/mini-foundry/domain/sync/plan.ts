/** What a stream does next: which stretch of time it reads, and when. Pure; all times are milliseconds. */
import { nextOccurrence } from '../../../../kit/calendar.ts'
import type { SourceStream } from '../../../../platform/source-reader.ts'

export type RunMode = 'backfill' | 'incremental' | 'reconcile'
export type RunTrigger = 'connected' | 'schedule' | 'hook' | 'person'

/** How far a stream has come. */
export interface Progress {
  /** Everything that changed before is here; null: never begun. */
  syncedUntil: number | null
  backfilledTo: number | null
  backfillTarget: number | null
  reconciledAt: number | null
  wantedFrom: number | null
}

export interface PlannedRun {
  mode: RunMode
  trigger: RunTrigger
  /** Half open. `from` 0: the whole. */
  window: { from: number; to: number }
}

export type Plan = { run: PlannedRun } | { waitUntil: number }

const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
/** How soon a stream that waits for another looks again; the other wakes it when it is done. */
const BLOCKED_MS = 5 * MINUTE_MS

/** Whether the past that was asked for is here. */
export const isHistoryComplete = ({ backfilledTo, backfillTarget }: Progress): boolean =>
  backfilledTo !== null && backfillTarget !== null && backfilledTo <= backfillTarget

/** Streams without windows and without a nightly re-read are read whole each time. */
export const isWhole = (stream: SourceStream, mode: RunMode): boolean =>
  stream.windowDays === null && (mode !== 'incremental' || stream.reconcileDays === undefined)

/**
 * The next run, or until when there is none. What a person asked for comes first, then what changed lately, then the
 * past, the newest window first; so news does not wait for history. `isBlocked`: a stream it needs has no past yet.
 */
export function planRun(
  stream: SourceStream,
  progress: Progress,
  context: { now: number; timeZone: string; isBlocked: boolean },
): Plan {
  const { now } = context
  if (context.isBlocked) return { waitUntil: now + BLOCKED_MS }
  if (progress.wantedFrom !== null)
    return {
      run: {
        mode: 'reconcile',
        trigger: 'person',
        window: { from: wantedStart(stream, progress.wantedFrom), to: now },
      },
    }
  const complete = isHistoryComplete(progress)
  const recentAt = (progress.syncedUntil ?? now) + stream.everyMinutes * MINUTE_MS
  const readsWhole = isWhole(stream, 'incremental')
  if (recentAt <= now && (complete || !readsWhole)) return { run: recent(stream, progress, now) }
  if (!complete) return { run: past(stream, progress, now) }
  const reconcileAt = nextReconcile(stream, progress, context.timeZone)
  if (reconcileAt <= now) {
    const from = stream.windowDays === null ? 0 : now - (stream.reconcileDays ?? 1) * DAY_MS
    return { run: { mode: 'reconcile', trigger: 'schedule', window: { from, to: now } } }
  }
  return { waitUntil: Math.min(recentAt, reconcileAt) }
}

const wantedStart = (stream: SourceStream, wanted: number): number =>
  stream.windowDays === null ? 0 : wanted

function recent(stream: SourceStream, progress: Progress, now: number): PlannedRun {
  if (isWhole(stream, 'incremental'))
    return { mode: 'reconcile', trigger: 'schedule', window: { from: 0, to: now } }
  const from = (progress.syncedUntil ?? now) - stream.overlapMinutes * MINUTE_MS
  return { mode: 'incremental', trigger: 'schedule', window: { from: Math.max(0, from), to: now } }
}

function past(stream: SourceStream, progress: Progress, now: number): PlannedRun {
  const to = progress.backfilledTo ?? now
  const target = progress.backfillTarget ?? to
  const from = stream.windowDays === null ? 0 : Math.max(target, to - stream.windowDays * DAY_MS)
  return { mode: 'backfill', trigger: 'connected', window: { from, to } }
}

/** The first 03:00 in the workspace's zone after the last nightly read; never for streams that have none. */
function nextReconcile(stream: SourceStream, progress: Progress, timeZone: string): number {
  if (stream.reconcileDays === undefined || progress.reconciledAt === null) return Number.POSITIVE_INFINITY
  const next = nextOccurrence('0 3 * * *', timeZone, new Date(progress.reconciledAt).toISOString())
  return next === null ? Number.POSITIVE_INFINITY : Date.parse(next)
}

/** What a run that ended well changes. A person's re-read that began before the history's end completes it, too. */
export function progressAfter(
  run: { mode: RunMode; window: { from: number; to: number } },
  progress: Progress,
  now: number,
): Partial<Progress> {
  const { mode, window } = run
  if (mode === 'incremental') return { syncedUntil: Math.max(progress.syncedUntil ?? 0, window.to) }
  if (mode === 'reconcile') {
    const syncedUntil = Math.max(progress.syncedUntil ?? 0, window.to)
    return { reconciledAt: window.to, wantedFrom: null, syncedUntil }
  }
  const target = progress.backfillTarget ?? window.from
  const backfilledTo = Math.max(window.from, target)
  return backfilledTo <= target ? { backfilledTo, reconciledAt: now } : { backfilledTo }
}
