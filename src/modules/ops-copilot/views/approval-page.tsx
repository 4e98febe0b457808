/** One decision: the question, what follows from it, who has spoken, and the form. Also for those who come by the link of a mail. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { ErrorSummary, errorOf, Form, SelectField, TextareaField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import type { InputField } from '../domain/automation-model.ts'
import { State } from './approval-list.tsx'
import { AskedField } from './run-start.tsx'

export interface ApprovalPageProps {
  approval: {
    id: string
    runId: string
    title: string
    body: string
    status: string
    needed: number
    approvers: string[]
    fields: readonly InputField[]
    dueAt: string | null
    createdAt: string
  }
  decisions: { personId: string; personName: string; verdict: string; comment: string; at: string }[]
  cannot: string | null
  /** What runs after a yes, in words. */
  follows: string[]
  /** Members to hand it to; none for those who come by a link. */
  colleagues: { value: string; label: string }[]
  action: string
  values: Record<string, string>
  errors?: FieldError[]
  timeZone: string
  locale: string
}

export function ApprovalPage(props: ApprovalPageProps) {
  return (
    <>
      <PageHeader
        title={props.approval.title}
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: '/ops/approvals', label: 'Decisions' },
        ]}
      />
      <ApprovalBody {...props} />
      <p class="mt-6 text-sm">
        <a class="link" href={`/ops/runs/${props.approval.runId}`}>
          The run that asks
        </a>
      </p>
    </>
  )
}

export function ApprovalBody(props: ApprovalPageProps) {
  const { approval, decisions, cannot, follows, colleagues, timeZone, locale } = props
  const yes = decisions.filter(({ verdict }) => verdict === 'approved').length
  return (
    <div class="flex max-w-2xl flex-col gap-5">
      <div class="flex flex-wrap items-center gap-3 text-sm">
        <State status={approval.status} />
        <span>
          {yes} of {approval.needed} {approval.needed === 1 ? 'yes' : 'yeses'}
        </span>
        {approval.dueAt && approval.status === 'open' && (
          <span>
            until <Time at={approval.dueAt} timeZone={timeZone} locale={locale} />
          </span>
        )}
      </div>
      {approval.body && <p class="whitespace-pre-line break-words">{approval.body}</p>}
      {follows.length > 0 && approval.status === 'open' && (
        <section>
          <h2 class="font-semibold text-sm">After a yes</h2>
          <ol class="list-decimal pl-5 text-sm">
            {follows.map((line) => (
              <li class="break-words">{line}</li>
            ))}
          </ol>
        </section>
      )}
      {decisions.length > 0 && (
        <section>
          <h2 class="font-semibold text-sm">So far</h2>
          <ul class="text-sm">
            {decisions.map(({ personName, verdict, comment, at }) => (
              <li class="break-words">
                {personName} {verdict === 'approved' ? 'said yes' : 'said no'},{' '}
                <Time at={at} timeZone={timeZone} locale={locale} />
                {comment && `: “${comment}”`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {cannot ? <Alert tone="info">{cannot}</Alert> : <DecisionForm {...props} />}
      {!cannot && colleagues.length > 0 && (
        <details class="text-sm">
          <summary class="cursor-pointer">Let somebody else decide</summary>
          <form action={`${props.action}/delegate`} method="post" class="mt-2 flex flex-wrap items-end gap-2">
            <SelectField label="In my place" name="person_id" options={colleagues} />
            <button type="submit" class="btn border-base-300 bg-base-100">
              Hand it on
            </button>
          </form>
        </details>
      )}
    </div>
  )
}

function DecisionForm({ approval, action, values, errors }: ApprovalPageProps) {
  return (
    <Form action={action}>
      {errors && <ErrorSummary errors={errors} />}
      {approval.fields.map((field) => (
        <AskedField field={field} value={values[field.name] ?? ''} error={errorOf(errors, field.name)} />
      ))}
      <TextareaField label="A word with it (optional)" name="comment" value={values.comment ?? ''} rows={2} />
      <div class="flex flex-wrap gap-2">
        <button type="submit" name="verdict" value="approved" class="btn btn-primary">
          Approve
        </button>
        <button
          type="submit"
          name="verdict"
          value="rejected"
          class="btn border-base-300 bg-base-100"
          formnovalidate
        >
          Reject
        </button>
      </div>
    </Form>
  )
}
