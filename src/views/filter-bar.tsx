/** Filters above a list: a GET form, so that what is shown has an address; chips say what is filtered and take it away. */
import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'

export interface FilterBarProps {
  action: string
  /** Small fields, each with a label of its own: `FilterText`, `FilterSelect`. */
  children: Child
  /** What is filtered now; `href` is the address without it. */
  active?: { label: string; href: string }[]
  /** Kept through a new filter, e.g. the sort. */
  keep?: Record<string, string>
}

export function FilterBar({ action, children, active = [], keep = {} }: FilterBarProps) {
  return (
    <search class="mb-4 block">
      <form action={action} method="get" class="flex flex-wrap items-end gap-2">
        {Object.entries(keep).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {children}
        <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
          Show
        </button>
      </form>
      {active.length > 0 && <Chips active={active} clear={action} />}
    </search>
  )
}

function Chips({ active, clear }: { active: { label: string; href: string }[]; clear: string }) {
  return (
    <ul class="mt-2 flex flex-wrap items-center gap-2 text-xs" aria-label="Filtered by">
      {active.map((chip) => (
        <li>
          <a href={chip.href} class="inline-flex min-h-6 items-center gap-1 rounded-full px-2.5 tone-info">
            {chip.label}
            <Icon name="close" size={12} />
            <span class="sr-only">take away</span>
          </a>
        </li>
      ))}
      <li>
        <a href={clear} class="link inline-flex min-h-6 items-center text-base-content/80">
          Clear all
        </a>
      </li>
    </ul>
  )
}

export function FilterText({ label, name, value }: { label: string; name: string; value?: string }) {
  return (
    <label class="flex min-w-40 flex-1 flex-col gap-1 text-xs sm:max-w-xs">
      <span class="text-base-content/80">{label}</span>
      <input type="search" name={name} value={value} class="input input-sm w-full" />
    </label>
  )
}

export interface FilterSelectProps {
  label: string
  name: string
  value?: string
  options: { value: string; label: string }[]
  /** The words for no filter. */
  any?: string
}

export function FilterSelect({ label, name, value = '', options, any = 'All' }: FilterSelectProps) {
  return (
    <label class="flex min-w-32 flex-col gap-1 text-xs max-sm:flex-1">
      <span class="text-base-content/80">{label}</span>
      <select name={name} class="select select-sm w-full">
        <option value="">{any}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}

export function DayField({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span>{label}</span>
      <input type="date" class="input input-sm" name={name} value={value} />
    </label>
  )
}
