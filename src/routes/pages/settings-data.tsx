/** Your data: export, requests about personal data, erasure. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { hasDemoData } from '../../modules/mini-foundry/index.ts'
import {
  addPrivacyRequest,
  callBackErasure,
  exportWorkspace,
  GRACE_DAYS,
  listPrivacyRequests,
  planErasure,
  readPrivacyFile,
} from '../../modules/workspace/index.ts'
import { DataPage } from '../../modules/workspace/views/settings-data.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'
import { proved } from './session-cookie.ts'

const HOME = '/settings/data'
const PROVE = `/prove?next=${HOME}`

export const dataPages = new Hono<AppEnv>()
  .get(HOME, requires('workspace:read'), (c) => show(c, {}))
  .get(`${HOME}/export.zip`, requires('workspace:export'), async (c) => {
    if (!proved(c)) return goTo(c, PROVE)
    const made = await exportWorkspace(c.var.services, c.var.actor)
    if (!made.ok) return failurePage(c, made.error)
    return c.body(made.value.body, 200, {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${made.value.fileName}"`,
    })
  })
  .post(`${HOME}/requests`, requires('privacy:manage'), async (c) => {
    const values = await formFields(c)
    if (values.topic === 'erasure') {
      const ask = await needsConfirmation(c, {
        title: `Forget ${values.email}?`,
        text: 'Name, address and messages of this person are erased everywhere. Amounts stay in your books without them. This cannot be taken back.',
        confirmLabel: 'Forget them',
        cancelHref: HOME,
      })
      if (ask) return ask
    }
    const { topic, email } = values
    const added = await addPrivacyRequest(c.var.services, c.var.actor, { topic, email })
    return added.ok
      ? goTo(c, HOME, { toast: 'The request is being answered.' })
      : show(c, { failure: added.error, values })
  })
  .get(`${HOME}/requests/:request/file`, requires('privacy:manage'), async (c) => {
    const file = await readPrivacyFile(c.var.services, c.var.actor, c.req.param('request'))
    if (!file.ok) return failurePage(c, file.error)
    return c.body(file.value.text, 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${file.value.name}"`,
    })
  })
  .post(`${HOME}/erasure`, requires('workspace:erase'), async (c) => {
    const { name = '' } = await formFields(c)
    if (!proved(c)) return goTo(c, PROVE)
    const planned = await planErasure(c.var.services, c.var.actor, { name }, true)
    return planned.ok
      ? goTo(c, HOME, { toast: `Everything here will be erased in ${GRACE_DAYS} days.` })
      : show(c, { failure: planned.error, values: { name } })
  })
  .post(`${HOME}/erasure/withdrawal`, requires('workspace:erase'), async (c) => {
    const kept = await callBackErasure(c.var.services, c.var.actor)
    return kept.ok ? goTo(c, HOME, { toast: 'The workspace stays.' }) : failurePage(c, kept.error)
  })

async function show(
  c: AppContext,
  more: { failure?: Failure; values?: Record<string, string> },
): Promise<Response> {
  const { services, actor } = c.var
  const [requests, hasDemo] = await Promise.all([
    can(actor, 'privacy:manage') ? listPrivacyRequests(services, actor) : null,
    hasDemoData(services, actor),
  ])
  const { workspace } = actor
  const body = (
    <DataPage
      workspace={workspace.name}
      mayExport={can(actor, 'workspace:export')}
      mayErase={can(actor, 'workspace:erase')}
      mayAnswer={can(actor, 'privacy:manage')}
      isTestData={workspace.sandboxOf !== null}
      eraseAt={workspace.eraseAt === null ? null : isoInstant(workspace.eraseAt)}
      graceDays={GRACE_DAYS}
      hasDemo={hasDemo && can(actor, 'foundry:manage')}
      requests={
        requests?.ok
          ? requests.value.map(({ fileKey, subjectEmail, subjectRef, ...request }) => ({
              ...request,
              subject: subjectEmail ?? subjectRef ?? 'a person, forgotten since',
              hasFile: fileKey !== null,
            }))
          : []
      }
      timeZone={workspace.timeZone}
      locale={workspace.locale}
      values={more.values}
      errors={more.failure?.errors}
    />
  )
  const status = more.failure ? statusOf(more.failure.kind) : 200
  return page(c, { title: 'Your data', section: 'settings', body, status })
}
