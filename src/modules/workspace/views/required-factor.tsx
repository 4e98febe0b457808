/** The page before a workspace that requires a second factor. */
import { LinkButton } from '../../../views/button.tsx'
import { Form, SubmitButton } from '../../../views/form.tsx'

export function RequiredFactorPage({
  workspace,
  others,
}: {
  workspace: string
  others: { id: string; name: string }[]
}) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">One thing before you go on</h1>
      <p class="mb-5 text-sm">
        <strong>{workspace}</strong> asks everybody for a second factor. Set one up, and you are in: it takes
        two minutes.
      </p>
      <div class="flex flex-col gap-2">
        <LinkButton tone="primary" href="/settings/passkeys/new" icon="key">
          Add a passkey
        </LinkButton>
        <LinkButton href="/settings/second-factor" icon="shield">
          Use an authenticator app
        </LinkButton>
      </div>
      <hr class="my-5 border-base-300" />
      <div class="flex flex-wrap gap-2">
        {others.map(({ id, name }) => (
          <Form action="/workspaces/switch" class="contents">
            <input type="hidden" name="workspace" value={id} />
            <SubmitButton tone="plain">Go to {name}</SubmitButton>
          </Form>
        ))}
        <Form action="/sign-out" class="contents">
          <SubmitButton tone="plain">Sign out</SubmitButton>
        </Form>
      </div>
    </>
  )
}
