/** Slack and Teams channels that hear of what happens here. */
import type { FieldError } from '../../../platform/result.ts'
import type { NoticeKind } from '../../../platform/wing-facts.ts'
import { Badge } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import {
  CheckboxField,
  ErrorSummary,
  errorOf,
  Field,
  Form,
  RadioGroup,
  SubmitButton,
} from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface ChannelItem {
  id: string
  type: 'slack' | 'teams'
  name: string
  kinds: string[]
  status: 'active' | 'failing' | 'paused'
  lastError: string | null
  lastSentAt: string | null
  postsPerHour: number
}

export interface ChannelFormValues {
  type?: string
  name?: string
  kinds?: string[]
  postsPerHour?: string
}

export interface ChannelsPageProps {
  channels: ChannelItem[]
  kinds: readonly NoticeKind[]
  timeZone: string
  locale: string
  values?: ChannelFormValues
  errors?: FieldError[]
}

const NAMES = { slack: 'Slack', teams: 'Teams' }
const TONES = { active: 'success', failing: 'error', paused: 'neutral' } as const

export function ChannelsPage(props: ChannelsPageProps) {
  return (
    <SettingsFrame
      at="/settings/channels"
      lead="Posts what happens here into a channel of Slack or Microsoft Teams, by an incoming webhook."
    >
      <div class="flex flex-col gap-5">
        {props.channels.length === 0 ? (
          <EmptyState
            icon="bell"
            title="No channels yet"
            text="Add one below and choose what is posted there."
          />
        ) : (
          props.channels.map((channel) => <ChannelCard channel={channel} {...props} />)
        )}
        <NewChannelCard {...props} />
      </div>
    </SettingsFrame>
  )
}

function ChannelCard({ channel, kinds, timeZone, locale }: ChannelsPageProps & { channel: ChannelItem }) {
  const at = `/settings/channels/${channel.id}`
  const actions = (
    <>
      <PostButton action={`${at}/test`} label="Send a test" />
      {channel.status === 'active' ? (
        <PostButton action={`${at}/pause`} label="Pause" />
      ) : (
        <PostButton action={`${at}/resume`} label="Resume" />
      )}
      <ConfirmButton
        action={`${at}/removal`}
        label="Remove"
        title={`Remove ${channel.name}?`}
        text="Nothing is posted there any more. The webhook itself stays in the other service until you delete it there."
        confirmLabel="Remove the channel"
      />
    </>
  )
  return (
    <Card id={`channel-${channel.id}`} title={channel.name} actions={actions}>
      <p class="flex flex-wrap items-center gap-2 text-sm">
        <Badge>{NAMES[channel.type]}</Badge>
        <Badge tone={TONES[channel.status]}>{channel.status}</Badge>
        <span class="text-base-content/75">
          {channel.lastSentAt ? (
            <>
              last post <Time at={channel.lastSentAt} timeZone={timeZone} locale={locale} />
            </>
          ) : (
            'no post yet'
          )}
        </span>
      </p>
      {channel.lastError && <p class="mt-2 text-error text-sm">{channel.lastError}</p>}
      <details class="mt-3">
        <summary class="link cursor-pointer text-sm">What is posted there</summary>
        <Form action={at} class="mt-3 flex flex-col gap-4">
          <Kinds kinds={kinds} chosen={channel.kinds} prefix={channel.id} />
          <SubmitButton tone="plain">Save</SubmitButton>
        </Form>
      </details>
    </Card>
  )
}

function PostButton({ action, label }: { action: string; label: string }) {
  return (
    <form action={action} method="post">
      <Button small>{label}</Button>
    </form>
  )
}

/** Ids carry a prefix: the same kinds are asked for in several forms of the page. */
function Kinds({
  kinds,
  chosen,
  prefix,
  error,
}: {
  kinds: readonly NoticeKind[]
  chosen: readonly string[]
  prefix: string
  error?: string
}) {
  return (
    <fieldset id={prefix === 'new' ? 'kinds' : undefined}>
      <legend class="mb-2 font-medium text-sm">What is posted</legend>
      <div class="grid gap-2 sm:grid-cols-2">
        {kinds.map((kind) => (
          <CheckboxField
            name={`${prefix}:kinds`}
            value={kind.kind}
            label={kind.title}
            hint={kind.description}
            checked={chosen.includes(kind.kind)}
          />
        ))}
      </div>
      {error && <p class="mt-1 text-error text-sm">{error}</p>}
    </fieldset>
  )
}

function NewChannelCard({ kinds, values = {}, errors }: ChannelsPageProps) {
  return (
    <Card title="Add a channel">
      <Form action="/settings/channels">
        <ErrorSummary errors={errors} />
        <RadioGroup
          legend="Where"
          name="type"
          value={values.type ?? 'slack'}
          error={errorOf(errors, 'type')}
          options={[
            {
              value: 'slack',
              label: 'Slack',
              hint: 'In Slack: your app’s settings, Incoming Webhooks, Add New Webhook, choose the channel, copy the address.',
            },
            {
              value: 'teams',
              label: 'Microsoft Teams',
              hint: 'In Teams: the channel’s menu, Workflows, “Send webhook alerts to a channel”, copy the address.',
            },
          ]}
        />
        <Field
          label="Name of the channel"
          name="name"
          value={values.name}
          error={errorOf(errors, 'name')}
          placeholder="e.g. #shop-alerts"
          required
          maxlength={80}
        />
        <Field
          label="Address of the webhook"
          name="url"
          type="url"
          error={errorOf(errors, 'url')}
          hint="Kept encrypted and not shown again: whoever knows it can post to the channel."
          autocomplete="off"
          required
        />
        <Kinds kinds={kinds} chosen={values.kinds ?? []} prefix="new" error={errorOf(errors, 'kinds')} />
        <Field
          label="Posts an hour at most"
          name="postsPerHour"
          type="number"
          min="1"
          max="120"
          value={values.postsPerHour ?? '30'}
          hint="What comes above is told in one summary."
          error={errorOf(errors, 'postsPerHour')}
        />
        <SubmitButton>Add the channel</SubmitButton>
      </Form>
    </Card>
  )
}
