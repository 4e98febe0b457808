/** One source: its health, what came, how it is connected, what counts, and how to let it go. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton, type ConfirmWords } from '../../../views/confirm.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { CheckboxField, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { CommentsSlot } from '../../workspace/views/panel-slot.tsx'
import type { Badge as Match } from '../domain/source-check.ts'
import { MatchBadge } from './source-checks.tsx'
import { Deliveries, type HookItem } from './source-deliveries.tsx'
import { GIVES, type SourceItem, SourceState } from './source-list.tsx'
import { type DeadItem, DeadRecords, Drift, type DriftItem } from './source-problems.tsx'
import { type SettingsFieldItem, SourceSettings } from './source-settings.tsx'
import { type StreamItem, StreamsPiece } from './source-streams.tsx'
import { Reconnect, type SecretItem, Webhook } from './source-stripe.tsx'

export interface SourcePageProps {
  source: SourceItem & {
    connectorId: string | null
    settings: Record<string, unknown>
    historyFrom: string | null
  }
  /** How it is read; `isRead` false: it sends by itself. */
  reading: {
    isRead: boolean
    streams: StreamItem[]
    fields: readonly SettingsFieldItem[]
    settingsFault: { message: string } | null
    why: string
    minutesLeft: number | null
    dead: DeadItem[]
    drift: DriftItem[]
  }
  /** What the nightly checks found. */
  badge: Match
  hooks: HookItem[]
  webhookUrl: string | null
  secrets: SecretItem[]
  eventTypes: readonly string[]
  mayManage: boolean
  /** ISO instant. */
  now: string
  timeZone: string
  locale: string
  values?: Record<string, string>
  errors?: FieldError[]
}

const CRUMBS = [
  { href: '/foundry', label: 'Mini Foundry' },
  { href: '/foundry/sources', label: 'Data sources' },
]

export function SourcePage(props: SourcePageProps) {
  const { source, mayManage, webhookUrl, timeZone, locale, reading } = props
  const isByHook = source.sourceType === 'stripe' && reading.streams.length === 0
  const problems = { source, ...reading, mayManage, timeZone, locale }
  return (
    <>
      <PageHeader
        title={source.name}
        crumbs={CRUMBS}
        actions={
          <span class="flex flex-wrap items-center gap-2">
            <MatchBadge badge={props.badge} source={source} locale={locale} />
            <SourceState status={source.syncStatus} />
          </span>
        }
      />
      <div class="flex flex-col gap-5">
        <Trouble {...props} />
        {isByHook && mayManage && !webhookUrl && <Reconnect source={source} />}
        {webhookUrl && isByHook && <Webhook {...props} webhookUrl={webhookUrl} />}
        {reading.settingsFault && mayManage && (
          <SourceSettings {...props} fields={reading.fields} isWaiting />
        )}
        {reading.streams.length > 0 && <StreamsPiece {...props} {...reading} />}
        <Drift {...problems} />
        <DeadRecords {...problems} />
        <Card title="What came">
          <DescriptionList
            items={[
              { label: 'Gives', value: GIVES[source.sourceType] },
              { label: 'Records', value: source.recordCount.toLocaleString(locale) },
              {
                label: 'Last data',
                value: source.lastSyncAt ? (
                  <Time at={source.lastSyncAt} timeZone={timeZone} locale={locale} />
                ) : (
                  'not yet'
                ),
              },
              {
                label: 'Counts as sales',
                value: (
                  <>
                    {source.countsAsSales ? 'yes' : 'no'}
                    <span class="block max-w-prose text-base-content/75 text-sm">{reading.why}</span>
                  </>
                ),
              },
            ]}
          />
          <More {...props} />
        </Card>
        {(isByHook || props.hooks.length > 0) && <Deliveries {...props} />}
        {mayManage && reading.isRead && source.connectorId && !reading.settingsFault && (
          <SourceSettings {...props} fields={reading.fields} isWaiting={false} />
        )}
        {mayManage && <Settings {...props} />}
        {mayManage && <LetGo {...props} />}
        <CommentsSlot subjectType="source" subjectId={source.id} />
      </div>
    </>
  )
}

/** What went wrong, in words, and where a person mends it. */
function Trouble({ source, reading }: SourcePageProps) {
  if (!source.lastError) return null
  const href = source.connectorId && `/settings/connections/by-id/${source.connectorId}`
  const title = source.syncStatus === 'failed' ? 'This source needs you' : 'Reading is delayed'
  return (
    <Alert
      tone={source.syncStatus === 'failed' ? 'error' : 'warning'}
      title={reading.isRead ? title : 'An event could not be processed'}
      actions={
        reading.isRead &&
        href && (
          <LinkButton href={href} small>
            See the connection
          </LinkButton>
        )
      }
    >
      {source.lastError}
    </Alert>
  )
}

function More({ source, reading }: SourcePageProps) {
  if (!reading.isRead && reading.streams.length === 0) return null
  const base = `/foundry/sources/${source.id}`
  return (
    <div class="mt-4 flex flex-wrap gap-2">
      <LinkButton href={`${base}/runs`} small>
        History of reads
      </LinkButton>
      <LinkButton href={`${base}/checks`} small>
        Does it match?
      </LinkButton>
      <LinkButton href={`${base}/mapping`} small>
        How it is read into your books
      </LinkButton>
    </div>
  )
}

function Settings({ source, values, errors }: SourcePageProps) {
  return (
    <Card title="Settings">
      <Form action={`/foundry/sources/${source.id}`} class="flex max-w-xl flex-col gap-4">
        <Field
          label="Name"
          name="name"
          value={values?.name ?? source.name}
          error={errorOf(errors, 'name')}
          required
          maxlength={80}
        />
        <CheckboxField
          name="counts_as_sales"
          label="Count this source's sales"
          checked={source.countsAsSales}
          hint="One sale that two sources see must count once. If your shop's orders already come from another source, the payments here are the same money again: counting both doubles your revenue. Leave this off then; payments, invoices and subscriptions are still kept."
        />
        <SubmitButton tone="plain">Save</SubmitButton>
      </Form>
    </Card>
  )
}

/** The words that ask before a source is disconnected. */
export const disconnectWords = (source: { id: string }): ConfirmWords => ({
  action: `/foundry/sources/${source.id}/disconnection`,
  title: 'Disconnect this source?',
  text: 'No new events are taken. What came stays and keeps counting, and it can be connected again.',
  confirmLabel: 'Disconnect',
})

/** The words that ask before a source goes with its data. */
export const deleteWords = (
  source: { id: string; name: string; recordCount: number },
  locale: string,
): ConfirmWords => ({
  action: `/foundry/sources/${source.id}/deletion`,
  title: `Delete ${source.name} and everything that came from it?`,
  text: `${source.recordCount.toLocaleString(locale)} records go, and the numbers made of them. This cannot be taken back.`,
  confirmLabel: 'Delete all of it',
})

function LetGo({ source, reading, locale }: SourcePageProps) {
  const isByHook = source.sourceType === 'stripe' && reading.streams.length === 0
  const isConnected = isByHook && source.syncStatus !== 'disconnected'
  return (
    <Card title="Let go" tone="danger">
      <div class="flex flex-wrap gap-2">
        {isConnected && <ConfirmButton label="Disconnect, keep the data" {...disconnectWords(source)} />}
        <ConfirmButton label="Delete with all its data" {...deleteWords(source, locale)} />
      </div>
    </Card>
  )
}
