/** The page of whoever wants no more mail. */
import { Icon } from '../../../views/icon.tsx'

export function UnsubscribePage(props: {
  workspace: string
  address: string
  done: boolean
  action: string
}) {
  const { workspace, address, done, action } = props
  if (done)
    return (
      <>
        <h1 class="mb-2 flex items-center gap-2 font-semibold text-2xl">
          <Icon name="check" /> Done
        </h1>
        <p>
          {address} gets no more news and offers from {workspace}. Mails about your own orders and invoices
          may still come.
        </p>
      </>
    )
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl">No more mail from {workspace}?</h1>
      <p class="mb-4">
        We stop sending news and offers to <strong>{address}</strong>. Mails about your own orders and
        invoices may still come.
      </p>
      <form action={action} method="post">
        <button type="submit" class="btn btn-primary">
          Unsubscribe
        </button>
      </form>
    </>
  )
}

export function LinkGonePage() {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl">This link leads nowhere</h1>
      <p>It was changed on its way, or is no more. Look into the mail it came from, and try again.</p>
    </>
  )
}
