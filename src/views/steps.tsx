/** A way in steps: what is done, what is now, what comes. */
import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'

export interface Step {
  title: string
  text?: Child
  state: 'done' | 'now' | 'next'
  action?: Child
}

const WORDS = { done: 'Done', now: 'Now', next: 'Next' }

export function Steps({ steps }: { steps: Step[] }) {
  return (
    <ol class="flex flex-col gap-4">
      {steps.map((step, index) => (
        <li class="flex gap-3">
          <span
            class={`grid size-7 shrink-0 place-items-center rounded-full font-semibold text-sm ${step.state === 'now' ? 'bg-primary text-primary-content' : step.state === 'done' ? 'tone-success' : 'border border-base-300'}`}
          >
            {step.state === 'done' ? <Icon name="check" size={14} /> : index + 1}
            <span class="sr-only">{WORDS[step.state]}</span>
          </span>
          <div class="min-w-0 flex-1">
            <p class="font-medium">{step.title}</p>
            {step.text && <div class="text-base-content/75 text-sm">{step.text}</div>}
            {step.action && <div class="mt-2 flex flex-wrap gap-2">{step.action}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
