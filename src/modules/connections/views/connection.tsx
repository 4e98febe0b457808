/** One connection: how it does, who may use it, and how to renew or end it. */
import type { FieldError } from '../../../platform/result.ts'
import type { Vendor } from '../../../platform/vendor.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { CheckboxField, ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { type ConnectorView, USING_ROLES } from '../domain/connector.ts'
import { HealthBadge, HealthLine, type Place } from './health.tsx'

export interface ConnectionProps {
  connector: ConnectorView
  /** Null when this installation does not offer the vendor any more. */
  vendor: Vendor | null
  mayManage: boolean
  place: Place
  /** Where what comes from it is shown; null: nothing is read from it. */
  reads: string | null
  errors?: FieldError[]
  values?: { name?: string; roles?: string[] }
}

const METHODS: Record<string, string> = {
  oauth: 'By signing in there',
  key: 'By a key',
  hook: 'Only webhooks come in',
}

const ROLE_WORDS = { owner: 'Owners', admin: 'Admins', member: 'Members' } as const

export function Connection(props: ConnectionProps) {
  const { connector, mayManage } = props
  const ours = connector.method !== 'hook'
  return (
    <div class="flex flex-col gap-5">
      {connector.status === 'failed' && <NeedsYou {...props} />}
      <Health {...props} />
      {mayManage && <Use {...props} />}
      {mayManage && ours && <End {...props} />}
      {!ours && (
        <Alert tone="info">
          This connection belongs to a data source. Its secrets, and how to end it, are on the page of{' '}
          <a class="link" href="/foundry/sources">
            that source
          </a>
          .
        </Alert>
      )}
    </div>
  )
}

const againHref = ({ id, kind }: ConnectorView) => `/settings/connections/${kind}?again=${id}`

function NeedsYou({ connector, vendor, mayManage }: ConnectionProps) {
  return (
    <Alert tone="error" title="This connection needs you">
      <p>
        {connector.lastError ?? 'It no longer lets us in.'} Nothing is lost: connect it again with the same
        account and it goes on where it stopped.
      </p>
      {mayManage && vendor && (
        <p class="mt-3">
          <LinkButton href={againHref(connector)} small icon="plug">
            Connect again
          </LinkButton>
        </p>
      )}
    </Alert>
  )
}

function Health({ connector, vendor, mayManage, place, reads }: ConnectionProps) {
  const when = (at: string | null, none: string) => (at ? <Time at={at} {...place} /> : none)
  const ours = connector.method !== 'hook' && vendor
  return (
    <Card title="Health">
      <DescriptionList
        items={[
          {
            label: 'State',
            value: (
              <>
                <HealthBadge status={connector.status} />{' '}
                <span class="text-base-content/75">
                  <HealthLine connector={connector} place={place} />
                </span>
              </>
            ),
          },
          { label: 'System', value: vendor?.name ?? connector.kind },
          {
            label: 'Account',
            value: [connector.accountName, connector.account].filter(Boolean).join(' · ') || 'not told',
          },
          { label: 'Connected', value: METHODS[connector.method] ?? connector.method },
          {
            label: 'May do there',
            value: connector.scopes.length > 0 ? connector.scopes.join(', ') : 'not told',
          },
          { label: 'Last worked', value: when(connector.lastOkAt, 'not yet') },
          { label: 'Last checked', value: when(connector.lastCheckedAt, 'not yet') },
          { label: 'Last used', value: when(connector.lastUsedAt, 'not yet') },
          { label: 'Since', value: when(connector.createdAt, '') },
        ]}
      />
      {reads && (
        <p class="mt-4">
          <LinkButton href={reads} small tone="primary">
            See what is read from it
          </LinkButton>
        </p>
      )}
      {mayManage && ours && (
        <div class="mt-4 flex flex-wrap gap-2">
          {connector.status !== 'disconnected' && (
            <form action={`/settings/connections/by-id/${connector.id}/check`} method="post">
              <Button small icon="refresh">
                Check now
              </Button>
            </form>
          )}
          {connector.status !== 'failed' && (
            <LinkButton href={againHref(connector)} small icon="plug">
              Connect again
            </LinkButton>
          )}
        </div>
      )}
    </Card>
  )
}

function Use({ connector, errors, values }: ConnectionProps) {
  const roles = values?.roles ?? connector.roles
  return (
    <Card
      title="Name and use"
      lead="Automations and syncs go on for everybody; this is about who may act through it."
    >
      <Form action={`/settings/connections/by-id/${connector.id}`}>
        <ErrorSummary errors={errors} />
        <Field
          label="Name"
          name="name"
          value={values?.name ?? connector.name}
          maxlength={80}
          required
          error={errorOf(errors, 'name')}
        />
        <fieldset id="roles">
          <legend class="mb-2 font-medium text-sm">Who may use it</legend>
          <div class="flex flex-wrap gap-4">
            {USING_ROLES.map((role) =>
              role === 'owner' ? (
                <p class="text-sm">{ROLE_WORDS.owner}, always</p>
              ) : (
                <CheckboxField
                  name="roles"
                  value={role}
                  label={ROLE_WORDS[role]}
                  checked={roles.includes(role)}
                />
              ),
            )}
          </div>
        </fieldset>
        <SubmitButton tone="plain">Save</SubmitButton>
      </Form>
    </Card>
  )
}

function End({ connector }: ConnectionProps) {
  const action = `/settings/connections/by-id/${connector.id}/disconnection`
  return (
    <Card
      tone="danger"
      title="Disconnect"
      lead="We tell them that we go, and forget the key. What came from it is yours: keep it, or let it go too."
    >
      <div class="flex flex-wrap gap-2">
        {connector.status !== 'disconnected' && (
          <ConfirmButton
            action={action}
            fields={{ data: 'keep' }}
            label="Disconnect, keep the data"
            title={`Disconnect ${connector.name}?`}
            text="Nothing new comes in. What came stays in your numbers, and connecting the same account again goes on."
            confirmLabel="Disconnect"
          />
        )}
        <ConfirmButton
          action={action}
          fields={{ data: 'remove' }}
          label="Disconnect and delete its data"
          title={`Disconnect ${connector.name} and delete its data?`}
          text="Orders, customers and all else that came from it leave your numbers. This cannot be taken back."
          confirmLabel="Disconnect and delete"
        />
      </div>
    </Card>
  )
}
