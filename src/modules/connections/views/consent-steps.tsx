/** Before and after a vendor's consent page: the step there, and the way back that led nowhere. */
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'

/** The step to the vendor is a link: browsers do not let a form lead to another site under our policy. */
export function ContinueToVendor({ name, url, back }: { name: string; url: string; back: string }) {
  return (
    <Card title={`Continue at ${name}`}>
      <p class="mb-4 text-sm">
        You leave for <code class="break-all">{new URL(url).host}</code>, sign in there, and come back by
        yourself. You have ten minutes.
      </p>
      <div class="flex flex-wrap gap-2">
        <LinkButton href={url} tone="primary" icon="right">
          Continue to {name}
        </LinkButton>
        <LinkButton href={back}>Not now</LinkButton>
      </div>
    </Card>
  )
}

/** The way back led nowhere: why, and what to do. */
export function NotConnected({ detail }: { detail: string }) {
  return (
    <Alert
      tone="warning"
      title="Nothing was connected"
      actions={
        <LinkButton href="/settings/connections" small>
          To the connections
        </LinkButton>
      }
    >
      {detail}
    </Alert>
  )
}
