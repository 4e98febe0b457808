/** One step of building a dashboard, as forms, keys and dragging send it, and what it makes of the dashboard. */
import * as z from 'zod'
import { invalid, ok, type Result } from '../../../platform/result.ts'
import {
  type DashboardSettings,
  placeSchema,
  WIDGET_KINDS,
  type Widget,
  type WidgetPlace,
  widgetSchema,
} from './dashboard.ts'
import {
  DIRECTIONS,
  movePlace,
  placeBelow,
  resizePlace,
  SIZINGS,
  settle,
  tabOf,
} from './dashboard-edit-layout.ts'
import { arrange } from './template-parts.ts'

/** What can be taken back: everything about a dashboard but whose default it is. */
export interface DashboardState {
  name: string
  widgets: Widget[]
  layout: WidgetPlace[]
  settings: DashboardSettings
}

const id = z.string().max(40)
const tabName = z.string().trim().min(1, 'Give the tab a name.').max(40)

export const dashboardStepSchema = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('move'), widget: id, direction: z.enum(DIRECTIONS) }),
  z.strictObject({ step: z.literal('resize'), widget: id, sizing: z.enum(SIZINGS) }),
  z.strictObject({ step: z.literal('place'), layout: z.array(placeSchema).max(40) }),
  z.strictObject({
    step: z.literal('add'),
    id,
    kind: z.enum(WIDGET_KINDS),
    tab: id.optional(),
  }),
  /** A widget that is finished already. */
  z.strictObject({ step: z.literal('put'), widget: widgetSchema }),
  z.strictObject({ step: z.literal('configure'), widget: widgetSchema }),
  z.strictObject({ step: z.literal('duplicate'), widget: id, id }),
  z.strictObject({ step: z.literal('remove'), widget: id }),
  z.strictObject({ step: z.literal('add_tab'), id, name: tabName }),
  z.strictObject({ step: z.literal('rename_tab'), tab: id, name: tabName }),
  z.strictObject({ step: z.literal('move_tab'), tab: id, direction: z.enum(['left', 'right']) }),
  z.strictObject({ step: z.literal('remove_tab'), tab: id }),
  z.strictObject({ step: z.literal('rename'), name: z.string().trim().min(1, 'Give it a name.').max(80) }),
  z.strictObject({
    step: z.literal('opening'),
    query: z.record(z.string().max(20), z.string().max(200)),
  }),
])
export type DashboardStep = z.infer<typeof dashboardStepSchema>

const MOST_WIDGETS = 40
const MOST_TABS = 12

/** The dashboard after the step; the layout holds each widget once and nothing overlaps on any tab. */
export function takeStep(state: DashboardState, step: DashboardStep): Result<DashboardState> {
  switch (step.step) {
    case 'rename':
      return ok({ ...state, name: step.name })
    case 'opening':
      return ok({ ...state, settings: { ...state.settings, query: step.query } })
    case 'place':
      return finish({ ...state, layout: mergePlaces(state.layout, step.layout) })
    case 'add_tab':
    case 'rename_tab':
    case 'move_tab':
    case 'remove_tab':
      return stepTabs(state, step)
    case 'add':
      return addWidget(state, newWidget(step.id, step.kind, step.tab))
    case 'put':
      return whyUnfit(step.widget) ?? addWidget(state, step.widget)
    default:
      return stepWidget(state, step)
  }
}

/** Puts each tab's widgets in order. Also for what callers of the API send. */
export function tidy(state: DashboardState, first: string | null = null): DashboardState {
  const tabs = state.settings.tabs ?? []
  const known = new Map(state.widgets.map((widget) => [widget.id, tabOf(widget, tabs)]))
  const layout = [...new Set(known.values())].flatMap((tab) =>
    settle(
      state.layout.filter((place) => known.get(place.id) === tab),
      first,
    ),
  )
  return { ...state, layout }
}

function stepWidget(
  state: DashboardState,
  step: Extract<DashboardStep, { step: 'move' | 'resize' | 'configure' | 'duplicate' | 'remove' }>,
): Result<DashboardState> {
  const wanted = step.step === 'configure' ? step.widget.id : step.widget
  const known = state.widgets.find((widget) => widget.id === wanted)
  if (!known) return refuse('widget', 'This widget is not on the dashboard any more. Reload the page.')
  const tabs = state.settings.tabs ?? []
  const onTab = new Set(
    state.widgets.filter((w) => tabOf(w, tabs) === tabOf(known, tabs)).map((widget) => widget.id),
  )
  const here = state.layout.filter((place) => onTab.has(place.id))
  switch (step.step) {
    case 'move':
      return finish({
        ...state,
        layout: mergePlaces(state.layout, movePlace(here, known.id, step.direction)),
      })
    case 'resize':
      return finish({ ...state, layout: mergePlaces(state.layout, resizePlace(here, known.id, step.sizing)) })
    case 'configure': {
      const problem = whyUnfit(step.widget)
      if (problem) return problem
      const widgets = state.widgets.map((widget) => (widget.id === known.id ? step.widget : widget))
      return finish({ ...state, widgets })
    }
    case 'duplicate': {
      const title = `${known.title.slice(0, 73)} (copy)`
      const place = state.layout.find((one) => one.id === known.id)
      return addWidget(state, { ...known, id: step.id, title }, place)
    }
    case 'remove':
      return finish({
        ...state,
        widgets: state.widgets.filter((widget) => widget.id !== known.id),
        layout: state.layout.filter((place) => place.id !== known.id),
      })
  }
}

/** Pictures of parts need to know the parts; a widget of numbers needs a metric. */
function whyUnfit(widget: Widget): Result<never> | null {
  if (['bar', 'table'].includes(widget.kind) && !widget.group_by)
    return refuse('group_by', 'Choose by what to split: this kind of widget shows parts.')
  if (widget.kind === 'text' && !widget.text?.trim()) return refuse('text', 'Write the text to show.')
  const needs = !['text', 'activity', 'cohort'].includes(widget.kind)
  if (needs && widget.metrics.length === 0) return refuse('metrics', 'Choose at least one metric.')
  return null
}

function addWidget(state: DashboardState, widget: Widget, like?: WidgetPlace): Result<DashboardState> {
  if (state.widgets.length >= MOST_WIDGETS)
    return refuse('widgets', `A dashboard holds at most ${MOST_WIDGETS} widgets. Remove one first.`)
  if (state.widgets.some((other) => other.id === widget.id))
    return refuse('id', 'There is a widget of this id already.')
  const tabs = state.settings.tabs ?? []
  const size = like ?? arrange([widget])[0] ?? { w: 6, h: 4 }
  const onTab = new Set(
    state.widgets.filter((w) => tabOf(w, tabs) === tabOf(widget, tabs)).map((one) => one.id),
  )
  const here = state.layout.filter((place) => onTab.has(place.id))
  return finish({
    ...state,
    widgets: [...state.widgets, widget],
    layout: [...state.layout, placeBelow(here, widget.id, size.w, size.h)],
  })
}

function stepTabs(
  state: DashboardState,
  step: Extract<DashboardStep, { step: 'add_tab' | 'rename_tab' | 'move_tab' | 'remove_tab' }>,
): Result<DashboardState> {
  const tabs = state.settings.tabs ?? []
  const save = (next: typeof tabs, widgets = state.widgets) =>
    finish({ ...state, widgets, settings: { ...state.settings, tabs: next } })
  if (step.step === 'add_tab') {
    if (tabs.length >= MOST_TABS) return refuse('tabs', `A dashboard has at most ${MOST_TABS} tabs.`)
    // what is there already needs a tab to stand on
    const before = tabs.length === 0 ? [{ id: 'first', name: 'Overview' }] : tabs
    if (before.some((tab) => tab.id === step.id)) return refuse('id', 'There is a tab of this id already.')
    return save([...before, { id: step.id, name: step.name }])
  }
  const at = tabs.findIndex((tab) => tab.id === step.tab)
  const tab = tabs[at]
  if (!tab) return refuse('tab', 'This tab is not there any more. Reload the page.')
  if (step.step === 'rename_tab') return save(tabs.with(at, { ...tab, name: step.name }))
  if (step.step === 'move_tab') {
    const rest = tabs.toSpliced(at, 1)
    // widgets without a tab stand on the first one: they must not change theirs
    const held = state.widgets.map((widget) => ({ ...widget, tab: tabOf(widget, tabs) }))
    return save(rest.toSpliced(Math.max(0, at + (step.direction === 'left' ? -1 : 1)), 0, tab), held)
  }
  if (state.widgets.some((widget) => tabOf(widget, tabs) === tab.id) && tabs.length > 1)
    return refuse('tab', 'Move or remove the widgets of this tab first.')
  const left = tabs.toSpliced(at, 1)
  const widgets = state.widgets.map((widget) => ({
    ...widget,
    tab: left.length > 1 ? tabOf(widget, tabs) : undefined,
  }))
  return save(left.length > 1 ? left : [], widgets)
}

function finish(state: DashboardState): Result<DashboardState> {
  const tidied = tidy(state)
  if (tidied.layout.some(({ y }) => y > 200))
    return refuse('layout', 'This tab is as long as a tab may be. Put the widget on another tab.')
  return ok(tidied)
}

/** Places that were sent win; others stay as they are. */
function mergePlaces(known: readonly WidgetPlace[], sent: readonly WidgetPlace[]): WidgetPlace[] {
  const places = new Map(sent.map((place) => [place.id, place]))
  return known.map((place) => places.get(place.id) ?? place)
}

const PARTED = new Set(['bar', 'stacked', 'donut', 'table', 'map'])

/** A widget that shows something at once; it is configured afterwards. */
function newWidget(widgetId: string, kind: Widget['kind'], tab: string | undefined): Widget {
  const group = kind === 'map' ? 'country' : PARTED.has(kind) ? 'product' : undefined
  return {
    id: widgetId,
    kind,
    title: KIND_WORDS[kind].name,
    metrics: ['text', 'activity', 'cohort'].includes(kind) ? [] : ['revenue'],
    ...(group && { group_by: group }),
    ...(['number', 'line', 'area'].includes(kind) && { compare: 'previous_period' as const }),
    ...(kind === 'text' && { text: 'Write here what the numbers mean.' }),
    ...(tab && { tab }),
  }
}

/** What each kind of widget is called and good for. */
export const KIND_WORDS: Record<Widget['kind'], { name: string; about: string }> = {
  number: { name: 'Number', about: 'One figure, its change and its course' },
  line: { name: 'Line', about: 'How figures move over time' },
  area: { name: 'Area', about: 'The same, filled: for amounts' },
  bar: { name: 'Bars', about: 'The largest parts side by side' },
  stacked: { name: 'Stacked bars', about: 'Parts of a whole over time' },
  donut: { name: 'Donut', about: 'A few parts of one whole' },
  table: { name: 'Table', about: 'Several figures for each part' },
  heat_map: { name: 'Heat map', about: 'Which weekdays and times are strong' },
  funnel: { name: 'Funnel', about: 'How many go on, step by step' },
  cohort: { name: 'Cohorts', about: 'How many customers come back' },
  map: { name: 'Map', about: 'Figures by country or US state' },
  goal: { name: 'Goal', about: 'How far along to a target' },
  text: { name: 'Text', about: 'A note, a heading, a link' },
  activity: { name: 'Activity', about: 'What happened last' },
}

const refuse = (path: string, message: string): Result<never> => invalid([{ path, message }], message)
