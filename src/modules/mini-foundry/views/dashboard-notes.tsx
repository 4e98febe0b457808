/** What to know before reading the numbers of a dashboard. */
import { Alert } from '../../../views/alert.tsx'
import { Day } from '../../../views/time.tsx'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { queryString } from '../domain/dashboard-query.ts'
import { asOfWords, figure, type Reader } from './dashboard-words.ts'

export function DashboardNotes({ view, reader }: { view: DashboardView; reader: Reader }) {
  const left = withoutRate(view, reader)
  const today = queryString({ ...view.query, asOf: null })
  return (
    <div id="dashboard-notes" class="flex flex-col gap-3 empty:hidden not-empty:mb-4">
      {view.query.asOf && (
        <Alert tone="info">
          {asOfWords(view.query.asOf, reader)}{' '}
          <a class="link" href={`/foundry/dashboards/${view.dashboard.id}?${today}`}>
            Back to today
          </a>
        </Alert>
      )}
      {countsToday(view) && (
        <p class="text-base-content/75 text-xs">
          Today, <Day day={view.calendar.today} locale={reader.locale} />, counts so far
          {comparesDays(view) && ', beside whole days where it is compared'}.
        </p>
      )}
      {view.dataIsOld && view.known.last && (
        <Alert tone="info">
          The newest sale is of <Day day={view.known.last} locale={reader.locale} />, so this shows the 12
          months up to it.
        </Alert>
      )}
      {hasSampleAndOwn(view) && (
        <Alert tone="warning" title="Sample data is counted beside your own">
          These figures hold made-up sales.{' '}
          <a class="link" href="/foundry/sources">
            Remove the sample data
          </a>
          , or leave it out of sales there.
        </Alert>
      )}
      {left.length > 0 && (
        <Alert tone="warning" title="Some sales are in a currency without a known exchange rate">
          {left.join(' and ')} of revenue in this range {left.length > 1 ? 'are' : 'is'} left out of the
          amounts below. They are counted as soon as rates for their days are known.
        </Alert>
      )}
    </div>
  )
}

/** A day that is looked back at was over. */
const countsToday = ({ query, range, calendar }: DashboardView): boolean =>
  query.asOf === null && range.to >= calendar.today && range.from <= calendar.today

const comparesDays = ({ widgets }: DashboardView): boolean =>
  widgets.some(({ answers }) => answers.some(({ compare }) => compare !== undefined))

const hasSampleAndOwn = ({ sources }: DashboardView): boolean => {
  const counted = sources.filter(({ counts_as_sales }) => counts_as_sales === 1)
  return new Set(counted.map(({ is_demo }) => is_demo)).size > 1
}

/** Revenue that could not be converted, by currency; the same answer stands behind several widgets. */
function withoutRate(view: DashboardView, reader: Reader): string[] {
  const answer = view.widgets
    .flatMap(({ answers }) => answers)
    .find(({ metric, unconverted }) => metric === 'revenue' && unconverted !== undefined)
  return (answer?.unconverted ?? []).map(({ currency, total }) =>
    figure({ unit: 'money', currency }, total, reader),
  )
}
