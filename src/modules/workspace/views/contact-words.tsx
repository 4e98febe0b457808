/** How contacts are shown everywhere: the words and colours of stages and consent, and the form of one contact. */
import type { FieldError } from '../../../platform/result.ts'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { errorOf, Field, SelectField, TextareaField } from '../../../views/form.tsx'

export const STAGE_OPTIONS = [
  { value: 'lead', label: 'Lead' },
  { value: 'qualified', label: 'Qualified' },
  { value: 'customer', label: 'Customer' },
  { value: 'lost', label: 'Lost' },
]
export const CONSENT_OPTIONS = [
  { value: 'unknown', label: 'Not asked' },
  { value: 'given', label: 'Given' },
  { value: 'withdrawn', label: 'Withdrawn' },
]

const STAGE_TONES: Record<string, Tone> = { lead: 'info', qualified: 'warning', customer: 'success' }
const CONSENT_TONES: Record<string, Tone> = { given: 'success', withdrawn: 'error' }

const labelOf = (options: { value: string; label: string }[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value

export const StageBadge = ({ stage }: { stage: string }) => (
  <Badge tone={STAGE_TONES[stage] ?? 'neutral'}>{labelOf(STAGE_OPTIONS, stage)}</Badge>
)

export const ConsentBadge = ({ state }: { state: string }) => (
  <Badge tone={CONSENT_TONES[state] ?? 'neutral'}>{labelOf(CONSENT_OPTIONS, state)}</Badge>
)

const SOURCE_WORDS: Record<string, string> = {
  csv: 'CSV file',
  api: 'API',
  manual: 'By hand',
  form: 'Form',
  demo: 'Sample data',
  stripe: 'Stripe',
}
export const sourceWords = (source: string): string => SOURCE_WORDS[source] ?? source

export const Tags = ({ tags }: { tags: readonly string[] }) => (
  <span class="flex flex-wrap gap-1">
    {tags.map((tag) => (
      <Badge>{tag}</Badge>
    ))}
  </span>
)

export interface ContactValues {
  name?: string
  email?: string
  phone?: string
  company?: string
  stage?: string
  owner?: string
  tags?: string
  note?: string
}

export interface ContactFieldsProps {
  values: ContactValues
  errors?: FieldError[]
  people: { id: string; name: string }[]
}

export function ContactFields({ values, errors, people }: ContactFieldsProps) {
  const error = (name: string) => errorOf(errors, name)
  const owners = [
    { value: '', label: 'Nobody' },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  return (
    <>
      <div class="grid gap-4 sm:grid-cols-2">
        <Field label="Name" name="name" value={values.name} error={error('name')} maxlength={200} />
        <Field
          label="Company"
          name="company"
          value={values.company}
          error={error('company')}
          maxlength={200}
        />
        <Field label="E-mail" name="email" type="email" value={values.email} error={error('email')} />
        <Field
          label="Telephone"
          name="phone"
          value={values.phone}
          error={error('phone')}
          hint="With the country code, or as it is dialled in your country."
        />
        <SelectField label="Stage" name="stage" options={STAGE_OPTIONS} value={values.stage ?? 'lead'} />
        <SelectField
          label="Looked after by"
          name="owner_id"
          options={owners}
          value={values.owner ?? ''}
          error={error('owner_id')}
        />
      </div>
      <Field
        label="Tags"
        name="tags"
        value={values.tags}
        error={error('tags')}
        hint="Parted by commas, e.g. wholesale, trade fair 2026"
      />
      <TextareaField label="Note" name="note" value={values.note} error={error('note')} rows={3} />
    </>
  )
}
