/**
 * A run without any effect: the same core as real runs, with waits that pass at once on a clock of its own, and whatever
 * would leave only written down. Events that are waited for do not come unless they are asked for.
 */
import type { BusinessTime } from '../../../kit/calendar.ts'
import { listsOf } from './definition.ts'
import type { ActionStep, Json, Step } from './definition-model.ts'
import { advanceRun, startRun } from './run.ts'
import type { Command, Entry, Happening, RunPhase, RunState, Transition } from './run-model.ts'
import { type Scope, scopeOf } from './run-scope.ts'

export interface RehearsedLine extends Entry {
  /** Milliseconds on the rehearsal's clock. */
  at: number
  /** What would leave; absent for lines that change nothing outside. */
  would?: string
}

export interface RehearsedEffect {
  output: Json
  why: string
  /** It would leave, or change something. */
  leaves: boolean
}

export interface RehearsalWish {
  steps: readonly Step[]
  trigger: Json
  /** Milliseconds. */
  now: number
  business: BusinessTime
  /** How approvals are answered. */
  decide: 'approved' | 'rejected'
  /** Events that are waited for come at once. */
  comes: boolean
  subject: string | null
  contact: string | null
  perform(step: ActionStep, input: Record<string, Json>, scope: Scope): Promise<RehearsedEffect | string>
}

export interface Rehearsal {
  phase: RunPhase
  error: string | null
  lines: RehearsedLine[]
  /** When its last line would be. */
  endsAt: number
  /** It would go on, but was looked at long enough. */
  cut: boolean
}

const MOST_MOVES = 400
const NO_THREAD = { id: -1, frames: [] }

interface Pending {
  due: number
  happening(): Promise<Happening>
}

export async function rehearse(wish: RehearsalWish): Promise<Rehearsal> {
  const lists = listsOf(wish.steps)
  const pending = new Map<string, Pending>()
  const lines: RehearsedLine[] = []
  let now = wish.now
  const settings = () => ({
    ...{ now, business: wish.business, chance: 0, runId: 'rehearsal', automationId: 'rehearsal' },
    ...{ subject: wish.subject, contact: wish.contact },
  })
  let run: RunState | null = null
  const take = ({ run: next, entries, commands }: Transition) => {
    run = next
    lines.push(...entries.map((entry) => ({ ...entry, at: now })))
    for (const command of commands) follow(command, now, pending, wish, () => run as RunState)
  }
  take(startRun(lists, wish.trigger, settings()))
  for (let move = 0; move < MOST_MOVES; move++) {
    const known = run as RunState | null
    if (known?.phase !== 'running') break
    const next = [...pending].sort(([, a], [, b]) => a.due - b.due)[0]
    if (!next) break
    const [key, { due, happening }] = next
    pending.delete(key)
    now = Math.max(now, due)
    take(advanceRun(lists, known, await happening(), settings()))
  }
  const ended = run as RunState | null
  const phase = ended?.phase ?? 'failed'
  return { phase, error: ended?.error ?? null, lines, endsAt: now, cut: phase === 'running' }
}

function follow(
  command: Command,
  now: number,
  pending: Map<string, Pending>,
  wish: RehearsalWish,
  run: () => RunState,
): void {
  const { key } = command
  const later = (due: number, happening: () => Promise<Happening>) => pending.set(key, { due, happening })
  switch (command.kind) {
    case 'perform':
      later(now, () => performed(command, wish, run()))
      return
    case 'wake':
      later(command.at, async () => ({ kind: 'woke', key }))
      return
    case 'listen':
      if (wish.comes) later(now, async () => ({ kind: 'arrived', key, event: {} }))
      else later(command.until, async () => ({ kind: 'woke', key }))
      return
    case 'ask':
      later(now, async () => ({
        ...{ kind: 'decided', key, verdict: wish.decide },
        output: { approved: wish.decide === 'approved', decisions: [], values: {} },
      }))
      return
    case 'drop':
      pending.delete(key)
  }
}

async function performed(
  { key, step, input, attempt }: Extract<Command, { kind: 'perform' }>,
  { perform }: RehearsalWish,
  run: RunState,
): Promise<Happening> {
  const open = run.open[key]
  const thread = run.threads.find(({ id }) => id === open?.thread) ?? NO_THREAD
  const done = await perform(step, input, scopeOf(run, thread))
  if (typeof done === 'string') return { kind: 'failed', key, attempt, error: done, retry: false }
  const why = done.leaves ? `Would: ${done.why}` : done.why
  return { kind: 'done', key, attempt, output: done.output, why }
}
