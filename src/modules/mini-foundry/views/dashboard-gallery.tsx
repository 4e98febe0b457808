/** The dashboards to start from, each with a small picture of itself: one press makes it. */
import type { FieldError } from '../../../platform/result.ts'
import { Button } from '../../../views/button.tsx'
import { ErrorSummary, Form } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Widget, WidgetPlace } from '../domain/dashboard.ts'
import { TEMPLATES } from '../domain/templates.ts'

export function DashboardGallery({ errors }: { errors?: FieldError[] }) {
  return (
    <>
      <PageHeader
        title="New dashboard"
        lead="Start from one that answers a question you have. Everything in it can be changed."
        crumbs={[{ href: '/foundry/dashboards', label: 'Dashboards' }]}
      />
      {errors && <ErrorSummary errors={errors} />}
      <ul class="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {TEMPLATES.map(({ type, name, about, widgets, layout }) => (
          <Choice type={type} name={name} about={about}>
            <Picture widgets={widgets} layout={layout} />
          </Choice>
        ))}
        <Choice type="empty" name="Empty" about="A blank page: add the widgets that you want.">
          <Picture widgets={[]} layout={[]} />
        </Choice>
      </ul>
    </>
  )
}

interface ChoiceProps {
  type: string
  name: string
  about: string
  children: unknown
}

function Choice({ type, name, about, children }: ChoiceProps) {
  return (
    <li class="flex flex-col gap-3 rounded-box border border-base-300 bg-base-100 p-4">
      {children}
      <div class="grow">
        <h2 class="font-semibold">{name}</h2>
        <p class="text-base-content/75 text-sm">{about}</p>
      </div>
      <Form action="/foundry/dashboards">
        <input type="hidden" name="type" value={type} />
        <input type="hidden" name="name" value={type === 'empty' ? 'New dashboard' : name} />
        <Button small>
          Use it<span class="sr-only">: {name}</span>
        </Button>
      </Form>
    </li>
  )
}

/** So many rows of the grid are drawn. */
const ROWS = 14

function Picture({ widgets, layout }: { widgets: readonly Widget[]; layout: readonly WidgetPlace[] }) {
  const kinds = new Map(widgets.map(({ id, kind }) => [id, kind]))
  return (
    <svg viewBox={`0 0 120 ${ROWS * 5}`} class="w-full rounded-box bg-base-200" aria-hidden="true">
      {layout
        .filter(({ y }) => y < ROWS)
        .map(({ id, x, y, w, h }) => (
          <rect
            x={x * 10 + 1}
            y={y * 5 + 1}
            width={w * 10 - 2}
            height={h * 5 - 2}
            rx="1.5"
            class={FILLS[kinds.get(id) ?? ''] ?? 'fill-primary/25'}
          />
        ))}
    </svg>
  )
}

/** Figures are strong, words and tables quiet. */
const FILLS: Readonly<Record<string, string>> = {
  number: 'fill-primary/60',
  goal: 'fill-primary/60',
  table: 'fill-base-content/20',
  activity: 'fill-base-content/20',
  text: 'fill-base-content/20',
}
