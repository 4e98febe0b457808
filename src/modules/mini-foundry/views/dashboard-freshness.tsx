/** How fresh a dashboard's numbers are, in one line. */
import { Time } from '../../../views/time.tsx'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { type Reader, rangeWords } from './dashboard-words.ts'

export function DashboardFreshness({ view, reader }: { view: DashboardView; reader: Reader }) {
  return (
    <p id="dashboard-freshness" class="text-base-content/75 text-sm">
      {rangeWords(view.range, reader)}
      {view.changedAt && (
        <>
          {' · '}data changed <Time at={view.changedAt} timeZone={reader.timeZone} locale={reader.locale} />
        </>
      )}
      {view.settling && ' · new data is being added up, figures will move'}
    </p>
  )
}
