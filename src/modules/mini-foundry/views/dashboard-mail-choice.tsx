/** What somebody outside is asked before a dashboard is mailed to them. */
import { Button } from '../../../views/button.tsx'

export function MailChoice({ address, state, action }: { address: string; state: string; action: string }) {
  return (
    <>
      <h1 class="font-semibold text-xl">A dashboard by mail</h1>
      <p class="my-3">
        {state === 'confirmed'
          ? `It is sent to ${address}.`
          : state === 'stopped'
            ? `It is not sent to ${address} any more.`
            : `Shall it be sent to ${address}? Nothing is sent without your yes.`}
      </p>
      <form action={action} method="post" class="flex gap-2">
        <Button tone="primary" name="answer" value="yes">
          Yes, send it
        </Button>
        <Button name="answer" value="no">
          No, send nothing
        </Button>
      </form>
    </>
  )
}

export function MailChosen({ yes }: { yes: boolean }) {
  return (
    <>
      <h1 class="font-semibold text-xl">{yes ? 'Thank you' : 'Nothing more is sent'}</h1>
      <p class="mt-3">
        {yes
          ? 'The dashboard comes with its next mail. Each mail says how to stop it.'
          : 'You can change your mind with the same link.'}
      </p>
    </>
  )
}
