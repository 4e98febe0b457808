/** One task: all of it, changed in place. */
import type { FieldError } from '../../../platform/result.ts'
import {
  ErrorSummary,
  errorOf,
  Field,
  Form,
  SelectField,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { PRIORITY_OPTIONS, type TaskLine } from './task-list.tsx'

const REPEAT_OPTIONS = [
  { value: '', label: 'Not' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekdays', label: 'Monday to Friday' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
  { value: 'quarterly', label: 'Every quarter' },
  { value: 'yearly', label: 'Every year' },
]

export function TaskPage(props: {
  task: TaskLine & { notes: string; version: number }
  people: { value: string; label: string }[]
  about: { label: string; href: string } | null
  /** The automation that made it. */
  madeBy: { label: string; href: string } | null
  mayWrite: boolean
  errors?: FieldError[]
}) {
  const { task, people, about, madeBy, mayWrite, errors } = props
  const base = `/ops/tasks/${task.id}`
  return (
    <>
      <PageHeader
        title={task.title}
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: '/ops/tasks', label: 'Tasks' },
        ]}
        actions={
          mayWrite ? (
            <form action={`${base}/${task.status === 'open' ? 'done' : 'open'}`} method="post">
              <button type="submit" class="btn btn-sm btn-primary">
                {task.status === 'open' ? 'Done' : 'Open it again'}
              </button>
            </form>
          ) : undefined
        }
      />
      <p class="mb-4 flex flex-wrap gap-3 text-sm">
        {about && (
          <span>
            About{' '}
            <a class="link" href={about.href}>
              {about.label}
            </a>
          </span>
        )}
        {madeBy && (
          <span>
            Made by{' '}
            <a class="link" href={madeBy.href}>
              {madeBy.label}
            </a>
          </span>
        )}
      </p>
      {mayWrite ? (
        <Form action={base} class="flex max-w-xl flex-col gap-4">
          {errors && <ErrorSummary errors={errors} />}
          <input type="hidden" name="version" value={String(task.version)} />
          <Field
            label="What is to be done"
            name="title"
            value={task.title}
            maxlength={300}
            error={errorOf(errors, 'title')}
          />
          <TextareaField label="Notes" name="notes" value={task.notes} rows={5} />
          <SelectField
            label="For"
            name="assignee_id"
            value={task.assigneeId ?? ''}
            options={[{ value: '', label: 'Nobody yet' }, ...people]}
          />
          <Field
            label="Due"
            name="due_on"
            type="date"
            value={task.dueOn ?? ''}
            required={false}
            error={errorOf(errors, 'due_on')}
          />
          <SelectField label="Priority" name="priority" value={task.priority} options={PRIORITY_OPTIONS} />
          <SelectField label="Again" name="repeats" value={task.repeats ?? ''} options={REPEAT_OPTIONS} />
          <SubmitButton>Save</SubmitButton>
        </Form>
      ) : (
        <p class="whitespace-pre-line break-words">{task.notes}</p>
      )}
      {mayWrite && (
        <form action={`${base}/remove`} method="post" class="mt-6">
          <button type="submit" class="btn btn-ghost btn-sm text-error">
            Remove this task
          </button>
        </form>
      )}
    </>
  )
}
