/** Tasks: mine, everybody's, done; one line to write a new one down; a tick is enough. */
import type { FieldError } from '../../../platform/result.ts'
import { Badge } from '../../../views/badge.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { ErrorSummary, Field, SelectField } from '../../../views/form.tsx'
import { Icon } from '../../../views/icon.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import { Day } from '../../../views/time.tsx'
import { OpsTabs } from './ops-tabs.tsx'

export interface TaskLine {
  id: string
  title: string
  status: 'open' | 'done'
  priority: 'urgent' | 'high' | 'normal' | 'low'
  assigneeId: string | null
  dueOn: string | null
  repeats: string | null
}

export type TaskShow = 'mine' | 'open' | 'done'

export interface TaskListProps {
  tasks: TaskLine[]
  show: TaskShow
  text: string
  next: string | null
  people: { value: string; label: string }[]
  me: string
  today: string
  late: number
  mayWrite: boolean
  locale: string
  values: Record<string, string>
  errors?: FieldError[]
}

export const PRIORITY_OPTIONS = [
  { value: 'urgent', label: 'Urgent' },
  { value: 'high', label: 'High' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
]

export function TaskListPage(props: TaskListProps) {
  const { tasks, show, text, next, late, mayWrite, values, errors } = props
  return (
    <>
      <OpsTabs current="tasks" />
      <PageHeader
        title="Tasks"
        lead={
          late > 0
            ? `${late} ${late === 1 ? 'is' : 'are'} late.`
            : 'What people do; automations add theirs here.'
        }
      />
      {mayWrite && <NewTask {...props} values={values} errors={errors} />}
      <Tabs
        label="Which"
        tabs={[
          { href: '/ops/tasks', label: 'Mine', current: show === 'mine' },
          { href: '/ops/tasks?show=open', label: 'Everybody’s', current: show === 'open' },
          { href: '/ops/tasks?show=done', label: 'Done', current: show === 'done' },
        ]}
      />
      <search>
        <form action="/ops/tasks" method="get" class="mb-3 flex max-w-md gap-2">
          <input type="hidden" name="show" value={show} />
          <input
            class="input input-sm w-full"
            type="search"
            name="q"
            value={text}
            aria-label="Search tasks"
            placeholder="Search"
          />
          <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
            Search
          </button>
        </form>
      </search>
      {tasks.length === 0 ? (
        <EmptyState
          icon="check"
          title={text ? 'No task like that' : show === 'done' ? 'Nothing done yet' : 'Nothing to do'}
          text={
            show === 'mine' ? 'Tasks for you stand here, the ones that are due first at the top.' : undefined
          }
        />
      ) : (
        <ul class="flex flex-col gap-2">
          {tasks.map((task) => (
            <TaskItem {...props} task={task} />
          ))}
        </ul>
      )}
      <Pagination next={next ? `/ops/tasks?${new URLSearchParams({ show, q: text, cursor: next })}` : null} />
    </>
  )
}

function TaskItem({ task, people, me, today, mayWrite, locale }: TaskListProps & { task: TaskLine }) {
  const done = task.status === 'done'
  const late = !done && task.dueOn !== null && task.dueOn < today
  const who = task.assigneeId === me ? 'you' : people.find(({ value }) => value === task.assigneeId)?.label
  return (
    <li class="surface flex flex-wrap items-center gap-3 p-3">
      {mayWrite && (
        <form action={`/ops/tasks/${task.id}/${done ? 'open' : 'done'}`} method="post">
          <button
            type="submit"
            class={`grid size-6 place-items-center rounded-full border-2 ${done ? 'border-primary bg-primary text-primary-content' : 'border-base-content/50'}`}
            aria-label={done ? `Open “${task.title}” again` : `Done: ${task.title}`}
          >
            {done && <Icon name="check" size={14} />}
          </button>
        </form>
      )}
      <div class="min-w-0 flex-1 basis-48">
        <a
          class={`link link-hover break-words font-medium ${done ? 'line-through' : ''}`}
          href={`/ops/tasks/${task.id}`}
        >
          {task.title}
        </a>
        <p class="text-base-content/75 text-xs">
          {who ? `for ${who}` : 'for nobody in particular'}
          {task.repeats && `, ${task.repeats}`}
        </p>
      </div>
      {(task.priority === 'urgent' || task.priority === 'high') && (
        <Badge tone={task.priority === 'urgent' ? 'error' : 'warning'}>
          {task.priority === 'urgent' ? 'Urgent' : 'High'}
        </Badge>
      )}
      {task.dueOn && (
        <span class={`text-sm ${late ? 'font-medium text-error' : 'text-base-content/75'}`}>
          {late && 'late: '}
          <Day day={task.dueOn} locale={locale} />
        </span>
      )}
    </li>
  )
}

function NewTask({ people, me, values, errors }: TaskListProps) {
  return (
    <form action="/ops/tasks" method="post" class="surface mb-5 p-3">
      {errors && <ErrorSummary errors={errors} />}
      <div class="grid items-end gap-3 sm:grid-cols-[minmax(0,3fr)_minmax(0,1.3fr)_minmax(0,1.3fr)_auto]">
        <Field label="What is to be done" name="title" value={values.title ?? ''} maxlength={300} />
        <Field label="Due" name="due_on" type="date" value={values.due_on ?? ''} required={false} />
        <SelectField
          label="For"
          name="assignee_id"
          value={values.assignee_id ?? me}
          options={[{ value: '', label: 'Nobody yet' }, ...people]}
        />
        <button type="submit" class="btn btn-primary">
          Add
        </button>
      </div>
    </form>
  )
}
