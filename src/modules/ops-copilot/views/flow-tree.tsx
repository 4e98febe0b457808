/** The steps of an automation as a tree of cards: to read, to edit, or with the path of a run lit up. */
import type { Child } from 'hono/jsx'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Icon, type IconName } from '../../../views/icon.tsx'
import { branchesOf } from '../domain/definition.ts'
import type { Step } from '../domain/definition-model.ts'
import { type Names, stepDetail, stepTitle } from './words.ts'

export interface TreeMark {
  label: string
  tone: Tone
  why: string
}

export interface FlowTreeProps {
  steps: readonly Step[]
  names: Names
  /** Buttons of a step, and what stands between two; null: to read only. */
  edit?: {
    controls(step: Step, place: { list: string; at: number; of: number }): Child
    gap(list: string, at: number): Child
  }
  /** By id of the step: what a run did there. */
  marks?: ReadonlyMap<string, TreeMark>
  /** By id of the step: what is wrong with it. */
  problems?: ReadonlyMap<string, { message: string; severity: 'error' | 'warning' }[]>
}

const ICONS: Record<Step['kind'], IconName> = {
  action: 'check',
  if: 'updown',
  switch: 'updown',
  each: 'refresh',
  parallel: 'menu',
  wait: 'clock',
  wait_event: 'clock',
  approval: 'user',
  set: 'edit',
  stop: 'close',
}

export function FlowTree(props: FlowTreeProps) {
  return <FlowList {...props} list="" label="Steps" />
}

function FlowList({ list, label, ...props }: FlowTreeProps & { list: string; label: string }) {
  const { steps, edit } = props
  return (
    <ol class="flow-list" data-flow-list={edit ? list : undefined} aria-label={label}>
      {steps.map((step, at) => (
        <li class="flow-item" data-flow-step={edit ? step.id : undefined}>
          {edit?.gap(list, at)}
          <FlowStep {...props} step={step} place={{ list, at, of: steps.length }} />
        </li>
      ))}
      {edit ? (
        <li class="flow-item flow-end">{edit.gap(list, steps.length)}</li>
      ) : (
        steps.length === 0 && (
          <li class="px-3 py-2 text-base-content/75 text-sm">Nothing; it goes on below.</li>
        )
      )}
    </ol>
  )
}

function FlowStep(props: FlowTreeProps & { step: Step; place: { list: string; at: number; of: number } }) {
  const { step, place, edit, marks, problems } = props
  const mark = marks?.get(step.id)
  const faults = problems?.get(step.id) ?? []
  const branches = shownBranches(step, edit !== undefined)
  const lit = mark ? 'flow-lit' : marks ? 'flow-dim' : ''
  return (
    <article
      class={`flow-card ${lit} ${step.off ? 'flow-off' : ''}`}
      id={`step-${step.id}`}
      aria-label={stepTitle(step, props.names)}
    >
      <div class="flex flex-wrap items-start gap-3">
        <span
          class="mt-0.5 grid size-8 shrink-0 place-items-center rounded-full bg-primary/10 text-primary"
          data-flow-handle={edit ? '' : undefined}
        >
          <Icon name={ICONS[step.kind]} size={16} />
        </span>
        <div class="min-w-0 flex-1 basis-48">
          <h3 class="break-words font-medium text-sm">{stepTitle(step, props.names)}</h3>
          <p class="break-words text-base-content/75 text-xs">{stepDetail(step)}</p>
          {step.off && <Badge>Switched off</Badge>}
          {mark && (
            <p class="mt-1 flex flex-wrap items-center gap-2 text-sm">
              <Badge tone={mark.tone}>{mark.label}</Badge>
              <span class="min-w-0 break-words">{mark.why}</span>
            </p>
          )}
          {faults.map(({ message, severity }) => (
            <p class={`mt-1 text-sm ${severity === 'error' ? 'text-error' : 'text-warning-content'}`}>
              {message}
            </p>
          ))}
        </div>
        {edit?.controls(step, place)}
      </div>
      {branches.length > 0 && (
        <div class="mt-3 grid grid-cols-[repeat(auto-fit,minmax(min(14rem,100%),1fr))] gap-3">
          {branches.map(({ name, label, steps }) => (
            <div class="flow-branch">
              <h4 class="mb-1 font-medium text-base-content/80 text-xs">{label}</h4>
              <FlowList {...props} steps={steps} list={`${step.id}.${name}`} label={label} />
            </div>
          ))}
        </div>
      )}
    </article>
  )
}

/** The branch for failures of an action is shown when there is one. */
const shownBranches = (step: Step, editing: boolean) =>
  branchesOf(step).filter(({ steps, name }) => editing || steps.length > 0 || name !== 'failed')
