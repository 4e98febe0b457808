/** Forms of the workspace: the list, and one form to make or change. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import {
  CheckboxField,
  ErrorSummary,
  errorOf,
  Field,
  Form,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { ContactTabs } from './contacts-page.tsx'

export interface FormItem {
  id: string
  name: string
  title: string
  submissions: number
  createdAt: string
}

export interface FormsPageProps {
  forms: FormItem[]
  mayWrite: boolean
  timeZone: string
  locale: string
}

export function FormsPage({ forms, mayWrite, timeZone, locale }: FormsPageProps) {
  const make = mayWrite && (
    <LinkButton href="/contacts/forms/new" icon="plus" tone="primary">
      Make a form
    </LinkButton>
  )
  return (
    <>
      <PageHeader
        title="Forms"
        lead="Pages on the web that take leads in. Share their address, or link to it."
        actions={make}
      />
      <ContactTabs at="/contacts/forms" />
      <DataTable
        caption="Forms"
        rows={forms}
        empty={
          <EmptyState
            icon="list"
            title="No forms yet"
            text="Make one, put its address on your website, and whoever fills it in becomes a lead here."
            actions={make}
          />
        }
        columns={[
          {
            key: 'name',
            label: 'Form',
            cell: (form) => (
              <a href={`/contacts/forms/${form.id}`} class="link font-medium">
                {form.name}
              </a>
            ),
          },
          { key: 'title', label: 'Title', cell: (form) => form.title },
          { key: 'submissions', label: 'Sent in', numeric: true, cell: (form) => String(form.submissions) },
          {
            key: 'since',
            label: 'Since',
            cell: (form) => <Time at={form.createdAt} timeZone={timeZone} locale={locale} show="date" />,
          },
        ]}
      />
    </>
  )
}

export interface FormValues {
  name: string
  title: string
  lead: string
  fields: { field: string; label: string; required: boolean }[]
  consentText: string
  tags: string
  thanks: string
}

export interface EditFormPageProps {
  /** Null: a new one. */
  id: string | null
  values: FormValues
  /** Every field a form can ask, with its usual label. */
  known: { field: string; label: string }[]
  submissions?: number
  /** The address, this once. */
  url?: string
  errors?: FieldError[]
}

export function EditFormPage({ id, values, known, submissions, url, errors }: EditFormPageProps) {
  const error = (name: string) => errorOf(errors, name)
  return (
    <>
      <PageHeader
        title={id ? values.name : 'Make a form'}
        lead={submissions === undefined ? undefined : `Sent in ${submissions} times`}
        crumbs={[
          { href: '/contacts', label: 'Contacts' },
          { href: '/contacts/forms', label: 'Forms' },
        ]}
      />
      <div class="flex flex-col gap-5">
        {url && (
          <Alert tone="success" title="The address of this form, shown this once">
            <p class="mb-2">Put it on your website or send it. If it is lost, make a new one below.</p>
            <CopyField id="form-url" label="Address" value={url} />
          </Alert>
        )}
        <Card>
          <Form action={id ? `/contacts/forms/${id}` : '/contacts/forms'}>
            <ErrorSummary errors={errors} />
            <Field
              label="Name, for yourselves"
              name="name"
              value={values.name}
              error={error('name')}
              required
            />
            <Field
              label="Title that visitors read"
              name="title"
              value={values.title}
              error={error('title')}
              required
            />
            <TextareaField
              label="Words above the form"
              name="lead"
              value={values.lead}
              error={error('lead')}
              rows={2}
            />
            <AskedFields values={values} known={known} error={error('fields')} />
            <TextareaField
              label="Consent that visitors may tick"
              name="consent_text"
              value={values.consentText}
              error={error('consent_text')}
              hint="The exact words are kept with each answer. Leave it empty to not ask. It is never ticked beforehand."
              rows={2}
            />
            <Field
              label="Tags that leads get"
              name="tags"
              value={values.tags}
              error={error('tags')}
              hint="Parted by commas"
            />
            <TextareaField
              label="Words of thanks"
              name="thanks"
              value={values.thanks}
              error={error('thanks')}
              rows={2}
            />
            <SubmitButton>{id ? 'Save' : 'Make the form'}</SubmitButton>
          </Form>
        </Card>
        {id && <FormEnd id={id} />}
      </div>
    </>
  )
}

function AskedFields({
  values,
  known,
  error,
}: Pick<EditFormPageProps, 'values' | 'known'> & { error?: string }) {
  return (
    <fieldset id="fields">
      <legend class="mb-2 font-medium text-sm">What it asks; the e-mail address always</legend>
      <div class="flex flex-col gap-3">
        {known.map(({ field, label }) => {
          const asked = values.fields.find((one) => one.field === field)
          const isEmail = field === 'email'
          return (
            <div class="grid items-end gap-3 sm:grid-cols-[8rem_8rem_minmax(0,1fr)]">
              {isEmail ? (
                <span class="text-sm">{label}</span>
              ) : (
                <CheckboxField name="ask" value={field} label={label} checked={Boolean(asked)} />
              )}
              {isEmail ? (
                <span class="text-sm">required</span>
              ) : (
                <CheckboxField name="required" value={field} label="required" checked={asked?.required} />
              )}
              <Field label={`Label of ${label}`} name={`label_${field}`} value={asked?.label ?? label} />
            </div>
          )
        })}
      </div>
      {error && <p class="mt-1 text-error text-sm">{error}</p>}
    </fieldset>
  )
}

const FormEnd = ({ id }: { id: string }) => (
  <Card title="Its address">
    <div class="flex flex-wrap gap-2">
      <ConfirmButton
        action={`/contacts/forms/${id}/link`}
        label="New address"
        title="Make a new address?"
        text="The address that is in use now stops working at once."
        confirmLabel="Make a new address"
        tone="primary"
      />
      <ConfirmButton
        action={`/contacts/forms/${id}/archival`}
        label="Take the form off the web"
        title="Take the form off the web?"
        text="Its address stops working at once. Contacts that came by it stay."
        confirmLabel="Take it off"
      />
    </div>
  </Card>
)
