/** What the last 30 days say of the next ones, as sentences. */
import type { Trigger } from './automation-model.ts'

export interface PastRuns {
  starts: number
  passed: number
  more: boolean
  effects: readonly { action: string; times: number; to: readonly string[] }[]
  rehearsed: number
  failed: number
  failure: string | null
}

/** `title`: of an action. */
export function forecastWords(trigger: Trigger, past: PastRuns, title: (action: string) => string): string[] {
  if (trigger.kind === 'manual') return ['It runs when somebody starts it, and never by itself.']
  if (trigger.kind === 'hook' || trigger.kind === 'form')
    return ['It runs as often as it is called; nobody can know how often that will be.']
  if (past.starts === 0)
    return [
      past.passed > 0
        ? `In the last 30 days it would not have run: ${past.passed} such events came, and none met its condition.`
        : 'In the last 30 days it would not have run: nothing of the kind has happened.',
    ]
  const times = past.more ? `at least ${past.starts}` : String(past.starts)
  const scale = past.rehearsed > 0 ? past.starts / past.rehearsed : 1
  return [
    `In the last 30 days it would have run ${times} ${past.starts === 1 ? 'time' : 'times'}, about ${perMonth(past.starts)} a month.`,
    ...past.effects.map((effect) => effectWords(effect, scale, title)),
    ...(past.failed > 0
      ? [
          `${Math.round(past.failed * scale)} of them would have failed: ${past.failure ?? 'no reason is known'}`,
        ]
      : []),
  ]
}

const perMonth = (starts: number): number => Math.round((starts / 30) * 30.4)

function effectWords(
  { action, times, to }: PastRuns['effects'][number],
  scale: number,
  title: (action: string) => string,
): string {
  const count = Math.round(times * scale)
  const people =
    to.length > 0
      ? `, to ${to.slice(0, 5).join(', ')}${to.length > 5 ? ` and ${to.length - 5} more` : ''}`
      : ''
  return `${title(action)}: ${count} ${count === 1 ? 'time' : 'times'}${people}.`
}
