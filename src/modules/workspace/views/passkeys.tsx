/** Passkeys: the button that uses one, the list of one's own, and the page that makes one. */
import type { FieldError } from '../../../platform/result.ts'
import { Badge } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { ErrorSummary, errorOf, Field } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface PasskeyItem {
  ref: string
  name: string
  createdAt: string
  lastUsedAt: string | null
  backedUp: boolean
}

/** Hidden until the island finds that the browser can. With `autofill` the e-mail field offers known keys. */
export function PasskeyButton({
  action,
  next,
  label,
  autofill = false,
}: {
  action: string
  next: string
  label: string
  autofill?: boolean
}) {
  return (
    <>
      <form
        action={action}
        method="post"
        class="flex flex-col gap-2"
        data-passkey="use"
        data-autofill={autofill ? '' : undefined}
        hidden
      >
        <input type="hidden" name="ticket" />
        <input type="hidden" name="credential" />
        <input type="hidden" name="next" value={next} />
        <Button icon="key">{label}</Button>
        <p class="text-error text-sm" role="status" data-passkey-words />
      </form>
      <script type="module" src="/js/passkeys.js" />
    </>
  )
}

export function PasskeyCard({
  passkeys,
  timeZone,
  locale,
}: {
  passkeys: PasskeyItem[]
  timeZone: string
  locale: string
}) {
  return (
    <Card
      title="Passkeys"
      lead="Sign in with your fingerprint, face or device PIN. No password to steal, and both factors at once."
      actions={
        <LinkButton href="/settings/passkeys/new" small icon="plus">
          Add a passkey
        </LinkButton>
      }
    >
      {passkeys.length > 0 && (
        <DataTable
          caption="Your passkeys"
          rows={passkeys}
          columns={[
            { key: 'name', label: 'Passkey', cell: (item) => <Name item={item} /> },
            {
              key: 'made',
              label: 'Made',
              cell: (item) => <Time at={item.createdAt} timeZone={timeZone} locale={locale} show="date" />,
            },
            {
              key: 'used',
              label: 'Last used',
              cell: (item) =>
                item.lastUsedAt ? (
                  <Time at={item.lastUsedAt} timeZone={timeZone} locale={locale} />
                ) : (
                  'not yet'
                ),
            },
            {
              key: 'remove',
              label: 'Remove',
              cell: (item) => (
                <ConfirmButton
                  action={`/settings/passkeys/${item.ref}/removal`}
                  label="Remove"
                  title={`Remove the passkey “${item.name}”?`}
                  text="It stops signing you in at once. Delete it on the device as well."
                  confirmLabel="Remove it"
                />
              ),
            },
          ]}
        />
      )}
    </Card>
  )
}

function Name({ item }: { item: PasskeyItem }) {
  return (
    <form action={`/settings/passkeys/${item.ref}/name`} method="post" class="flex items-center gap-1">
      <input
        name="name"
        class="input input-sm w-36"
        value={item.name}
        maxlength={60}
        aria-label={`Name of the passkey ${item.name}`}
        required
      />
      <button
        type="submit"
        class="btn btn-sm border-base-300 bg-base-100"
        aria-label={`Save the name of ${item.name}`}
      >
        Save
      </button>
      {item.backedUp && <Badge>synced</Badge>}
    </form>
  )
}

export interface NewPasskeyPageProps {
  /** JSON for the browser. */
  options: string
  ticket: string
  name?: string
  errors?: FieldError[]
  detail?: string
}

export function NewPasskeyPage({ options, ticket, name = '', errors, detail }: NewPasskeyPageProps) {
  return (
    <SettingsFrame at="/settings/security" title="Add a passkey">
      <Card
        title="On this device, a phone or a security key"
        lead="Your browser asks where to keep it. The other devices you are signed in on are signed out."
      >
        <noscript>
          <p class="text-sm">Passkeys need JavaScript. Use an authenticator app without it.</p>
        </noscript>
        <form
          action="/settings/passkeys"
          method="post"
          class="flex max-w-md flex-col gap-4"
          data-passkey="make"
          data-options={options}
          hidden
        >
          <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
          <input type="hidden" name="ticket" value={ticket} />
          <input type="hidden" name="credential" />
          <Field
            label="A name for it"
            name="name"
            value={name}
            error={errorOf(errors, 'name')}
            placeholder="e.g. Work laptop"
            maxlength={60}
            required
            autofocus
          />
          <div class="flex gap-2">
            <Button tone="primary" icon="key">
              Make the passkey
            </Button>
            <LinkButton href="/settings/security">Cancel</LinkButton>
          </div>
          <p class="text-error text-sm" role="status" data-passkey-words />
        </form>
        <script type="module" src="/js/passkeys.js" />
      </Card>
    </SettingsFrame>
  )
}
