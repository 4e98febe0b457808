/** Renaming, duplicating or deleting a dashboard. */
import type { FieldError } from '../../../platform/result.ts'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton, type ConfirmWords } from '../../../views/confirm.tsx'
import { ErrorSummary, errorOf, Field, Form } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Dashboard } from '../domain/dashboard-model.ts'

export interface EditDashboardProps {
  dashboard: Dashboard
  values?: Record<string, string>
  errors?: FieldError[]
}

export function EditDashboard({ dashboard, values, errors }: EditDashboardProps) {
  const base = `/foundry/dashboards/${dashboard.id}`
  return (
    <>
      <PageHeader
        title={`Change ${dashboard.name}`}
        crumbs={[
          { href: '/foundry/dashboards', label: 'Dashboards' },
          { href: base, label: dashboard.name },
        ]}
      />
      <div class="flex max-w-xl flex-col gap-4">
        <Card title="Name">
          <Form action={`${base}/settings`}>
            {errors && <ErrorSummary errors={errors} />}
            <input type="hidden" name="version" value={values?.version ?? String(dashboard.version)} />
            <Field
              label="Name"
              name="name"
              value={values?.name ?? dashboard.name}
              error={errorOf(errors, 'name')}
              required
              maxlength={80}
            />
            <div>
              <Button tone="primary">Save name</Button>
            </div>
          </Form>
        </Card>
        {!dashboard.isDefault && (
          <Card title="Default" lead="The default dashboard opens first.">
            <Form action={`${base}/default`}>
              <div>
                <Button>Make this the default</Button>
              </div>
            </Form>
          </Card>
        )}
        <Card title="Duplicate" lead="A copy to try something on.">
          <Form action={`${base}/duplicate`}>
            <div>
              <Button icon="copy">Duplicate</Button>
            </div>
          </Form>
        </Card>
        <Card title="Delete" tone="danger" lead="The data stays; only this way of looking at it goes.">
          <ConfirmButton label="Delete dashboard" {...deleteWords(dashboard)} />
        </Card>
      </div>
    </>
  )
}

export const deleteWords = (dashboard: Dashboard): ConfirmWords => ({
  action: `/foundry/dashboards/${dashboard.id}/delete`,
  title: `Delete ${dashboard.name}?`,
  text: 'It disappears for everyone in the workspace. The data stays.',
  confirmLabel: 'Delete dashboard',
  tone: 'danger',
})
