/** Your data: taking it out, requests of people about theirs, sample data, and the end of the workspace. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface PrivacyRequestItem {
  id: string
  source: string
  topic: 'access' | 'erasure' | 'shop_erasure'
  subject: string
  status: 'received' | 'processing' | 'done' | 'failed'
  outcome: Record<string, number>
  hasFile: boolean
  receivedAt: string
  dueAt: string
  doneAt: string | null
}

export interface DataPageProps {
  workspace: string
  mayExport: boolean
  mayErase: boolean
  mayAnswer: boolean
  isTestData: boolean
  eraseAt: string | null
  graceDays: number
  hasDemo: boolean
  requests: PrivacyRequestItem[]
  timeZone: string
  locale: string
  values?: Record<string, string>
  errors?: FieldError[]
}

export function DataPage(props: DataPageProps) {
  return (
    <SettingsFrame at="/settings/data" lead="It is yours: take it out, answer for it, or let it go.">
      <div class="flex flex-col gap-5">
        <ErrorSummary errors={props.errors} />
        {props.eraseAt && <Planned {...props} eraseAt={props.eraseAt} />}
        <ExportCard {...props} />
        {props.hasDemo && <DemoCard />}
        {props.mayAnswer && <RequestsCard {...props} />}
        {!props.eraseAt && !props.isTestData && <EraseCard {...props} />}
      </div>
    </SettingsFrame>
  )
}

function Planned({ workspace, eraseAt, mayErase, timeZone, locale }: DataPageProps & { eraseAt: string }) {
  return (
    <Alert tone="error" title={`${workspace} will be erased`}>
      <p class="mb-3">
        On <Time at={eraseAt} timeZone={timeZone} locale={locale} /> everything in it goes. Until then
        everything works, and any owner can keep it.
      </p>
      {mayErase && (
        <Form action="/settings/data/erasure/withdrawal">
          <div>
            <SubmitButton>Keep the workspace</SubmitButton>
          </div>
        </Form>
      )}
    </Alert>
  )
}

function ExportCard({ mayExport }: DataPageProps) {
  return (
    <Card
      title="Take everything out"
      lead="One zip file: every table as JSON and as CSV, and every file. Secrets stay sealed and are not in it."
    >
      {mayExport ? (
        <div class="flex flex-wrap gap-2">
          <LinkButton href="/settings/data/export.zip" icon="download" download>
            Download everything
          </LinkButton>
          <LinkButton href="/foundry/take-away" icon="table">
            Facts and metrics as a SQLite file
          </LinkButton>
        </div>
      ) : (
        <p class="text-sm">Only an owner can take everything out.</p>
      )}
    </Card>
  )
}

function DemoCard() {
  return (
    <Card title="Sample data" lead="A made-up shop is mixed into your numbers.">
      <ConfirmButton
        action="/demo/removal"
        label="Remove the sample data"
        title="Remove the sample data?"
        text="Your own data stays. You can add the sample again later."
        confirmLabel="Remove it"
      />
    </Card>
  )
}

const TOPICS = {
  access: 'wants to see their data',
  erasure: 'wants to be forgotten',
  shop_erasure: 'the whole shop is to be forgotten',
} as const

const TONES = { received: 'info', processing: 'info', done: 'success', failed: 'error' } as const

function RequestsCard({ requests, timeZone, locale, values = {}, errors }: DataPageProps) {
  return (
    <Card
      title="Requests about personal data"
      lead="Someone may ask what you know of them, or to be forgotten: you have a month. Shopify's requests arrive here by themselves."
    >
      <DataTable
        caption="Requests about personal data"
        rows={requests}
        empty={
          <EmptyState
            icon="shield"
            title="No requests"
            text="When a customer writes to you, put their address in below: everything known of them is gathered, or erased, in one go."
          />
        }
        columns={[
          {
            key: 'who',
            label: 'Who',
            cell: (request) => (
              <>
                {request.subject}
                <span class="block text-base-content/75 text-xs">{TOPICS[request.topic]}</span>
              </>
            ),
          },
          { key: 'source', label: 'From', cell: (request) => request.source },
          {
            key: 'due',
            label: 'Answer until',
            cell: (request) => <Time at={request.dueAt} timeZone={timeZone} locale={locale} show="date" />,
          },
          {
            key: 'status',
            label: 'State',
            cell: (request) => <Badge tone={TONES[request.status]}>{request.status}</Badge>,
          },
          { key: 'answer', label: 'Answer', cell: (request) => <Answer request={request} /> },
        ]}
      />
      <Form action="/settings/data/requests" class="mt-5 grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
        <Field
          label="E-mail address of the person"
          name="email"
          type="email"
          value={values.email}
          error={errorOf(errors, 'email')}
          required
        />
        <SelectField
          label="What they ask for"
          name="topic"
          value={values.topic ?? 'access'}
          options={[
            { value: 'access', label: 'To see their data' },
            { value: 'erasure', label: 'To be forgotten' },
          ]}
        />
        <SubmitButton>Begin</SubmitButton>
      </Form>
    </Card>
  )
}

function Answer({ request }: { request: PrivacyRequestItem }) {
  if (request.status !== 'done') return <>–</>
  const rows = Object.values(request.outcome).reduce((sum, count) => sum + count, 0)
  if (request.hasFile)
    return (
      <a class="link" href={`/settings/data/requests/${request.id}/file`} download>
        {rows} records, download
      </a>
    )
  return <>{rows} records erased</>
}

function EraseCard({ workspace, mayErase, graceDays, values = {}, errors }: DataPageProps) {
  return (
    <Card
      title="Erase this workspace"
      tone="danger"
      lead={`After ${graceDays} days everything in it is gone for good: data, files, connections, people's access. Until then any owner can keep it.`}
    >
      {mayErase ? (
        <Form action="/settings/data/erasure">
          <Field
            label={`Type ${workspace} to confirm`}
            name="name"
            value={values.name}
            error={errorOf(errors, 'name')}
            autocomplete="off"
            required
          />
          <div>
            <SubmitButton tone="danger">Erase in {graceDays} days</SubmitButton>
          </div>
        </Form>
      ) : (
        <p class="text-sm">Only an owner can erase the workspace.</p>
      )}
    </Card>
  )
}
