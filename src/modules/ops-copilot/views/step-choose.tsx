/** The list of steps to add, by what they are for; one line to search in it. */
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { CONTROL_KINDS } from '../domain/blank-step.ts'

export interface ChoosableStep {
  action: string
  title: string
  description: string
  group: string
  /** Kind of connection that it needs. */
  connection: string | null
  /** There is such a connection. */
  ready: boolean
}

const GROUPS: Record<string, string> = {
  mail: 'Mail',
  people: 'People and tasks',
  data: 'Look things up',
  money: 'Money',
  shop: 'The shop',
  messages: 'Messages',
  web: 'Other systems',
  ai: 'Words by a model',
  flow: 'Other automations',
}

export function ChooseStepPage(props: {
  automation: { id: string; name: string; version: number }
  list: string
  at: number
  steps: ChoosableStep[]
  search: string
}) {
  const { automation, list, at, steps, search } = props
  const base = `/ops/automations/${automation.id}`
  const words = search.toLowerCase()
  const found = (title: string, description: string) =>
    words === '' || `${title} ${description}`.toLowerCase().includes(words)
  const controls = CONTROL_KINDS.filter(({ title, description }) => found(title, description))
  const actions = steps.filter(({ title, description }) => found(title, description))
  const place = { version: String(automation.version), list, at: String(at) }
  return (
    <>
      <PageHeader
        title="Add a step"
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: base, label: automation.name },
        ]}
      />
      <search>
        <form action={`${base}/add`} method="get" class="mb-5 flex max-w-md gap-2">
          <input type="hidden" name="list" value={list} />
          <input type="hidden" name="at" value={String(at)} />
          <input
            class="input w-full"
            type="search"
            name="q"
            value={search}
            placeholder="mail, invoice, wait …"
            aria-label="Search steps"
          />
          <button type="submit" class="btn border-base-300 bg-base-100">
            Search
          </button>
        </form>
      </search>
      {actions.length + controls.length === 0 && (
        <EmptyState icon="search" title="No step like that" text="Another word may find it." />
      )}
      {Object.entries(GROUPS).map(([group, title]) => {
        const here = actions.filter((step) => step.group === group)
        if (here.length === 0) return null
        return (
          <Group title={title}>
            {here.map((step) => (
              <Choice
                base={base}
                place={place}
                what={{ action: step.action }}
                title={step.title}
                description={step.description}
                note={step.connection && !step.ready ? `Needs ${step.connection} to be connected.` : null}
              />
            ))}
          </Group>
        )
      })}
      {controls.length > 0 && (
        <Group title="How it goes on">
          {controls.map(({ kind, title, description }) => (
            <Choice
              base={base}
              place={place}
              what={{ kind }}
              title={title}
              description={description}
              note={null}
            />
          ))}
        </Group>
      )}
    </>
  )
}

function Group({ title, children }: { title: string; children: unknown }) {
  return (
    <section class="mb-6">
      <h2 class="mb-2 font-semibold text-sm">{title}</h2>
      <ul class="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">{children as never}</ul>
    </section>
  )
}

function Choice(props: {
  base: string
  place: Record<string, string>
  what: Record<string, string>
  title: string
  description: string
  note: string | null
}) {
  const { base, place, what, title, description, note } = props
  return (
    <li>
      <form action={`${base}/steps`} method="post" class="h-full">
        {Object.entries({ ...place, ...what }).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button
          type="submit"
          class="surface block h-full w-full p-3 text-left hover:border-primary focus-visible:border-primary"
        >
          <span class="block font-medium text-sm">{title}</span>
          <span class="block text-base-content/75 text-xs">{description}</span>
          {note && <span class="mt-1 block text-warning-content text-xs">{note}</span>}
        </button>
      </form>
    </li>
  )
}
