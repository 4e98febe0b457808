/** The workspace's own app at a vendor: where the vendor is to send people back, and its client id and secret. */
import type { Vendor } from '../../../platform/vendor.ts'
import { Alert } from '../../../views/alert.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import type { ConnectVendorProps } from './connect-vendor-props.ts'

export function AppCard({ vendor, app, installed, redirectUri, refused }: ConnectVendorProps) {
  const mine = refused?.form === 'app' ? refused : undefined
  const lead = installed
    ? `Not needed: this installation has an app at ${vendor.name}. With one of your own, ${vendor.name} shows your name on its consent page and counts calls for you alone.`
    : `Make an app at ${vendor.name}, give it the address below, and copy its client id and secret here.`
  return (
    <Card id="own-app" title={`Your own app at ${vendor.name}`} lead={lead}>
      <div class="flex flex-col gap-4">
        <CopyField
          id="redirect-uri"
          label="Redirect address"
          value={redirectUri}
          hint="Also called callback or return address. It must be the same to the letter."
        />
        {app && <SavedApp vendor={vendor} clientId={app.clientId} />}
        <Form action={`/settings/connections/${vendor.kind}/app`}>
          <ErrorSummary
            errors={mine?.errors}
            detail={mine && !mine.errors?.length ? mine.detail : undefined}
          />
          <Field
            label="Client id"
            name="client_id"
            autocomplete="off"
            required
            value={mine?.values.client_id ?? app?.clientId}
            error={errorOf(mine?.errors, 'client_id')}
          />
          <Field
            label="Client secret"
            name="client_secret"
            type="password"
            autocomplete="off"
            required
            hint={app ? 'The saved one is never shown. Enter it again to change anything.' : undefined}
            error={errorOf(mine?.errors, 'client_secret')}
          />
          <SubmitButton tone="plain">Save the app</SubmitButton>
        </Form>
      </div>
    </Card>
  )
}

function SavedApp({ vendor, clientId }: { vendor: Vendor; clientId: string }) {
  return (
    <Alert
      tone="success"
      title="Your own app is used"
      actions={
        <ConfirmButton
          action={`/settings/connections/${vendor.kind}/app/removal`}
          label="Remove"
          title="Remove your own app?"
          text="Connections that were made with it can no longer be renewed, and must be connected again."
          confirmLabel="Remove the app"
        />
      }
    >
      <code class="break-all">{clientId}</code>
    </Alert>
  )
}
