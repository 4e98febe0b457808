/** One flow for every vendor: what it gives, what it needs, the ways to connect it, and the workspace's own app. */
import type { ConnectMethod, VendorField } from '../../../platform/vendor.ts'
import { Alert } from '../../../views/alert.tsx'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import type { ConnectorView } from '../domain/connector.ts'
import type { ConnectVendorProps } from './connect-vendor-props.ts'
import { HealthBadge } from './health.tsx'
import { AppCard } from './own-app.tsx'
import { StandInCard } from './stand-in.tsx'

export function ConnectVendor(props: ConnectVendorProps) {
  const { vendor, again, connections, chosen, app, installed, used } = props
  // what works at once comes first: a consent page needs an app
  const ready = ({ kind }: ConnectMethod) => kind === 'key' || app !== null || installed
  const method =
    vendor.methods.find(({ kind }) => kind === chosen) ?? vendor.methods.find(ready) ?? vendor.methods[0]
  return (
    <div class="flex flex-col gap-5">
      {again && (
        <Alert tone="info" title={`Connecting ${again.name} again`}>
          Use the same account ({again.accountName || again.account}): its sources and all that came from it
          go on.
        </Alert>
      )}
      {!used && (
        <Alert tone="info" title={`No module of this version works with ${vendor.name} yet`}>
          You can connect it now: the access is kept sealed, renewed and checked every day. What is listed
          below begins when a module that reads it is there.
        </Alert>
      )}
      {props.standIn && !again && <StandInCard vendor={vendor} way={props.standIn} />}
      <Card title="What you get">
        <ul class="list-disc pl-5 text-sm">
          {vendor.gives.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <p class="mt-3 text-sm">
          <span class="font-medium">What you need: </span>
          {vendor.needs}{' '}
          <a class="link" href={vendor.help} rel="noreferrer" target="_blank">
            Where to find it<span class="sr-only"> (opens another site)</span>
          </a>
        </p>
      </Card>
      <div>
        {vendor.methods.length > 1 && <Ways {...props} current={method} />}
        {method && <MethodCard {...props} method={method} />}
      </div>
      {method?.kind === 'oauth' && <AppCard {...props} />}
      {connections.length > 0 && !again && <Already connections={connections} />}
    </div>
  )
}

function Ways({ vendor, again, current }: ConnectVendorProps & { current?: ConnectMethod }) {
  const hrefOf = (method: ConnectMethod) => {
    const query = new URLSearchParams({ method: method.kind, ...(again ? { again: again.id } : {}) })
    return `/settings/connections/${vendor.kind}?${query}`
  }
  return (
    <Tabs
      label="Ways to connect"
      tabs={vendor.methods.map((method) => ({
        href: hrefOf(method),
        label: method.label,
        current: method === current,
      }))}
    />
  )
}

function MethodCard({
  vendor,
  method,
  again,
  app,
  installed,
  refused,
}: ConnectVendorProps & { method: ConnectMethod }) {
  const mine = refused?.form === method.kind ? refused : undefined
  if (method.kind === 'oauth' && !app && !installed)
    return (
      <Card title={method.label}>
        <p class="text-sm">
          {vendor.name} must know this installation first.{' '}
          <a class="link" href="#own-app">
            Enter your own app below
          </a>
          , then connect.
        </p>
      </Card>
    )
  return (
    <Card
      title={method.label}
      lead={
        method.kind === 'oauth'
          ? `You sign in at ${vendor.name} and choose what we may read. We never see your password.`
          : 'The key is checked at once, kept sealed, and never shown again.'
      }
    >
      <Form action={`/settings/connections/${vendor.kind}/start`}>
        <ErrorSummary errors={mine?.errors} detail={mine && !mine.errors?.length ? mine.detail : undefined} />
        <input type="hidden" name="method" value={method.kind} />
        {again && <input type="hidden" name="connector_id" value={again.id} />}
        {method.fields.map((field) => (
          <VendorInput
            field={field}
            value={field.secret ? undefined : mine?.values[field.name]}
            error={errorOf(mine?.errors, field.name)}
          />
        ))}
        <SubmitButton>{method.kind === 'oauth' ? `Go to ${vendor.name}` : 'Check and connect'}</SubmitButton>
      </Form>
    </Card>
  )
}

function VendorInput({ field, value, error }: { field: VendorField; value?: string; error?: string }) {
  return (
    <Field
      label={field.label}
      name={field.name}
      type={field.secret ? 'password' : 'text'}
      autocomplete="off"
      hint={field.hint}
      placeholder={field.placeholder}
      required={!field.optional}
      value={value}
      error={error}
    />
  )
}

function Already({ connections }: { connections: ConnectorView[] }) {
  return (
    <Card
      title="Connected already"
      lead="Connecting the same account again renews it, and makes no second one."
    >
      <ul class="flex flex-col gap-2 text-sm">
        {connections.map(({ id, name, status }) => (
          <li class="flex flex-wrap items-center gap-2">
            <a class="link" href={`/settings/connections/by-id/${id}`}>
              {name}
            </a>
            <HealthBadge status={status} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
