/** The builder: what starts it, its steps as a tree that is changed one click or drop at a time, and how careful it is. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { ErrorSummary } from '../../../views/form.tsx'
import { Icon } from '../../../views/icon.tsx'
import type { Care, StopRule, Trigger } from '../domain/automation-model.ts'
import type { Step } from '../domain/definition-model.ts'
import { AutomationHead, type HeadAutomation } from './automation-head.tsx'
import { CareCard, TriggerCard } from './builder-cards.tsx'
import { BuilderControls, BuilderGap } from './builder-controls.tsx'
import { FlowMap } from './flow-map.tsx'
import { FlowTree } from './flow-tree.tsx'
import type { Names } from './words.ts'

export interface BuilderProblem {
  severity: 'error' | 'warning'
  step: string | null
  message: string
  fix: string
}

export interface BuilderProps {
  automation: HeadAutomation & {
    triggerConfig: Trigger
    actions: Step[]
    stopOn: StopRule[]
    care: Care
  }
  names: Names
  undo: number
  redo: number
  problems: BuilderProblem[]
  mayWrite: boolean
  /** Id of the step that is being moved to another place. */
  moving: string | null
  errors?: FieldError[]
  addresses: { hook: string | null; secret: string | null; form: string | null }
}

export function BuilderPage(props: BuilderProps) {
  const { automation, names, problems, mayWrite, moving, errors } = props
  const { id, actions, version } = automation
  const base = `/ops/automations/${id}`
  const byStep = new Map<string, BuilderProblem[]>()
  for (const problem of problems)
    if (problem.step) byStep.set(problem.step, [...(byStep.get(problem.step) ?? []), problem])
  const whole = problems.filter(({ step, severity }) => step === null && severity === 'error')
  const edit = mayWrite
    ? {
        controls: (step: Step, place: { list: string; at: number; of: number }) => (
          <BuilderControls base={base} version={version} step={step} place={place} moving={moving} />
        ),
        gap: (list: string, at: number) => (
          <BuilderGap base={base} version={version} list={list} at={at} moving={moving} />
        ),
      }
    : undefined
  return (
    <>
      <AutomationHead automation={automation} names={names} current="steps" mayWrite={mayWrite} />
      {errors && <ErrorSummary errors={errors} />}
      <Problems problems={problems} />
      {moving && (
        <Alert tone="info" title="Where should it go?">
          Choose one of the places below.{' '}
          <a class="link" href={base}>
            Leave it where it is
          </a>
        </Alert>
      )}
      <p class="sr-only" aria-live="polite" data-flow-voice />
      <div class="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div class="min-w-0" data-flow={edit ? base : undefined} data-flow-version={String(version)}>
          <TriggerCard
            base={base}
            trigger={automation.triggerConfig}
            names={names}
            mayWrite={mayWrite}
            {...props.addresses}
          />
          <div class="flow-line" aria-hidden="true" />
          <FlowTree steps={actions} names={names} edit={edit} problems={byStep} />
          {actions.length === 0 && (
            <p class="mt-3 text-base-content/75 text-sm">
              {whole[0]?.message ?? 'No steps yet.'} Begin with what should happen first.
            </p>
          )}
        </div>
        <aside class="flex flex-col gap-4 lg:sticky lg:top-20" aria-label="At a glance">
          {mayWrite && <TurnBack base={base} version={version} undo={props.undo} redo={props.redo} />}
          <FlowMap steps={actions} names={names} />
          <CareCard
            base={base}
            stopOn={automation.stopOn}
            care={automation.care}
            names={names}
            mayWrite={mayWrite}
          />
        </aside>
      </div>
      {edit && (
        <form action={`${base}/place`} method="post" data-flow-place hidden>
          <input type="hidden" name="version" value={String(version)} />
          <input type="hidden" name="id" />
          <input type="hidden" name="list" />
          <input type="hidden" name="at" />
        </form>
      )}
      {edit && <script type="module" src="/js/flow.js" />}
    </>
  )
}

function Problems({ problems }: { problems: BuilderProblem[] }) {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  if (problems.length === 0) return null
  return (
    <details class="mb-4 rounded-box border border-base-300 bg-base-100 p-3 text-sm" open={errors.length > 0}>
      <summary class="cursor-pointer font-medium">
        {errors.length > 0
          ? `${errors.length} ${errors.length === 1 ? 'thing is' : 'things are'} missing before it can go live`
          : `${warnings.length} ${warnings.length === 1 ? 'thing' : 'things'} to know`}
      </summary>
      <ul class="mt-2 flex flex-col gap-1">
        {[...errors, ...warnings].map(({ step, message, fix, severity }) => (
          <li class="flex gap-2">
            <span class={severity === 'error' ? 'text-error' : ''}>
              <Icon name={severity === 'error' ? 'warning' : 'info'} size={16} />
            </span>
            <span>
              {step ? (
                <a class="link" href={`#step-${step}`}>
                  {message}
                </a>
              ) : (
                message
              )}{' '}
              {fix}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function TurnBack({
  base,
  version,
  undo,
  redo,
}: {
  base: string
  version: number
  undo: number
  redo: number
}) {
  return (
    <div class="flex gap-2">
      {(['undo', 'redo'] as const).map((way) => (
        <form action={`${base}/${way}`} method="post" {...{ [`data-flow-${way}`]: '' }}>
          <input type="hidden" name="version" value={String(version)} />
          <Button small icon="refresh" disabled={(way === 'undo' ? undo : redo) === 0}>
            {way === 'undo' ? 'Undo' : 'Redo'}
          </Button>
        </form>
      ))}
      <LinkButton href={`${base}/versions`} small icon="clock">
        Versions
      </LinkButton>
    </div>
  )
}
