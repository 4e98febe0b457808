/** API keys: made, shown once, revoked. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
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
  RadioGroup,
  SelectField,
  SubmitButton,
} from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface KeyItem {
  id: string
  name: string
  mode: 'live' | 'test'
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  state: 'active' | 'expired' | 'revoked'
}

export interface KeysPageProps {
  keys: KeyItem[]
  scopes: readonly string[]
  timeZone: string
  locale: string
  /** The key just made: this once. */
  made?: string
  /** Among test data only test keys are made. */
  testData: boolean
  values?: { name?: string; days?: string; mode?: string; scopes?: string[] }
  errors?: FieldError[]
}

const LIFETIMES = [
  { value: '90', label: '90 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'Does not expire' },
]

export function KeysPage(props: KeysPageProps) {
  const docs = (
    <LinkButton href="/docs/api" small icon="book">
      API reference
    </LinkButton>
  )
  return (
    <SettingsFrame
      at="/settings/keys"
      lead="For programs that read or write this workspace's data."
      actions={docs}
    >
      <div class="flex flex-col gap-5">
        {props.made && (
          <Alert tone="success" title="Your new key, shown this once">
            <p class="mb-2">Put it where secrets live. If it is lost, make another and revoke this one.</p>
            <CopyField id="made-key" label="Key" value={props.made} />
          </Alert>
        )}
        <KeyTable {...props} />
        <NewKeyCard {...props} />
        {props.keys.some((key) => key.mode === 'test') && !props.testData && <TestDataCard />}
      </div>
    </SettingsFrame>
  )
}

function KeyTable({ keys, timeZone, locale }: KeysPageProps) {
  const when = (at: string | null, none: string) =>
    at ? <Time at={at} timeZone={timeZone} locale={locale} show="date" /> : none
  return (
    <DataTable
      caption="API keys"
      rows={keys}
      empty={
        <EmptyState
          icon="key"
          title="No keys yet"
          text="Make one below, give it only the scopes it needs, and call the API with it as a bearer token."
        />
      }
      columns={[
        {
          key: 'name',
          label: 'Key',
          cell: (key) => (
            <>
              <span class="font-medium">{key.name}</span>
              <code class="block text-base-content/75 text-xs">
                scp_{key.mode}_{key.id}_…
              </code>
              {key.mode === 'test' && <Badge tone="warning">test data</Badge>}
            </>
          ),
        },
        {
          key: 'scopes',
          label: 'Scopes',
          cell: (key) => <span class="text-xs">{key.scopes.join(', ')}</span>,
        },
        { key: 'used', label: 'Last used', cell: (key) => when(key.lastUsedAt, 'never') },
        { key: 'expires', label: 'Expires', cell: (key) => when(key.expiresAt, 'never') },
        {
          key: 'state',
          label: 'State',
          cell: (key) =>
            key.state === 'active' ? (
              <ConfirmButton
                action={`/settings/keys/${key.id}/revocation`}
                label="Revoke"
                title={`Revoke ${key.name}?`}
                text="Programs that use it are refused at once. This cannot be taken back."
                confirmLabel="Revoke the key"
              />
            ) : (
              <Badge>{key.state}</Badge>
            ),
        },
      ]}
    />
  )
}

const MODES = [
  { value: 'live', label: 'Live', hint: 'Works on the data of this workspace.' },
  {
    value: 'test',
    label: 'Test',
    hint: 'Works on test data, a workspace of its own beside this one: nothing real is touched.',
  },
]

function TestDataCard() {
  return (
    <Card
      title="Test data"
      lead="Test keys work in a workspace beside this one. Owners and admins find it in the list of workspaces."
    >
      <Form action="/settings/keys/people">
        <p class="text-sm">Owners and admins who came later are let in when a test key is made, or now.</p>
        <SubmitButton tone="plain">Let them in now</SubmitButton>
      </Form>
    </Card>
  )
}

function NewKeyCard({ scopes, testData, values = {}, errors }: KeysPageProps) {
  return (
    <Card title="Make a key">
      <Form action="/settings/keys">
        <ErrorSummary errors={errors} />
        <Field
          label="What it is for"
          name="name"
          value={values.name}
          error={errorOf(errors, 'name')}
          placeholder="e.g. Nightly report"
          required
        />
        {!testData && (
          <RadioGroup
            legend="Works on"
            name="mode"
            options={MODES}
            value={values.mode ?? 'live'}
            error={errorOf(errors, 'mode')}
          />
        )}
        <fieldset id="scopes">
          <legend class="mb-2 font-medium text-sm">Scopes</legend>
          <div class="grid gap-2 sm:grid-cols-2">
            {scopes.map((scope) => (
              <CheckboxField
                name="scopes"
                value={scope}
                label={<code>{scope}</code>}
                checked={values.scopes?.includes(scope)}
              />
            ))}
          </div>
          {errorOf(errors, 'scopes') && <p class="mt-1 text-error text-sm">{errorOf(errors, 'scopes')}</p>}
        </fieldset>
        <SelectField label="Lifetime" name="days" value={values.days ?? '90'} options={LIFETIMES} />
        <SubmitButton>Make the key</SubmitButton>
      </Form>
    </Card>
  )
}
