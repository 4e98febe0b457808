/** Passkeys, the authenticator app, linked accounts, and the devices that are signed in. */
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { Field, Form, SubmitButton } from '../../../views/form.tsx'
import { Icon } from '../../../views/icon.tsx'
import { Time } from '../../../views/time.tsx'
import { type OutsideAccountItem, OutsideAccountsCard, type ProviderItem } from './outside-accounts.tsx'
import { PasskeyCard, type PasskeyItem } from './passkeys.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface SessionItem {
  id: string
  agent: string
  from: string
  lastSeen: string
  isThis: boolean
}

export interface SecurityPageProps {
  factorOn: boolean
  codesLeft: number
  passkeys: PasskeyItem[]
  accounts: OutsideAccountItem[]
  providers: readonly ProviderItem[]
  sessions: SessionItem[]
  timeZone: string
  locale: string
}

export function SecurityPage(props: SecurityPageProps) {
  const { factorOn, codesLeft, passkeys, sessions, timeZone, locale } = props
  return (
    <SettingsFrame at="/settings/security">
      <div class="flex flex-col gap-5">
        <PasskeyCard passkeys={passkeys} timeZone={timeZone} locale={locale} />
        <Card
          title="Authenticator app"
          lead="A code of your phone beside the password, where a passkey is not at hand."
        >
          {factorOn ? (
            <FactorOn codesLeft={codesLeft} />
          ) : (
            <LinkButton tone="primary" href="/settings/second-factor" icon="shield">
              Turn it on
            </LinkButton>
          )}
        </Card>
        {passkeys.length > 0 && !factorOn && <RecoveryCard codesLeft={codesLeft} />}
        <OutsideAccountsCard {...props} />
        <Card
          title="Devices"
          lead="Where your account is signed in."
          actions={
            sessions.length > 1 ? (
              <ConfirmButton
                action="/settings/sessions/others/end"
                label="Sign out all others"
                title="Sign out all other devices?"
                text="This device stays signed in."
                confirmLabel="Sign them out"
              />
            ) : undefined
          }
        >
          <SessionTable sessions={sessions} timeZone={timeZone} locale={locale} />
        </Card>
      </div>
    </SettingsFrame>
  )
}

function FactorOn({ codesLeft }: { codesLeft: number }) {
  return (
    <div class="flex flex-wrap items-center gap-3">
      <Badge tone="success">on</Badge>
      <span class="text-sm">{codesLeft} recovery codes left</span>
      <NewCodes />
      <ConfirmButton
        action="/settings/second-factor/off"
        label="Turn off"
        title="Turn the authenticator app off?"
        text="Then nothing but your password and your passkeys protects the account."
        confirmLabel="Turn it off"
      />
    </div>
  )
}

function RecoveryCard({ codesLeft }: { codesLeft: number }) {
  return (
    <Card title="Recovery codes" lead="For the day your passkey is not at hand: each lets you in once.">
      <div class="flex flex-wrap items-center gap-3">
        <span class="text-sm">{codesLeft} recovery codes left</span>
        <NewCodes />
      </div>
    </Card>
  )
}

const NewCodes = () => (
  <ConfirmButton
    action="/settings/second-factor/recovery"
    label="New recovery codes"
    title="Make new recovery codes?"
    text="The old ones stop working."
    confirmLabel="Make new codes"
    tone="primary"
  />
)

function SessionTable({
  sessions,
  timeZone,
  locale,
}: Pick<SecurityPageProps, 'sessions' | 'timeZone' | 'locale'>) {
  return (
    <DataTable
      caption="Signed-in devices"
      rows={sessions}
      columns={[
        {
          key: 'agent',
          label: 'Device',
          cell: (session) => (
            <>
              {session.agent} {session.isThis && <Badge tone="info">this one</Badge>}
            </>
          ),
        },
        { key: 'from', label: 'Network', cell: (session) => session.from },
        {
          key: 'seen',
          label: 'Last seen',
          cell: (session) => <Time at={session.lastSeen} timeZone={timeZone} locale={locale} />,
        },
        {
          key: 'end',
          label: 'Sign out',
          cell: (session) =>
            session.isThis ? (
              ''
            ) : (
              <ConfirmButton
                action={`/settings/sessions/${session.id}/end`}
                label="Sign out"
                title={`Sign out ${session.agent}?`}
                text="That device has to sign in again."
                confirmLabel="Sign it out"
              />
            ),
        },
      ]}
    />
  )
}

export interface FactorSetupPageProps {
  qr: { size: number; path: string }
  secret: string
  ticket: string
  error?: string
}

export function FactorSetupPage({ qr, secret, ticket, error }: FactorSetupPageProps) {
  return (
    <SettingsFrame at="/settings/security">
      <Card title="Set up an authenticator app">
        <ol class="flex list-decimal flex-col gap-4 pl-5 text-sm">
          <li>
            Scan this with an authenticator app.
            <svg
              class="mt-2 w-44 rounded-box bg-white p-2"
              viewBox={`0 0 ${qr.size} ${qr.size}`}
              role="img"
              aria-label="QR code of the secret"
            >
              <path d={qr.path} fill="#000" />
            </svg>
            <div class="mt-2 max-w-md">
              <CopyField id="totp-secret" label="Or type the secret" value={secret} />
            </div>
          </li>
          <li>
            Type the six digits that the app shows.
            <Form action="/settings/second-factor" class="mt-2 flex max-w-xs flex-col gap-3">
              <input type="hidden" name="ticket" value={ticket} />
              <Field
                label="Code"
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                error={error}
                required
              />
              <SubmitButton>Turn it on</SubmitButton>
            </Form>
          </li>
        </ol>
      </Card>
    </SettingsFrame>
  )
}

export function RecoveryCodesPage({ codes }: { codes: string[] }) {
  const file = `Recovery codes of SMB Command. Each works once.\r\n\r\n${codes.join('\r\n')}\r\n`
  return (
    <SettingsFrame at="/settings/security">
      <Card title="Your recovery codes">
        <Alert tone="warning" title="Shown this once">
          Each lets you in once when the phone is not at hand. Print them, or keep them in a password manager.
          Codes from before no longer work.
        </Alert>
        <ul class="my-4 grid gap-2 font-mono text-sm lg:grid-cols-2">
          {codes.map((code) => (
            <li>{code}</li>
          ))}
        </ul>
        <div class="flex flex-wrap gap-2">
          <a
            class="btn border-base-300 bg-base-100"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
            download="recovery-codes.txt"
          >
            <Icon name="download" size={16} />
            Download as text
          </a>
          <LinkButton tone="primary" href="/settings/security">
            I have kept them
          </LinkButton>
        </div>
      </Card>
    </SettingsFrame>
  )
}
