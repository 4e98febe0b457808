/** One widget on the builder's grid, and the gallery of kinds to add. */
import type { Child } from 'hono/jsx'
import { WIDGET_KINDS, type Widget, type WidgetPlace } from '../domain/dashboard.ts'
import { KIND_WORDS } from '../domain/dashboard-edit-steps.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { KindPicture } from './dashboard-edit-pictures.tsx'
import { SPANS } from './dashboard-widget.tsx'

/** A form that takes one step. `version` refuses to overwrite what somebody else did meanwhile. */
export function StepForm({
  dashboard,
  tab,
  step,
  place = false,
  class: className = 'contents',
  children,
}: {
  dashboard: Dashboard
  tab: string
  step: string
  /** The form that dragging submits. */
  place?: boolean
  class?: string
  children: Child
}) {
  return (
    <form
      action={`/foundry/dashboards/${dashboard.id}/step`}
      method="post"
      class={className}
      {...(place ? { 'data-builder-place': '' } : {})}
    >
      <input type="hidden" name="step" value={step} />
      <input type="hidden" name="version" value={String(dashboard.version)} />
      <input type="hidden" name="on_tab" value={tab} />
      {children}
    </form>
  )
}

const MOVES = [
  ['up', '↑', 'Move up'],
  ['down', '↓', 'Move down'],
  ['left', '←', 'Move left'],
  ['right', '→', 'Move right'],
] as const
const SIZES = [
  ['wider', 'W+', 'Wider'],
  ['narrower', 'W−', 'Narrower'],
  ['taller', 'H+', 'Taller'],
  ['shorter', 'H−', 'Shorter'],
] as const

const TINY = 'btn btn-xs border-base-300 bg-base-100'

const DEEDS = [
  ['duplicate', 'Duplicate'],
  ['remove', 'Remove'],
] as const

export function EditTile({
  dashboard,
  widget,
  place,
  tab,
}: {
  dashboard: Dashboard
  widget: Widget
  place: WidgetPlace
  tab: string
}) {
  const hidden = <input type="hidden" name="widget" value={widget.id} />
  return (
    <section
      class={`grid-stack-item col-span-12 ${SPANS[place.w]}`}
      tabindex={0}
      aria-label={widget.title}
      id={`tile-${widget.id}`}
      {...{ 'gs-id': widget.id, 'gs-x': place.x, 'gs-y': place.y, 'gs-w': place.w, 'gs-h': place.h }}
    >
      <div class="grid-stack-item-content flex flex-col gap-2 rounded-box border border-base-300 bg-base-100 p-3">
        <div class="flex cursor-move items-center gap-2" data-builder-handle>
          <KindPicture kind={widget.kind} />
          <h2 class="min-w-0 flex-1 truncate font-semibold text-sm">{widget.title}</h2>
        </div>
        <p class="truncate text-base-content/75 text-xs">
          {KIND_WORDS[widget.kind].name}
          {widget.metrics.length > 0 && `: ${widget.metrics.join(', ').replaceAll('_', ' ')}`}
        </p>
        <div class="flex flex-wrap gap-1">
          <StepForm dashboard={dashboard} tab={tab} step="move">
            {hidden}
            {MOVES.map((move) => (
              <TinyButton name="direction" words={move} title={widget.title} />
            ))}
          </StepForm>
          <StepForm dashboard={dashboard} tab={tab} step="resize">
            {hidden}
            {SIZES.map((size) => (
              <TinyButton name="sizing" words={size} title={widget.title} />
            ))}
          </StepForm>
        </div>
        <div class="flex flex-wrap gap-1">
          <a href={`/foundry/dashboards/${dashboard.id}/widgets/${widget.id}`} class={TINY}>
            Configure<span class="sr-only"> {widget.title}</span>
          </a>
          {DEEDS.map(([step, label]) => (
            <StepForm dashboard={dashboard} tab={tab} step={step}>
              {hidden}
              <button type="submit" class={TINY}>
                {label}
                <span class="sr-only"> {widget.title}</span>
              </button>
            </StepForm>
          ))}
        </div>
      </div>
    </section>
  )
}

function TinyButton({
  name,
  words: [value, sign, label],
  title,
}: {
  name: string
  words: readonly [string, string, string]
  title: string
}) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      class={TINY}
      aria-label={`${label}: ${title}`}
      title={label}
    >
      {sign}
    </button>
  )
}

export function Gallery({ dashboard, tab }: { dashboard: Dashboard; tab: string }) {
  return (
    <StepForm
      dashboard={dashboard}
      tab={tab}
      step="add"
      class="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-5"
    >
      {tab && <input type="hidden" name="tab" value={tab} />}
      {WIDGET_KINDS.map((kind) => (
        <button
          type="submit"
          name="kind"
          value={kind}
          class="flex flex-col items-start gap-1 rounded-box border border-base-300 bg-base-100 p-3 text-left hover:border-primary"
        >
          <KindPicture kind={kind} />
          <span class="font-semibold text-sm">{KIND_WORDS[kind].name}</span>
          <span class="text-base-content/75 text-xs">{KIND_WORDS[kind].about}</span>
        </button>
      ))}
    </StepForm>
  )
}
