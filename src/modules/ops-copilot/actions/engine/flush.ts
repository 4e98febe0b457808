/** Shows outside what the engine has done: rows of runs and questions, and what people are told. Safe to repeat. */
import { type Actor, systemActor, type Workspace } from '../../../../platform/actor.ts'
import { isoInstant } from '../../../../platform/clock.ts'
import type { Services } from '../../../../platform/services.ts'
import { type Notice, notifyAll } from '../../../workspace/index.ts'
import { type Dirty, openOf, type QuestionRow, type Sight, stateOf, type View } from '../../engine/view.ts'
import {
  keepQuestions,
  keepRuns,
  type QuestionProjection,
  type RunProjection,
  withdrawQuestions,
} from '../../store/projection.ts'
import type { Published } from '../../store/published.ts'
import { approvalLink } from '../approval-links.ts'
import { peopleOf } from './people.ts'

const AT_ONCE = 100
const MOST_ROUNDS = 50
const MAX_RESULT = 4_000
const HOUR_MS = 3_600_000

export interface Showing {
  services: Services
  workspace: Workspace
  view: View
  automation(id: string): Published | null
}

export async function flushDirty(showing: Showing): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const dirty = showing.view.dirty(AT_ONCE)
    if (dirty.length === 0) return
    await showSome(showing, dirty)
  }
}

async function showSome(showing: Showing, dirty: readonly Dirty[]): Promise<void> {
  const { services, workspace, view } = showing
  const of = (kind: Dirty['kind']) => dirty.filter((one) => one.kind === kind)
  const sights = of('run').flatMap(({ run }) => view.sight(run) ?? [])
  const questions = of('question').flatMap(({ run, key }) => view.question(run, key) ?? [])
  const reminders = of('remind').flatMap(({ run, key }) => view.question(run, key) ?? [])
  const moves = new Map(sights.map(({ row }) => [row.id, row.moves]))
  const db = services.tenant(workspace.id)
  const now = services.clock.now()
  const asked = await askedPeople(showing, [...questions, ...reminders])
  const open = questions.filter(({ gone }) => !gone)
  const gone = questions.filter((one) => one.gone)
  await db.write([
    ...(sights.length > 0 ? keepRuns(db, sights.map(projectionOf)) : []),
    ...(open.length > 0
      ? [
          keepQuestions(
            db,
            open.map((one) => questionOf(one, showing, asked)),
          ),
        ]
      : []),
    ...(gone.length > 0
      ? [
          withdrawQuestions(
            db,
            gone.map((one) => ({ id: one.id, status: goneAs(one, now) })),
            isoInstant(now),
          ),
        ]
      : []),
  ])
  const actor = systemActor(workspace, 'engine')
  await tell(showing, actor, { sights, open, reminders: reminders.filter((one) => !one.gone), asked })
  for (const one of dirty) {
    // what has moved on meanwhile is shown once more
    if (one.kind === 'run' && view.movesOf(one.run) !== moves.get(one.run)) continue
    if (one.kind === 'question') {
      const before = questions.find(({ run, key }) => run === one.run && key === one.key)
      if (before && view.question(one.run, one.key)?.gone !== before.gone) continue
      view.forgetQuestion(one.run, one.key)
    }
    view.clean(one)
  }
}

const goneAs = ({ asked }: QuestionRow, now: number): 'expired' | 'withdrawn' =>
  asked.until !== null && asked.until <= now ? 'expired' : 'withdrawn'

function projectionOf(sight: Sight): RunProjection {
  const { row, run, facts } = sight
  const state = stateOf(sight)
  const wakes = openOf(sight).flatMap(({ at }) => (at === null ? [] : [at]))
  return {
    id: row.id,
    automationId: row.automation,
    status: statusOf(row.phase),
    state,
    startedAt: isoInstant(row.started),
    completedAt: row.ended === null ? null : isoInstant(row.ended),
    result: resultOf(sight),
    error: row.phase === 'cancelled' ? 'cancelled' : (run?.error ?? null),
    version: facts.version,
    cause: facts.cause,
    subject: row.subject,
    contact: row.contact,
    why: row.phase === 'queued' ? 'Waits until others of this automation have ended.' : sight.why,
    wakesAt: wakes.length > 0 ? isoInstant(Math.min(...wakes)) : null,
    moves: row.moves,
  }
}

/** CONTRACT: running (also waiting or held), completed, failed (also cancelled). */
function statusOf(phase: string): RunProjection['status'] {
  if (phase === 'completed' || phase === 'stopped') return 'completed'
  return phase === 'failed' || phase === 'cancelled' ? 'failed' : 'running'
}

/** Values that were set and what steps gave, when that is not too much; the run's own page has all. */
function resultOf({ row, run }: Sight): string | null {
  if (!run || row.ended === null) return null
  const whole = JSON.stringify({ vars: run.vars, steps: run.outputs })
  return whole.length <= MAX_RESULT ? whole : JSON.stringify({ vars: {}, steps: {}, too_large: true })
}

/** Whoever started a run does not decide about it, unless the step says so. */
async function askedPeople(
  { services, workspace, view }: Showing,
  questions: readonly QuestionRow[],
): Promise<Map<string, string[]>> {
  const asked = new Map<string, string[]>()
  for (const { id, run, asked: wish } of questions) {
    const named = await peopleOf(services, workspace, wish.approvers)
    const by = view.sight(run)?.facts.by ?? null
    asked.set(
      id,
      named.filter((person) => wish.self || person !== by),
    )
  }
  return asked
}

function questionOf(
  { run, key, id, automation, at, asked }: QuestionRow,
  { view }: Showing,
  people: Map<string, string[]>,
): QuestionProjection {
  const by = view.sight(run)?.facts.by ?? null
  const approvers = people.get(id) ?? []
  return {
    ...{ id, runId: run, stepKey: key, automationId: automation, title: asked.title, body: asked.body },
    ...{ approvers, needed: Math.max(1, Math.min(asked.needed, approvers.length)), fields: asked.fields },
    excluded: asked.self ? null : by,
    dueAt: asked.until === null ? null : isoInstant(asked.until),
    remindAt: asked.remindAt === null ? null : isoInstant(asked.remindAt),
    createdAt: isoInstant(at),
  }
}

async function tell(
  showing: Showing,
  actor: Actor,
  what: { sights: Sight[]; open: QuestionRow[]; reminders: QuestionRow[]; asked: Map<string, string[]> },
): Promise<void> {
  const notices: Notice[] = [
    ...what.sights.flatMap((sight) => failureNotice(showing, sight)),
    ...(await questionNotices(showing, what.open, what.asked, 'approval.asked')),
    ...(await questionNotices(showing, what.reminders, what.asked, 'approval.reminder')),
  ]
  if (notices.length > 0) await notifyAll(showing.services, actor, notices)
}

/** At most one an hour and automation. */
function failureNotice({ automation, services }: Showing, { row, run }: Sight): Notice[] {
  const known = automation(row.automation)
  const unclear = Object.values(run?.open ?? {}).some(({ kind }) => kind === 'unknown')
  if (!known || (row.phase !== 'failed' && !unclear)) return []
  const hour = Math.floor(services.clock.now() / HOUR_MS)
  return [
    {
      kind: unclear ? 'automation.unclear' : 'automation.failed',
      to: known.ownerId ? [known.ownerId] : 'admins',
      title: unclear ? `“${known.name}” needs you` : `“${known.name}” failed`,
      body: unclear
        ? 'A step was cut off, and nobody can tell whether it was done. Say whether it is to be done again.'
        : (run?.error ?? ''),
      href: `/ops/runs/${row.id}`,
      dedupeKey: unclear ? `unclear:${row.id}:${row.moves}` : `failed:${row.automation}:${hour}`,
    },
  ]
}

/** One for each person: the link decides as them, without a sign-in. */
async function questionNotices(
  { services, workspace }: Showing,
  questions: readonly QuestionRow[],
  people: Map<string, string[]>,
  kind: 'approval.asked' | 'approval.reminder',
): Promise<Notice[]> {
  const notices: Notice[] = []
  for (const { id, asked } of questions)
    for (const person of people.get(id) ?? [])
      notices.push({
        kind,
        to: [person],
        title:
          kind === 'approval.asked' ? `Please decide: ${asked.title}` : `Still to decide: ${asked.title}`,
        body: asked.body.slice(0, 500),
        href: await approvalLink(services, workspace.id, id, person, asked.until),
        dedupeKey: `${kind}:${id}:${person}`,
      })
  return notices
}
