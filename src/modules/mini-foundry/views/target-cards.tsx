/** Targets as cards: how far, how far it should be, and what is needed a day. */
import { dateFormat } from '../../../kit/format.ts'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { sayValue } from '../domain/alert-words.ts'
import type { MetricUnit } from '../domain/metrics.ts'
import type { Pace } from '../domain/target.ts'

export interface TargetLine {
  target: { metric: string; granularity: 'month' | 'quarter' | 'year'; period: string; value: string }
  metric: { name: string; unit: MetricUnit; lessIsBetter?: boolean }
  range: { from: string; to: string }
  value: number | null
  currency: string | null
  pace: Pace | null
}

const STATES: Record<Pace['state'], { words: string; tone: Tone }> = {
  ahead: { words: 'Ahead', tone: 'success' },
  on_track: { words: 'On track', tone: 'success' },
  behind: { words: 'Behind', tone: 'warning' },
  reached: { words: 'Reached', tone: 'success' },
  missed: { words: 'Missed', tone: 'error' },
}

const SHAPES: Record<Pace['shape'], string> = {
  year_before: 'in the rhythm of the same weeks a year before',
  weekdays: 'in the rhythm of your weekdays',
  even: 'with all days alike, until eight weeks are known',
}

export function TargetCards({
  targets,
  locale,
  mayWrite,
}: {
  targets: TargetLine[]
  locale: string
  mayWrite: boolean
}) {
  if (targets.length === 0) return null
  return (
    <div class="grid gap-4 lg:grid-cols-2">
      {targets.map((line) => (
        <TargetCard line={line} locale={locale} mayWrite={mayWrite} />
      ))}
    </div>
  )
}

function TargetCard({ line, locale, mayWrite }: { line: TargetLine; locale: string; mayWrite: boolean }) {
  const { target, metric, range, value, currency, pace } = line
  const say = (amount: number) => sayValue(amount, { unit: metric.unit, currency, locale })
  const dates = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const when = dates.formatRange(new Date(`${range.from}T00:00:00Z`), new Date(`${range.to}T00:00:00Z`))
  const goal = Number(target.value)
  const state = pace && value !== null ? STATES[pace.state] : null
  return (
    <Card title={metric.name} lead={when} actions={state && <Badge tone={state.tone}>{state.words}</Badge>}>
      <p class="font-semibold text-xl tabular-nums">
        {value === null ? 'No value yet' : say(value)}{' '}
        <span class="font-normal text-base text-base-content/75">of {say(goal)}</span>
      </p>
      {value !== null && goal > 0 && (
        <progress
          class="progress progress-primary mt-2 w-full"
          value={Math.max(0, Math.min(goal, value))}
          max={goal}
          aria-label={`${metric.name}: ${say(value)} of ${say(goal)}`}
        />
      )}
      {pace && value !== null && <p class="mt-2 text-base-content/80 text-sm">{paceWords(pace, say)}</p>}
      {mayWrite && (
        <form action="/foundry/targets" method="post" class="mt-3">
          <input type="hidden" name="metric" value={target.metric} />
          <input type="hidden" name="granularity" value={target.granularity} />
          <input type="hidden" name="period" value={target.period} />
          <Button small tone="ghost" name="remove" value="yes">
            Take it away
          </Button>
        </form>
      )}
    </Card>
  )
}

/** `Behind by $200: $4,200 should be there by now, …` */
export function paceWords(pace: Pace, say: (value: number) => string): string {
  const { state, ahead, expected, neededPerDay, daysLeft, projected, shape } = pace
  const days = `${daysLeft} day${daysLeft === 1 ? '' : 's'}`
  if (daysLeft === 0)
    return state === 'reached' ? 'The period is over, and the target was reached.' : 'The period is over.'
  const off =
    state === 'behind' || state === 'ahead'
      ? `${say(Math.abs(ahead))} ${ahead < 0 ? 'less' : 'more'} than by now: `
      : ''
  const needed = neededPerDay === null ? '' : ` ${say(neededPerDay)} a day for ${days} reaches it.`
  const end = projected === null ? '' : ` At this pace it will be ${say(projected)}.`
  return `${off}${say(expected)} were to be expected to the end of yesterday, ${SHAPES[shape]}.${needed}${end}`
}
