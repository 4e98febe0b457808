/** Tabs of a dashboard on the builder, and the question the dashboard opens with. */
import { RANGE_LABELS, RANGE_PRESETS } from '../../../kit/calendar.ts'
import { Button } from '../../../views/button.tsx'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import { COMPARISONS } from '../domain/dashboard.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { Choice } from './dashboard-controls.tsx'
import { StepForm } from './dashboard-edit-widget.tsx'

type Tabs = readonly { id: string; name: string }[]

export function TabSwitch({ base, tabs, current }: { base: string; tabs: Tabs; current: string }) {
  if (tabs.length === 0) return null
  return (
    <nav class="mb-4 flex flex-wrap gap-2" aria-label="Tabs of the dashboard">
      {tabs.map((tab) => (
        <a
          href={`${base}/edit?tab=${tab.id}`}
          class={`btn btn-sm ${tab.id === current ? 'btn-primary' : 'border-base-300 bg-base-100'}`}
          aria-current={tab.id === current ? 'page' : undefined}
        >
          {tab.name}
        </a>
      ))}
    </nav>
  )
}

export function EditTabs({ dashboard, current }: { dashboard: Dashboard; current: string }) {
  const tabs = dashboard.settings.tabs ?? []
  return (
    <div class="flex flex-col gap-3">
      {tabs.map((tab) => (
        <div class="flex flex-wrap items-end gap-2">
          <StepForm dashboard={dashboard} tab={current} step="rename_tab" class="flex items-end gap-2">
            <input type="hidden" name="tab" value={tab.id} />
            <TabName value={tab.name} label={`Name of ${tab.name}`} />
            <Button small>Rename</Button>
          </StepForm>
          <StepForm dashboard={dashboard} tab={current} step="move_tab">
            <input type="hidden" name="tab" value={tab.id} />
            <Button small name="direction" value="left">
              <span aria-hidden="true">←</span>
              <span class="sr-only">Move {tab.name} left</span>
            </Button>
            <Button small name="direction" value="right">
              <span aria-hidden="true">→</span>
              <span class="sr-only">Move {tab.name} right</span>
            </Button>
          </StepForm>
          <StepForm dashboard={dashboard} tab={current} step="remove_tab">
            <input type="hidden" name="tab" value={tab.id} />
            <Button small>
              Remove<span class="sr-only"> {tab.name}</span>
            </Button>
          </StepForm>
        </div>
      ))}
      <StepForm dashboard={dashboard} tab={current} step="add_tab" class="flex items-end gap-2">
        <TabName value="" label="New tab" />
        <Button small>Add tab</Button>
      </StepForm>
    </div>
  )
}

function TabName({ value, label }: { value: string; label: string }) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span class="text-base-content/80">{label}</span>
      <input name="name" value={value} class="input input-sm w-40" required maxlength={40} />
    </label>
  )
}

export function EditOpening({ dashboard, tab }: { dashboard: Dashboard; tab: string }) {
  const query = dashboard.settings.query ?? {}
  return (
    <StepForm dashboard={dashboard} tab={tab} step="opening" class="flex flex-wrap items-end gap-2">
      <Choice
        label="Range"
        name="range"
        value={query.range ?? ''}
        options={[
          ['', 'Usual (last 30 days)'],
          ...RANGE_PRESETS.map((one): [string, string] => [one, RANGE_LABELS[one]]),
        ]}
      />
      <Choice
        label="Compare with"
        name="compare"
        value={query.compare ?? ''}
        options={[
          ['', 'As each widget says'],
          ...COMPARISONS.map((one): [string, string] => [one, COMPARISON_LABELS[one]]),
          ['none', 'Nothing'],
        ]}
      />
      <label class="flex flex-col gap-1 text-xs">
        <span class="text-base-content/80">Only (e.g. country:DE)</span>
        <input name="filter" value={query.filter ?? ''} class="input input-sm w-48" maxlength={200} />
      </label>
      <Button small>Save</Button>
    </StepForm>
  )
}
