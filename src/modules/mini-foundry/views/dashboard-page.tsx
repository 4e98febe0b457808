/** A dashboard: its controls, its widgets, and a live line to the data. */
import { Button, LinkButton } from '../../../views/button.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { CommentsSlot } from '../../workspace/views/panel-slot.tsx'
import { tabOf } from '../domain/dashboard-edit-layout.ts'
import type { DashboardView, OpenDashboard } from '../domain/dashboard-model.ts'
import { queryString } from '../domain/dashboard-query.ts'
import { DashboardControls } from './dashboard-controls.tsx'
import { DashboardFreshness } from './dashboard-freshness.tsx'
import { DashboardNotes } from './dashboard-notes.tsx'
import { DashboardRemarks } from './dashboard-remarks.tsx'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { WidgetCard } from './dashboard-widget.tsx'
import type { Reader } from './dashboard-words.ts'

export interface DashboardPageProps {
  view: OpenDashboard
  reader: Reader
  mayWrite: boolean
  /** Id of the tab to show; any other word: the first. */
  tab?: string
}

export function DashboardPage({ view, reader, mayWrite, tab = '' }: DashboardPageProps) {
  const { dashboard, known } = view
  const mine = view.mine === dashboard.id
  return (
    <>
      <FoundryTabs current="dashboards" />
      <PageHeader
        title={dashboard.name}
        lead={<DashboardFreshness view={view} reader={reader} />}
        actions={
          <>
            <LinkButton href="/foundry/dashboards" small icon="list">
              All dashboards
            </LinkButton>
            <LinkButton href={`/foundry/dashboards/${dashboard.id}/tv`} small>
              Full screen
            </LinkButton>
            <LinkButton href={pdfHref(view)} small download>
              PDF
            </LinkButton>
            <form action={`/foundry/dashboards/${dashboard.id}/mine`} method="post">
              <Button small name="mine" value={mine ? 'no' : 'yes'}>
                {mine ? 'Not my default any more' : 'Make it my default'}
              </Button>
            </form>
            {mayWrite && (
              <LinkButton href={`/foundry/dashboards/${dashboard.id}/share`} small>
                Share and export
              </LinkButton>
            )}
            {mayWrite && (
              <LinkButton href={`/foundry/dashboards/${dashboard.id}/edit`} small icon="edit">
                Change
              </LinkButton>
            )}
          </>
        }
      />
      <LiveLine view={view} />
      {known.first === null ? (
        <NoData mayWrite={mayWrite} />
      ) : (
        <>
          <Numbers view={view} reader={reader} tab={tab} />
          <DashboardRemarks view={view} reader={reader} mayWrite={mayWrite} tab={tab} />
        </>
      )}
      <div class="mt-6">
        <CommentsSlot subjectType="dashboard" subjectId={dashboard.id} />
      </div>
    </>
  )
}

/** The same question as on the page, on paper. */
function pdfHref(view: DashboardView): string {
  const query = queryString(view.query)
  return `/foundry/dashboards/${view.dashboard.id}/pdf${query ? `?${query}` : ''}`
}

/** Opens the socket; what comes over it names its own places on the page. */
function LiveLine({ view }: { view: DashboardView }) {
  const query = queryString(view.query)
  const address = `/live?kind=dashboard&id=${view.dashboard.id}${query ? `&${query}` : ''}`
  return <div id="live-line" hidden {...{ 'hx-ws:connect': address }} />
}

function Numbers({ view, reader, tab }: { view: OpenDashboard; reader: Reader; tab: string }) {
  return (
    <>
      <ViewTabs view={view} tab={tab} />
      <DashboardControls view={view} reader={reader} tab={tab} />
      <DashboardNotes view={view} reader={reader} />
      <WidgetGrid view={view} reader={reader} tab={tab} />
    </>
  )
}

/** One column in reading order on a phone, 12 on a wide screen. */
export function WidgetGrid({ view, reader, tab }: { view: DashboardView; reader: Reader; tab: string }) {
  const tabs = view.dashboard.settings.tabs ?? []
  const current = tabs.find(({ id }) => id === tab)?.id ?? tabs[0]?.id ?? ''
  const places = new Map(view.dashboard.layout.map((place) => [place.id, place.y * 12 + place.x]))
  const items = view.widgets
    .filter(({ widget }) => tabOf(widget, tabs) === current)
    .toSorted((a, b) => (places.get(a.widget.id) ?? 0) - (places.get(b.widget.id) ?? 0))
  return (
    <div class="grid grid-cols-12 gap-3 sm:gap-4">
      {items.map((item) => (
        <WidgetCard item={item} view={view} reader={reader} />
      ))}
    </div>
  )
}

function ViewTabs({ view, tab }: { view: DashboardView; tab: string }) {
  const tabs = view.dashboard.settings.tabs ?? []
  const current = tabs.find(({ id }) => id === tab)?.id ?? tabs[0]?.id
  if (tabs.length === 0) return null
  const query = queryString(view.query)
  return (
    <nav class="mb-4 flex flex-wrap gap-2" aria-label="Tabs of the dashboard">
      {tabs.map(({ id, name }) => (
        <a
          href={`/foundry/dashboards/${view.dashboard.id}?${query ? `${query}&` : ''}tab=${id}`}
          class={`btn btn-sm ${id === current ? 'btn-primary' : 'border-base-300 bg-base-100'}`}
          aria-current={id === current ? 'page' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  )
}

function NoData({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      icon="chart"
      title="Your numbers appear here"
      text={
        mayWrite
          ? 'Bring in your orders: a CSV file from your shop or spreadsheet is enough, and the columns are recognised for you. Or connect Stripe, or look around with sample data first.'
          : 'As soon as someone with the right to add data imports orders or connects a source.'
      }
      actions={
        mayWrite && (
          <>
            <LinkButton href="/foundry/imports/new" tone="primary" icon="upload">
              Import orders
            </LinkButton>
            <LinkButton href="/foundry/sources" icon="plug">
              Connect a source or try sample data
            </LinkButton>
          </>
        )
      }
    />
  )
}
