/** Handing a workspace over: the offer as its reader meets it, and as the people page tells of it. */
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { ErrorSummary, Form, SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'

export interface OfferItem {
  toName: string
  fromName: string
  expiresAt: string
  /** For the person it is made to. */
  href: string | null
}

export function OfferNotice({
  offer,
  mayWithdraw,
  timeZone,
  locale,
}: {
  offer: OfferItem
  mayWithdraw: boolean
  timeZone: string
  locale: string
}) {
  const { toName, fromName, href } = offer
  return (
    <Alert
      tone="info"
      title={href ? `${fromName} offers you this workspace` : `${fromName} offers ${toName} this workspace`}
      actions={
        <>
          {href && (
            <LinkButton small tone="primary" href={href}>
              Look at it
            </LinkButton>
          )}
          {(href || mayWithdraw) && (
            <ConfirmButton
              action="/settings/ownership/withdrawal"
              label={href ? 'Decline' : 'Withdraw'}
              title={href ? 'Decline the offer?' : 'Withdraw the offer?'}
              text="Nobody's role changes."
              confirmLabel={href ? 'Decline' : 'Withdraw'}
            />
          )}
        </>
      }
    >
      Nothing changes until it is accepted. It ends{' '}
      <Time at={offer.expiresAt} timeZone={timeZone} locale={locale} show="date" />.
    </Alert>
  )
}

export function OwnershipPage({
  workspace,
  fromName,
  action,
  detail,
}: {
  workspace: string
  fromName: string
  action: string
  detail?: string
}) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">Become the owner of {workspace}?</h1>
      <p class="mb-3 text-sm">{fromName} hands it over to you. If you accept:</p>
      <ul class="mb-5 list-disc pl-5 text-sm">
        <li>you can do everything here, also export and erase all of it;</li>
        <li>{fromName} becomes admin and signs in anew.</li>
      </ul>
      <Form action={action}>
        <ErrorSummary errors={undefined} detail={detail} />
        <SubmitButton wide>Accept the workspace</SubmitButton>
      </Form>
      <p class="mt-4 text-sm">
        <a href="/" class="link">
          Not now
        </a>
      </p>
    </>
  )
}
