/** The door of public forms: shows the form of a link and takes what visitors send. */
import { ipPrefix } from '../http/address.ts'
import type { AppContext } from '../http/context.ts'
import { statusOf } from '../http/problem.ts'
import { barePage, failurePage, formFields } from '../http/respond.tsx'
import {
  type LinkLine,
  noSuchLink,
  openLink,
  readContactForm,
  submitForm,
} from '../modules/workspace/index.ts'
import { FormThanks, PublicForm } from '../modules/workspace/views/contact-form-page.tsx'
import type { Actor } from '../platform/actor.ts'
import type { Failure } from '../platform/result.ts'

interface OpenedForm {
  link: LinkLine
  actor: Actor
  token: string
}

async function show(
  c: AppContext,
  { link, actor, token }: OpenedForm,
  values: Record<string, string> = {},
  failure?: Failure,
): Promise<Response> {
  const form = await readContactForm(c.var.services, actor, link.ref)
  if (!form.ok) return failurePage(c, noSuchLink().error)
  const body = (
    <PublicForm
      action={`/p/${token}`}
      workspaceName={actor.workspace.name}
      form={form.value}
      values={values}
      errors={failure?.errors}
    />
  )
  return barePage(c, { title: form.value.title, body, status: failure && statusOf(failure.kind) })
}

/** A use is counted when an answer was taken. */
async function act(c: AppContext, opened: OpenedForm): Promise<Response> {
  const { link, actor, token } = opened
  const fields = await formFields(c)
  const sent = await submitForm(c.var.services, actor, link, fields, ipPrefix(c))
  if (!sent.ok)
    return sent.error.kind === 'invalid' ? show(c, opened, fields, sent.error) : failurePage(c, sent.error)
  await openLink(c.var.services, token, 'submit', { requestId: c.var.requestId, ipPrefix: ipPrefix(c) })
  const body = <FormThanks workspaceName={actor.workspace.name} thanks={sent.value.thanks} />
  return barePage(c, { title: 'Sent', body })
}

export const formDoor = { show, act }
