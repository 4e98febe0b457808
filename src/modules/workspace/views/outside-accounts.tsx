/** Google and Microsoft: buttons to sign in, linked accounts, and what a first visit leads to. */
import type { FieldError } from '../../../platform/result.ts'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface ProviderItem {
  kind: string
  name: string
}

export interface OutsideAccountItem {
  ref: string
  provider: string
  name: string
  email: string
  lastUsedAt: string | null
}

/** Nothing where no provider is configured. */
export function ProviderButtons({
  providers,
  next,
  mode,
  verb = 'Go on',
}: {
  providers: readonly ProviderItem[]
  next: string
  mode?: 'link' | 'prove'
  verb?: string
}) {
  return (
    <>
      {providers.map(({ kind, name }) => (
        <LinkButton
          href={`/sign-in/with/${kind}?${new URLSearchParams({ next, ...(mode ? { mode } : {}) })}`}
        >
          {verb} with {name}
        </LinkButton>
      ))}
    </>
  )
}

export function OutsideAccountsCard({
  accounts,
  providers,
  timeZone,
  locale,
}: {
  accounts: OutsideAccountItem[]
  providers: readonly ProviderItem[]
  timeZone: string
  locale: string
}) {
  if (providers.length === 0 && accounts.length === 0) return null
  return (
    <Card title="Linked accounts" lead="Accounts elsewhere that can sign in to this one.">
      {accounts.length > 0 && (
        <DataTable
          caption="Linked accounts"
          rows={accounts}
          columns={[
            {
              key: 'account',
              label: 'Account',
              cell: (row) => (
                <>
                  <span class="font-medium">{row.name}</span>
                  <span class="block text-base-content/75 text-xs">{row.email}</span>
                </>
              ),
            },
            {
              key: 'used',
              label: 'Last used',
              cell: (row) =>
                row.lastUsedAt ? <Time at={row.lastUsedAt} timeZone={timeZone} locale={locale} /> : 'not yet',
            },
            {
              key: 'unlink',
              label: 'Unlink',
              cell: (row) => (
                <ConfirmButton
                  action={`/settings/accounts/${row.ref}/removal`}
                  label="Unlink"
                  title={`Unlink ${row.name}?`}
                  text={`${row.email} cannot sign in to this account any more.`}
                  confirmLabel="Unlink it"
                />
              ),
            },
          ]}
        />
      )}
      <div class="mt-3 flex flex-wrap gap-2">
        <ProviderButtons providers={providers} next="/settings/security" mode="link" verb="Link an account" />
      </div>
    </Card>
  )
}

export function LinkAccountPage({ provider, account }: { provider: string; account: string }) {
  return (
    <SettingsFrame at="/settings/security" title={`Link ${provider}`}>
      <Card
        title={`Let ${account} sign in to this account?`}
        lead={`From then on ${provider} is one more way in. You can unlink it at any time.`}
      >
        <Form action="/settings/accounts/link" class="flex gap-2">
          <SubmitButton>Link it</SubmitButton>
          <LinkButton href="/">Not now</LinkButton>
        </Form>
      </Card>
    </SettingsFrame>
  )
}

export interface OutsideSignUpProps {
  provider: string
  email: string
  values: Record<string, string>
  zones: readonly string[]
  currencies: readonly string[]
  errors?: FieldError[]
  detail?: string
}

export function OutsideSignUp(props: OutsideSignUpProps) {
  const { provider, email, values, zones, currencies, errors, detail } = props
  const field = (name: string) => ({ name, value: values[name], error: errorOf(errors, name) })
  return (
    <>
      <h1 class="mb-1 font-semibold text-2xl tracking-tight">Make an account</h1>
      <p class="mb-5 text-base-content/75 text-sm">
        {provider} says you are <strong>{email}</strong>. No password is needed.
      </p>
      <Form action="/sign-up/with">
        <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
        <Field label="Your name" {...field('name')} autocomplete="name" required />
        <Field label="Name of the business" {...field('workspace')} autocomplete="organization" required />
        <div class="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Time zone"
            {...field('timeZone')}
            options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
          <SelectField
            label="Currency"
            {...field('currency')}
            options={currencies.map((code) => ({ value: code, label: code }))}
          />
        </div>
        <SubmitButton wide>Make the account</SubmitButton>
      </Form>
    </>
  )
}
