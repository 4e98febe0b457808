/** The builder: the widgets of a tab on their grid, each with buttons for what dragging does. */
import type { FieldError } from '../../../platform/result.ts'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { inReadingOrder, tabOf } from '../domain/dashboard-edit-layout.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { EditOpening, EditTabs, TabSwitch } from './dashboard-edit-tabs.tsx'
import { EditTile, Gallery, StepForm } from './dashboard-edit-widget.tsx'

export interface BuilderProps {
  dashboard: Dashboard
  undo: number
  redo: number
  /** Id of the tab on the desk; '' when there are no tabs. */
  tab: string
  errors?: FieldError[]
}

export function DashboardBuilder({ dashboard, undo, redo, tab, errors }: BuilderProps) {
  const base = `/foundry/dashboards/${dashboard.id}`
  const tabs = dashboard.settings.tabs ?? []
  const current = tabs.find(({ id }) => id === tab)?.id ?? tabs[0]?.id ?? ''
  const here = dashboard.widgets.filter((widget) => tabOf(widget, tabs) === current)
  const order = inReadingOrder(dashboard.layout.filter(({ id }) => here.some((widget) => widget.id === id)))
  return (
    <>
      <PageHeader
        title={`Build ${dashboard.name}`}
        crumbs={[
          { href: '/foundry/dashboards', label: 'Dashboards' },
          { href: base, label: dashboard.name },
        ]}
        lead="Drag widgets by their title, or use the buttons, or the arrow keys (with Shift: the size). Each step is saved at once and can be taken back."
        actions={
          <>
            <TurnBack base={base} version={dashboard.version} step="undo" depth={undo} />
            <TurnBack base={base} version={dashboard.version} step="redo" depth={redo} />
            <LinkButton href={`${base}/settings`} small icon="settings">
              Name, default, delete
            </LinkButton>
            <LinkButton href={base} small tone="primary" icon="check">
              Done
            </LinkButton>
          </>
        }
      />
      {errors && <ErrorSummary errors={errors} />}
      <p class="sr-only" aria-live="polite" data-builder-voice />
      <TabSwitch base={base} tabs={tabs} current={current} />
      {order.length === 0 && <p class="my-6 text-base-content/75">Nothing here yet: add a widget below.</p>}
      <div class="grid grid-cols-12 gap-3" data-builder>
        {order.map((place) => {
          const widget = here.find(({ id }) => id === place.id)
          return widget && <EditTile dashboard={dashboard} widget={widget} place={place} tab={current} />
        })}
      </div>
      <StepForm dashboard={dashboard} tab={current} step="place" place>
        <input type="hidden" name="layout" value="[]" />
      </StepForm>
      <div class="mt-6 flex flex-col gap-4">
        <Card title="Add a widget">
          <Gallery dashboard={dashboard} tab={current} />
        </Card>
        <div class="grid gap-4 lg:grid-cols-2">
          <Card title="Tabs" lead="More than fits on one screen? Spread it over tabs.">
            <EditTabs dashboard={dashboard} current={current} />
          </Card>
          <Card title="Opens with" lead="Range, comparison and filter when nobody chooses otherwise.">
            <EditOpening dashboard={dashboard} tab={current} />
          </Card>
        </div>
      </div>
      <link rel="stylesheet" href="/js/gridstack.css" />
      <script type="module" src="/js/builder.js" />
    </>
  )
}

function TurnBack({
  base,
  version,
  step,
  depth,
}: {
  base: string
  version: number
  step: 'undo' | 'redo'
  depth: number
}) {
  return (
    <form action={`${base}/${step}`} method="post" {...{ [`data-builder-${step}`]: '' }}>
      <input type="hidden" name="version" value={String(version)} />
      <Button small disabled={depth === 0}>
        {step === 'undo' ? 'Undo' : 'Redo'}
        <span class="sr-only"> ({depth} steps)</span>
      </Button>
    </form>
  )
}
