/** One contact: who it is, consent with its words, everything that happened, what people say and keep about it. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
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
import { Time } from '../../../views/time.tsx'
import {
  ConsentBadge,
  ContactFields,
  type ContactValues,
  StageBadge,
  sourceWords,
  Tags,
} from './contact-words.tsx'
import { CommentsSlot, FilesSlot } from './panel-slot.tsx'

export interface TimelineLine {
  at: string
  kind: string
  title: string
  detail?: string
  href?: string
}

export interface ContactPageProps {
  contact: {
    id: string
    name: string
    email: string | null
    phone: string | null
    company: string | null
    stage: string
    source: string
    sourceDetail: string
    consent: { state: string; at: string | null; source: string | null; text: string | null }
    tags: string[]
    ownerId: string | null
    note: string
    version: number
    createdAt: string
  }
  title: string
  people: { id: string; name: string }[]
  timeline: TimelineLine[]
  /** Merges that can be taken apart. */
  undo?: { id: string; title: string }[]
  mayWrite: boolean
  values?: ContactValues
  errors?: FieldError[]
  timeZone: string
  locale: string
}

export function ContactPage(props: ContactPageProps) {
  const { contact, title, mayWrite } = props
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[{ href: '/contacts', label: 'Contacts' }]}
        lead={<StageBadge stage={contact.stage} />}
      />
      {props.undo?.map(({ id, title: words }) => (
        <Alert
          tone="info"
          title={words}
          actions={
            mayWrite && (
              <ConfirmButton
                action={`/contacts/${contact.id}/merges/${id}`}
                label="Take apart"
                title="Take the merge apart?"
                text="The other contact comes back with what hung on it. Later changes to this one stay."
                confirmLabel="Take apart"
                tone="primary"
              />
            )
          }
        />
      ))}
      <div class="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div class="flex min-w-0 flex-col gap-5">
          <Facts {...props} />
          {mayWrite && <EditCard {...props} />}
          <Timeline {...props} />
        </div>
        <div class="flex min-w-0 flex-col gap-5">
          <ConsentCard {...props} />
          <CommentsSlot subjectType="contact" subjectId={contact.id} />
          <FilesSlot subjectType="contact" subjectId={contact.id} />
          {mayWrite && <EndCard {...props} />}
        </div>
      </div>
    </>
  )
}

function Facts({ contact, people, timeZone, locale }: ContactPageProps) {
  const owner = people.find(({ id }) => id === contact.ownerId)?.name ?? 'Nobody'
  const from = [sourceWords(contact.source), contact.sourceDetail].filter(Boolean).join(': ')
  const items = [
    {
      label: 'E-mail',
      value: contact.email && (
        <a class="link" href={`mailto:${contact.email}`}>
          {contact.email}
        </a>
      ),
    },
    {
      label: 'Telephone',
      value: contact.phone && (
        <a class="link" href={`tel:${contact.phone}`}>
          {contact.phone}
        </a>
      ),
    },
    { label: 'Company', value: contact.company },
    { label: 'Tags', value: contact.tags.length > 0 && <Tags tags={contact.tags} /> },
    { label: 'Looked after by', value: owner },
    { label: 'Came from', value: from },
    {
      label: 'Since',
      value: <Time at={contact.createdAt} timeZone={timeZone} locale={locale} show="date" />,
    },
    { label: 'Note', value: contact.note && <span class="whitespace-pre-line">{contact.note}</span> },
  ]
  return (
    <Card title="Who it is">
      <DescriptionList items={items.flatMap(({ label, value }) => (value ? [{ label, value }] : []))} />
    </Card>
  )
}

function EditCard({ contact, people, values, errors }: ContactPageProps) {
  const shown: ContactValues = values ?? {
    name: contact.name,
    email: contact.email ?? '',
    phone: contact.phone ?? '',
    company: contact.company ?? '',
    stage: contact.stage,
    owner: contact.ownerId ?? '',
    tags: contact.tags.join(', '),
    note: contact.note,
  }
  return (
    <details class="surface p-4 sm:p-5" open={Boolean(errors)}>
      <summary class="cursor-pointer font-semibold">Change</summary>
      <Form action={`/contacts/${contact.id}`} class="mt-4 flex flex-col gap-4">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="version" value={String(contact.version)} />
        <ContactFields values={shown} errors={errors} people={people} />
        <SubmitButton>Save</SubmitButton>
      </Form>
    </details>
  )
}

function ConsentCard({ contact, mayWrite, errors, timeZone, locale }: ContactPageProps) {
  const { state, at, source, text } = contact.consent
  const next = state === 'given' ? 'withdrawn' : 'given'
  return (
    <Card title="Consent to marketing mail" actions={<ConsentBadge state={state} />}>
      {state === 'unknown' ? (
        <p class="text-sm">Nobody has asked. Marketing mail is not sent to this contact.</p>
      ) : (
        <DescriptionList
          items={[
            { label: 'When', value: at ? <Time at={at} timeZone={timeZone} locale={locale} /> : 'Unknown' },
            { label: 'Where', value: source ?? 'Unknown' },
            ...(text ? [{ label: 'Words', value: `“${text}”` }] : []),
          ]}
        />
      )}
      {mayWrite && (
        <details class="mt-3 text-sm">
          <summary class="cursor-pointer">Write down consent or its withdrawal</summary>
          <Form action={`/contacts/${contact.id}/consent`} class="mt-3 flex flex-col gap-3">
            <SelectField
              label="The contact has"
              name="state"
              value={next}
              options={[
                { value: 'given', label: 'given consent' },
                { value: 'withdrawn', label: 'withdrawn consent' },
              ]}
            />
            <Field
              label="Where"
              name="source"
              placeholder="e.g. by telephone"
              error={errorOf(errors, 'consent.source')}
              required
            />
            <TextareaField label="With which words" name="text" rows={2} />
            <SubmitButton tone="plain">Write down</SubmitButton>
          </Form>
        </details>
      )}
    </Card>
  )
}

function Timeline({ timeline, timeZone, locale }: ContactPageProps) {
  return (
    <Card title="What happened" lead="Orders, invoices, mail, forms and changes, the newest first.">
      <ol class="flex flex-col gap-3 text-sm">
        {timeline.map((line) => (
          <li class="border-base-300 border-l-2 pl-3">
            <p class="font-medium">
              {line.href ? (
                <a href={line.href} class="link">
                  {line.title}
                </a>
              ) : (
                line.title
              )}
            </p>
            {line.detail && <p class="text-base-content/80">{line.detail}</p>}
            <p class="text-base-content/75 text-xs">
              <Time at={line.at} timeZone={timeZone} locale={locale} />
            </p>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function EndCard({ contact, title }: ContactPageProps) {
  return (
    <Card title="Delete" tone="danger">
      <p class="mb-3 text-sm">
        The contact goes with its history, comments and files, and its name and addresses are taken out of
        orders and invoices. Amounts stay.
      </p>
      <ConfirmButton
        action={`/contacts/${contact.id}/deletion`}
        label="Delete the contact"
        title={`Delete ${title}?`}
        text="Everything known of this person is erased here. This cannot be taken back."
        confirmLabel="Delete for good"
      />
    </Card>
  )
}

export interface NewContactPageProps {
  values: ContactValues
  errors?: FieldError[]
  people: { id: string; name: string }[]
  /** The contact that has this address already. */
  existing?: string
}

export function NewContactPage({ values, errors, people, existing }: NewContactPageProps) {
  return (
    <>
      <PageHeader title="Add a contact" crumbs={[{ href: '/contacts', label: 'Contacts' }]} />
      <Card>
        <Form action="/contacts">
          <ErrorSummary errors={errors} />
          {existing && (
            <Alert
              tone="warning"
              title="This contact is here already."
              actions={
                <LinkButton href={`/contacts/${existing}`} small>
                  Open it
                </LinkButton>
              }
            />
          )}
          <ContactFields values={values} errors={errors} people={people} />
          <SubmitButton>Add the contact</SubmitButton>
        </Form>
      </Card>
    </>
  )
}
