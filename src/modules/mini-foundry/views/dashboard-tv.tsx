/** A dashboard alone on a screen: for a wall, or for a visitor of a link. */
import type { DashboardView } from '../domain/dashboard-model.ts'
import { queryString } from '../domain/dashboard-query.ts'
import { WidgetGrid } from './dashboard-page.tsx'
import { asOfWords, type Reader, rangeWords } from './dashboard-words.ts'

const SECONDS_A_TAB = 30

/** `live`: with a socket and tabs that take turns. A refresh that the page asks for needs no script. */
export function DashboardScreen({
  view,
  reader: person,
  tab,
  live,
}: {
  view: DashboardView
  reader: Reader
  tab: string
  live: boolean
}) {
  const { dashboard } = view
  const reader = live ? person : { ...person, guest: true }
  const tabs = dashboard.settings.tabs ?? []
  const at = Math.max(
    0,
    tabs.findIndex(({ id }) => id === tab),
  )
  const next = tabs[(at + 1) % Math.max(1, tabs.length)]
  const query = queryString(view.query)
  const base = `/foundry/dashboards/${dashboard.id}`
  return (
    <div
      data-theme={live ? 'dark' : undefined}
      class={live ? 'bg-base-200 p-4 text-base-content' : undefined}
    >
      {live && tabs.length > 1 && next && (
        <meta
          http-equiv="refresh"
          content={`${SECONDS_A_TAB};url=${base}/tv?${query ? `${query}&` : ''}tab=${next.id}`}
        />
      )}
      <header class="mb-4 flex flex-wrap items-baseline gap-3">
        <h1 class="font-semibold text-2xl">{dashboard.name}</h1>
        <p class="text-base-content/75">
          {rangeWords(view.range, reader)}
          {view.query.asOf && ` · ${asOfWords(view.query.asOf, reader)}`}
          {tabs[at] && tabs.length > 1 && ` · ${tabs[at].name}`}
        </p>
        {live && (
          <a href={base} class="link ml-auto text-sm">
            Leave full screen
          </a>
        )}
      </header>
      {live && (
        <div
          id="live-line"
          hidden
          {...{ 'hx-ws:connect': `/live?kind=dashboard&id=${dashboard.id}${query ? `&${query}` : ''}` }}
        />
      )}
      {live || tabs.length === 0 ? (
        <WidgetGrid view={view} reader={reader} tab={tab} />
      ) : (
        tabs.map(({ id, name }) => (
          <section class="mb-6" aria-label={name}>
            <h2 class="mb-2 font-semibold text-lg">{name}</h2>
            <WidgetGrid view={view} reader={reader} tab={id} />
          </section>
        ))
      )}
    </div>
  )
}
