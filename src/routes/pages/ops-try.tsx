/** Trying without effects, and looking back: the rehearsal, one step alone, and the versions. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  expectations,
  findStep,
  listVersions,
  namesOf,
  readAutomation,
  rehearseAutomation,
  restoreVersion,
  runSubjects,
  tryStep,
} from '../../modules/ops-copilot/index.ts'
import { RehearsalPage } from '../../modules/ops-copilot/views/rehearsal.tsx'
import { TryStepPage } from '../../modules/ops-copilot/views/step-try.tsx'
import { VersionsPage } from '../../modules/ops-copilot/views/versions.tsx'
import { can } from '../../platform/actor.ts'
import { notFound } from '../../platform/result.ts'

const section = 'ops'
const base = '/ops/automations/:id'
const read = requires('ops:read')
const write = requires('ops:write')

export const opsTryPages = new Hono<AppEnv>()
  .get(`${base}/rehearse`, write, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const known = await readAutomation(services, actor, id)
    if (!known.ok) return failurePage(c, known.error)
    const ask = askOf(c)
    const [done, subjects, { forecast }] = await Promise.all([
      rehearseAutomation(services, actor, id, ask),
      runSubjects(services, actor, known.value),
      expectations(services, actor, known.value),
    ])
    const { timeZone, locale } = actor.workspace
    const body = (
      <RehearsalPage
        automation={known.value}
        names={namesOf(services)}
        rehearsal={done.ok ? done.value : null}
        failure={done.ok ? null : done.error.detail}
        ask={{ subject: ask.subject ?? '', decide: ask.decide, comes: ask.comes }}
        {...{ subjects, forecast, timeZone, locale }}
      />
    )
    return page(c, { title: `Try ${known.value.name}`, section, body })
  })
  .get(`${base}/steps/:step/try`, write, async (c) => {
    const { services, actor } = c.var
    const { id, step: stepId } = c.req.param()
    const known = await readAutomation(services, actor, id)
    if (!known.ok) return failurePage(c, known.error)
    const step = findStep(known.value.actions, stepId)
    if (!step) return failurePage(c, notFound('step').error)
    const ask = askOf(c)
    const [tried, subjects] = await Promise.all([
      tryStep(services, actor, id, stepId, ask),
      runSubjects(services, actor, known.value),
    ])
    const body = (
      <TryStepPage
        automation={known.value}
        step={step}
        names={namesOf(services)}
        subjects={subjects}
        subject={ask.subject ?? ''}
        tried={tried.ok ? tried.value : null}
        failure={tried.ok ? null : tried.error.detail}
      />
    )
    return page(c, { title: 'Try a step', section, body })
  })
  .get(`${base}/versions`, read, async (c) => {
    const { services, actor } = c.var
    const found = await listVersions(services, actor, c.req.param('id'))
    if (!found.ok) return failurePage(c, found.error)
    const { timeZone, locale } = actor.workspace
    const body = (
      <VersionsPage
        {...found.value}
        names={namesOf(services)}
        mayWrite={can(actor, 'ops:write')}
        {...{ timeZone, locale }}
      />
    )
    return page(c, { title: `Versions of ${found.value.automation.name}`, section, body })
  })
  .post(`${base}/versions/restore`, write, async (c) => {
    const id = c.req.param('id')
    const { version = '' } = await formFields(c)
    const done = await restoreVersion(c.var.services, c.var.actor, id, Number(version))
    if (!done.ok) return failurePage(c, done.error)
    return goTo(c, `/ops/automations/${id}`, {
      toast: `The draft is as version ${version} was. Publish it to run so.`,
    })
  })

function askOf(c: AppContext) {
  const { subject, decide, comes } = c.req.query()
  return {
    ...(subject ? { subject } : {}),
    decide: decide === 'rejected' ? ('rejected' as const) : ('approved' as const),
    comes: comes === 'yes',
  }
}
