/** Remarks on the days of a dashboard: the form, and what is written so far. */
import type { FieldError } from '../../../platform/result.ts'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day } from '../../../views/time.tsx'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { queryString } from '../domain/dashboard-query.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import type { Reader } from './dashboard-words.ts'

interface Fields {
  day: string
  text: string
}

/** Below the charts; shut until somebody wants it. Those who may not write see what is written, if anything is. */
export function DashboardRemarks({
  view,
  reader,
  mayWrite,
  tab,
}: {
  view: DashboardView
  reader: Reader
  mayWrite: boolean
  tab: string
}) {
  const { remarks } = view
  if (!mayWrite && remarks.length === 0) return null
  const asked = [queryString(view.query), tab && `tab=${encodeURIComponent(tab)}`].filter(Boolean).join('&')
  const back = `/foundry/dashboards/${view.dashboard.id}${asked ? `?${asked}` : ''}`
  return (
    <details class="mt-4 rounded-box border border-base-300 bg-base-100 p-4">
      <summary class="min-h-6 cursor-pointer font-medium text-sm">
        {mayWrite ? 'Remark on a day' : 'Remarks on days'}
        {remarks.length > 0 && (
          <span class="font-normal text-base-content/75"> ({remarks.length} in this range)</span>
        )}
      </summary>
      {remarks.length > 0 && (
        <ul class="mt-3 divide-y divide-base-300 text-sm">
          {remarks.map((remark) => (
            <li class="flex flex-wrap items-center justify-between gap-2 py-2">
              <span class="min-w-0 break-words">
                <Day day={remark.day} locale={reader.locale} />: {remark.text}
              </span>
              {mayWrite && (
                <form action={`/foundry/remarks/${remark.id}/delete`} method="post">
                  <input type="hidden" name="back" value={back} />
                  <Button small>
                    Remove<span class="sr-only"> “{remark.text}”</span>
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <div class="mt-3">
          <RemarkForm fields={{ day: view.range.to, text: '' }} back={back} />
        </div>
      )}
    </details>
  )
}

/** What is shown when something is missing. */
export function RemarkPage(props: { fields: Fields; back: string; errors: FieldError[] | undefined }) {
  return (
    <>
      <FoundryTabs current="dashboards" />
      <PageHeader title="Remark on a day" crumbs={[{ label: 'Dashboard', href: props.back }]} />
      <Card>
        <ErrorSummary errors={props.errors} />
        <RemarkForm {...props} />
      </Card>
    </>
  )
}

function RemarkForm({ fields, back, errors }: { fields: Fields; back: string; errors?: FieldError[] }) {
  return (
    <Form action="/foundry/remarks" class="grid items-end gap-4 sm:grid-cols-[12rem_1fr_auto]">
      <input type="hidden" name="back" value={back} />
      <Field label="Day" name="day" type="date" value={fields.day} error={errorOf(errors, 'day')} required />
      <Field
        label="What happened"
        name="text"
        value={fields.text}
        error={errorOf(errors, 'text')}
        placeholder="Prices raised"
        maxlength={200}
        required
      />
      <SubmitButton>Add</SubmitButton>
    </Form>
  )
}
