/** What an alert would have done in the last year, on the business's own figures. */
import { Alert } from '../../../views/alert.tsx'
import { Card } from '../../../views/card.tsx'
import { Chart } from '../../../views/chart.tsx'
import { Day } from '../../../views/time.tsx'
import type { Verdict } from '../domain/alert-judge.ts'
import type { AlertReader } from '../domain/alert-words.ts'
import { verdictChart, wouldHaveWords } from './alert-words.ts'

export interface RehearsalProps {
  does: string
  kind: string
  metric: { name: string }
  reader: AlertReader
  verdicts: Verdict[]
  firings: (Verdict & { words: string })[]
  unknown: number
  waitingFor: string | null
  unknownFilter: string | null
}

const SHOWN = 20

export function RehearsalCard(props: RehearsalProps) {
  const { does, kind, metric, reader, verdicts, firings, unknown, waitingFor, unknownFilter } = props
  const newest = firings.toReversed().slice(0, SHOWN)
  return (
    <Card id="rehearsal" title={wouldHaveWords(firings.length)} lead={`${does}.`}>
      <div class="flex flex-col gap-4">
        {firings.length > 24 && (
          <Alert tone="warning" title="That is often.">
            People stop reading alerts that come every week. Try another value, or a lower sensitivity.
          </Alert>
        )}
        {unknown > 0 && (
          <p class="text-base-content/75 text-sm">
            Nothing can be said about {unknown} of {verdicts.length} periods: there is no value, or too little
            before them.
          </p>
        )}
        {unknownFilter && <Alert tone="warning">{unknownFilter}</Alert>}
        {waitingFor && <Alert tone="warning">{waitingFor}</Alert>}
        {newest.length > 0 && (
          <ul class="flex flex-col gap-1 text-sm">
            {newest.map((firing) => (
              <li class="flex flex-wrap gap-x-3">
                <span class="w-28 shrink-0 text-base-content/75">
                  <Day day={firing.period} locale={reader.locale} />
                </span>
                <span class="min-w-0 flex-1 basis-60">{firing.words}</span>
              </li>
            ))}
            {firings.length > SHOWN && (
              <li class="text-base-content/75">… and {firings.length - SHOWN} times before.</li>
            )}
          </ul>
        )}
        <Chart
          kind="line"
          id="rehearsal-chart"
          title={kind === 'quiet' ? `${metric.name} of the source` : metric.name}
          labelName="Period"
          data={verdictChart(kind === 'quiet' ? withoutLimit(verdicts) : verdicts, metric.name, reader)}
        />
      </div>
    </Card>
  )
}

/** The limit of a silence is in days: it has no place on the scale of the figures. */
const withoutLimit = (verdicts: readonly Verdict[]): Verdict[] =>
  verdicts.map((verdict) => ({ ...verdict, expected: null }))
