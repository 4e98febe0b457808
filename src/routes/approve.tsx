/** The door of decisions by mail. What scanners of mails fetch changes nothing: only the form of the page decides. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/context.ts'
import { statusOf } from '../http/problem.ts'
import { barePage, failurePage, formFields } from '../http/respond.tsx'
import { decideByLink, openApprovalLink } from '../modules/ops-copilot/index.ts'
import { ApprovalBody } from '../modules/ops-copilot/views/approval-page.tsx'
import type { Failure } from '../platform/result.ts'

const path = '/approve/:token'

export const approveRoutes = new Hono<AppEnv>()
  .get(path, (c) => show(c, {}))
  .post(path, async (c) => {
    const { verdict: wish, comment, ...values } = await formFields(c)
    const verdict = wish === 'rejected' ? 'rejected' : 'approved'
    const done = await decideByLink(c.var.services, c.req.param('token'), { verdict, comment, values })
    if (!done.ok && !done.error.errors) return failurePage(c, done.error)
    return show(c, { ...values, comment: comment ?? '' }, done.ok ? undefined : done.error)
  })

async function show(c: AppContext, values: Record<string, string>, failure?: Failure): Promise<Response> {
  const opened = await openApprovalLink(c.var.services, c.req.param('token') ?? '')
  if (!opened.ok) return failurePage(c, opened.error)
  const { workspace, person, timeZone, locale, ...view } = opened.value
  const body = (
    <>
      <p class="text-base-content/75 text-sm">
        {workspace}, for {person}
      </p>
      <h1 class="mb-3 break-words font-semibold text-2xl">{view.approval.title}</h1>
      <ApprovalBody
        {...view}
        follows={[]}
        colleagues={[]}
        action={c.req.path}
        values={values}
        errors={failure?.errors}
        {...{ timeZone, locale }}
      />
      <p class="mt-6 text-sm">
        <a class="link" href={`/ops/approvals/${view.approval.id}`}>
          Open it in the workspace
        </a>
      </p>
    </>
  )
  return barePage(c, { title: view.approval.title, body, status: failure ? statusOf(failure.kind) : 200 })
}
