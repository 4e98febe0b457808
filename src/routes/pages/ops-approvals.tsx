/** Decisions by page: the inbox, one decision, several at once. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import {
  approvalFollows,
  decideApproval,
  delegateApproval,
  listApprovals,
  readApproval,
} from '../../modules/ops-copilot/index.ts'
import { ApprovalListPage, type ApprovalShow } from '../../modules/ops-copilot/views/approval-list.tsx'
import { ApprovalPage } from '../../modules/ops-copilot/views/approval-page.tsx'
import type { Failure } from '../../platform/result.ts'

const section = 'ops'
const base = '/ops/approvals'
const read = requires('ops:read')

export const opsApprovalPages = new Hono<AppEnv>()
  .get(base, read, async (c) => {
    const { services, actor } = c.var
    const { show: wish = 'mine', before } = c.req.query()
    const show: ApprovalShow = wish === 'open' || wish === 'decided' ? wish : 'mine'
    const found = await listApprovals(services, actor, {
      before,
      ...(show === 'decided' ? { decided: true } : { status: 'open' as const }),
      ...(show === 'mine' ? { personId: actor.id } : {}),
    })
    if (!found.ok) return failurePage(c, found.error)
    const { timeZone, locale } = actor.workspace
    const body = (
      <ApprovalListPage
        approvals={found.value.data}
        next={found.value.next}
        me={actor.id}
        {...{ show, timeZone, locale }}
      />
    )
    return page(c, { title: 'Decisions', section, body })
  })
  .post(`${base}/decide`, read, async (c) => {
    const form = await readForm(c)
    const verdict = form.get('verdict') === 'rejected' ? 'rejected' : 'approved'
    const ids = form.getAll('ids').map(String).slice(0, 100)
    let done = 0
    for (const id of ids) {
      const decided = await decideApproval(c.var.services, c.var.actor, id, { verdict, way: 'page' })
      if (decided.ok) done += 1
    }
    const left = ids.length - done
    const toast =
      ids.length === 0
        ? 'Nothing was chosen.'
        : `${done} ${verdict}.${left > 0 ? ` ${left} could not be decided by you; look at them one by one.` : ''}`
    return goTo(c, base, { toast })
  })
  .get(`${base}/:id`, read, (c) => show(c, {}))
  .post(`${base}/:id`, read, async (c) => {
    const id = c.req.param('id')
    const { verdict: wish, comment, ...values } = await formFields(c)
    const verdict = wish === 'rejected' ? 'rejected' : 'approved'
    const decided = await decideApproval(c.var.services, c.var.actor, id, {
      verdict,
      comment,
      values,
      way: 'page',
    })
    if (!decided.ok)
      return decided.error.errors
        ? show(c, { ...values, comment: comment ?? '' }, decided.error)
        : failurePage(c, decided.error)
    return goTo(c, `${base}/${id}`, { toast: verdict === 'approved' ? 'Approved.' : 'Rejected.' })
  })
  .post(`${base}/:id/delegate`, read, async (c) => {
    const { person_id = '' } = await formFields(c)
    const done = await delegateApproval(c.var.services, c.var.actor, c.req.param('id'), person_id)
    return done.ok ? goTo(c, base, { toast: 'Handed on.' }) : failurePage(c, done.error)
  })

async function show(c: AppContext, values: Record<string, string>, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const id = c.req.param('id') ?? ''
  const found = await readApproval(services, actor, id)
  if (!found.ok) return failurePage(c, found.error)
  const [follows, members] = await Promise.all([
    approvalFollows(services, actor, found.value.approval),
    services.directory.recipients(actor.tenantId, null),
  ])
  const { timeZone, locale } = actor.workspace
  const body = (
    <ApprovalPage
      {...found.value}
      follows={follows}
      colleagues={members
        .filter(({ personId }) => personId !== actor.id && personId !== found.value.approval.excluded)
        .map(({ personId, name }) => ({ value: personId, label: name }))}
      action={`${base}/${id}`}
      values={values}
      errors={failure?.errors}
      {...{ timeZone, locale }}
    />
  )
  return page(c, {
    title: found.value.approval.title,
    section,
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
