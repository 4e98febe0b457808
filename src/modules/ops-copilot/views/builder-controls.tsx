/** The buttons of a step on the builder, and the places between two steps. */
import { Icon, type IconName } from '../../../views/icon.tsx'
import type { Step } from '../domain/definition-model.ts'

interface ControlProps {
  base: string
  version: number
  step: Step
  place: { list: string; at: number; of: number }
  moving: string | null
}

export function BuilderControls({ base, version, step, place, moving }: ControlProps) {
  const of = `${base}/steps/${step.id}`
  const title = step.name ?? step.id
  if (moving) return null
  return (
    <div class="flex items-center gap-1">
      <a class="btn btn-ghost btn-sm" href={of} data-flow-open>
        Edit<span class="sr-only"> {title}</span>
      </a>
      <IconForm
        action={`${of}/up`}
        version={version}
        icon="up"
        label={`Move ${title} up`}
        disabled={place.at === 0}
      />
      <IconForm
        action={`${of}/down`}
        version={version}
        icon="down"
        label={`Move ${title} down`}
        disabled={place.at === place.of - 1}
      />
      <details class="dropdown dropdown-end" data-menu>
        <summary class="btn btn-ghost btn-sm btn-square" aria-label={`More for ${title}`}>
          <Icon name="dots" size={16} />
        </summary>
        <div class="dropdown-content z-40 w-52 rounded-box border border-base-300 bg-base-100 p-1.5 shadow-lg">
          <a
            class="btn btn-ghost btn-sm w-full justify-start"
            href={`${base}?moving=${step.id}#step-${step.id}`}
          >
            Move somewhere else
          </a>
          <MenuForm action={`${of}/duplicate`} version={version} label="Duplicate" />
          <MenuForm action={`${of}/switch`} version={version} label={step.off ? 'Switch on' : 'Switch off'} />
          <MenuForm action={`${of}/remove`} version={version} label="Remove" danger />
        </div>
      </details>
    </div>
  )
}

function IconForm(props: {
  action: string
  version: number
  icon: IconName
  label: string
  disabled: boolean
}) {
  const { action, version, icon, label, disabled } = props
  return (
    <form action={action} method="post">
      <input type="hidden" name="version" value={String(version)} />
      <button type="submit" class="btn btn-ghost btn-sm btn-square" aria-label={label} disabled={disabled}>
        <Icon name={icon} size={16} />
      </button>
    </form>
  )
}

function MenuForm(props: { action: string; version: number; label: string; danger?: boolean }) {
  const { action, version, label, danger } = props
  return (
    <form action={action} method="post">
      <input type="hidden" name="version" value={String(version)} />
      <button type="submit" class={`btn btn-ghost btn-sm w-full justify-start ${danger ? 'text-error' : ''}`}>
        {label}
      </button>
    </form>
  )
}

export function BuilderGap(props: {
  base: string
  version: number
  list: string
  at: number
  moving: string | null
}) {
  const { base, version, list, at, moving } = props
  if (moving)
    return (
      <form action={`${base}/place`} method="post" class="flow-gap">
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="id" value={moving} />
        <input type="hidden" name="list" value={list} />
        <input type="hidden" name="at" value={String(at)} />
        <button type="submit" class="btn btn-xs btn-primary">
          Put it here
        </button>
      </form>
    )
  return (
    <div class="flow-gap">
      <a
        class="flow-add"
        href={`${base}/add?${new URLSearchParams({ list, at: String(at) })}`}
        aria-label={`Add a step at place ${at + 1}`}
      >
        <Icon name="plus" size={14} />
        <span>Add a step</span>
      </a>
    </div>
  )
}
