/** One source: its health, what came, how it is connected, what counts, and how to let it go. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton, type ConfirmWords } from '../../../views/confirm.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { CheckboxField, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { CommentsSlot } from '../../workspace/views/panel-slot.tsx'
import { Deliveries, type HookItem } from './source-deliveries.tsx'
import { GIVES, type SourceItem, SourceState } from './source-list.tsx'
import { Reconnect, type SecretItem, Webhook } from './source-stripe.tsx'

export interface SourcePageProps {
  source: SourceItem
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
  const { source, mayManage, webhookUrl, timeZone, locale } = props
  const isStripe = source.sourceType === 'stripe'
  return (
    <>
      <PageHeader title={source.name} crumbs={CRUMBS} actions={<SourceState status={source.syncStatus} />} />
      <div class="flex flex-col gap-5">
        {source.lastError && (
          <Alert tone="error" title="An event could not be processed">
            {source.lastError}
          </Alert>
        )}
        {isStripe && mayManage && !webhookUrl && <Reconnect source={source} />}
        {webhookUrl && <Webhook {...props} webhookUrl={webhookUrl} />}
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
              { label: 'Counts as sales', value: source.countsAsSales ? 'yes' : 'no' },
            ]}
          />
        </Card>
        {isStripe && <Deliveries {...props} />}
        {mayManage && <Settings {...props} />}
        {mayManage && <LetGo source={source} locale={locale} />}
        <CommentsSlot subjectType="source" subjectId={source.id} />
      </div>
    </>
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
          label="Count this source's charges as sales"
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

function LetGo({ source, locale }: { source: SourceItem; locale: string }) {
  const isConnected = source.sourceType === 'stripe' && source.syncStatus !== 'disconnected'
  return (
    <Card title="Let go" tone="danger">
      <div class="flex flex-wrap gap-2">
        {isConnected && <ConfirmButton label="Disconnect, keep the data" {...disconnectWords(source)} />}
        <ConfirmButton label="Delete with all its data" {...deleteWords(source, locale)} />
      </div>
    </Card>
  )
}
