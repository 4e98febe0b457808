/** The builder by page: each form is one change of the draft, and each can be taken back. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import { dateFormat } from '../../kit/format.ts'
import {
  addStep,
  automationAddresses,
  editAutomation,
  eventCatalogue,
  findStep,
  namesOf,
  nextMoments,
  openAutomationDesk,
  readAutomation,
  recordChoices,
  saveStep,
  saveTrigger,
  scopeGroups,
  stepCatalogue,
  stepChoices,
  triggerToShow,
  turnDraft,
} from '../../modules/ops-copilot/index.ts'
import { BuilderPage } from '../../modules/ops-copilot/views/builder.tsx'
import { ChooseStepPage } from '../../modules/ops-copilot/views/step-choose.tsx'
import { StepFormPage } from '../../modules/ops-copilot/views/step-form.tsx'
import { TriggerFormPage } from '../../modules/ops-copilot/views/trigger-form.tsx'
import { can } from '../../platform/actor.ts'
import { type Failure, notFound } from '../../platform/result.ts'

const section = 'ops'
const base = '/ops/automations/:id'
const at = (id: string, more = '') => `/ops/automations/${id}${more}`
const read = requires('ops:read')
const write = requires('ops:write')

export const opsBuilderPages = new Hono<AppEnv>()

opsBuilderPages.get(base, read, (c) => showBuilder(c))

opsBuilderPages.get(`${base}/add`, write, async (c) => {
  const { services, actor } = c.var
  const { list = '', at: place = '0', q: search = '' } = c.req.query()
  const [known, choices] = await Promise.all([
    readAutomation(services, actor, c.req.param('id')),
    stepChoices(services, actor),
  ])
  if (!known.ok) return failurePage(c, known.error)
  const connected = new Set(choices.ok ? choices.value.connection.map(({ kind }) => kind) : [])
  const steps = stepCatalogue(services).map((facts) => ({
    ...facts,
    ready: facts.connection === null || connected.has(facts.connection),
  }))
  const body = (
    <ChooseStepPage automation={known.value} list={list} at={Number(place) || 0} {...{ steps, search }} />
  )
  return page(c, { title: 'Add a step', section, body })
})

opsBuilderPages.post(`${base}/steps`, write, async (c) => {
  const { version, list = '', at: place = '0', kind, action } = await formFields(c)
  const id = c.req.param('id')
  const wish = { list, at: Number(place) || 0, kind, action }
  const added = await addStep(c.var.services, c.var.actor, id, wish, versionOf(version))
  return added.ok ? goTo(c, at(id, `/steps/${added.value.stepId}`)) : showBuilder(c, added.error)
})

opsBuilderPages.post(`${base}/place`, write, async (c) => {
  const { version, id: step = '', list = '', at: place = '0' } = await formFields(c)
  const id = c.req.param('id')
  const edit = { edit: 'move', id: step, list, at: Number(place) || 0 } as const
  const moved = await editAutomation(c.var.services, c.var.actor, id, edit, versionOf(version))
  return moved.ok ? goTo(c, at(id, `#step-${step}`)) : showBuilder(c, moved.error)
})

for (const way of ['undo', 'redo'] as const)
  opsBuilderPages.post(`${base}/${way}`, write, async (c) => {
    const id = c.req.param('id')
    const turned = await turnDraft(c.var.services, c.var.actor, id, way)
    return turned.ok ? goTo(c, at(id)) : showBuilder(c, turned.error)
  })

for (const edit of ['up', 'down', 'remove', 'duplicate', 'switch'] as const)
  opsBuilderPages.post(`${base}/steps/:step/${edit}`, write, async (c) => {
    const { id, step } = c.req.param()
    const { version } = await formFields(c)
    const done = await editAutomation(c.var.services, c.var.actor, id, { edit, id: step }, versionOf(version))
    if (!done.ok) return showBuilder(c, done.error)
    return goTo(c, at(id, edit === 'remove' ? '' : `#step-${step}`), {
      ...(edit === 'remove' ? { toast: 'The step is removed; Undo brings it back.' } : {}),
    })
  })

opsBuilderPages.get(`${base}/steps/:step`, read, (c) => showStep(c))

opsBuilderPages.post(`${base}/steps/:step`, write, async (c) => {
  const { id, step } = c.req.param()
  const saved = await saveStep(c.var.services, c.var.actor, id, step, pairsOf(await readForm(c)))
  return saved.ok ? goTo(c, at(id, `#step-${step}`), { toast: 'Saved.' }) : showStep(c, saved.error)
})

opsBuilderPages.get(`${base}/trigger`, write, (c) => showTrigger(c, c.req.query('kind')))

opsBuilderPages.post(`${base}/trigger`, write, async (c) => {
  const id = c.req.param('id')
  const form = await readForm(c)
  const saved = await saveTrigger(c.var.services, c.var.actor, id, pairsOf(form))
  if (saved.ok) return goTo(c, at(id), { toast: 'Saved.' })
  return showTrigger(c, String(form.get('kind') ?? ''), saved.error)
})

async function showBuilder(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const desk = await openAutomationDesk(services, actor, c.req.param('id') ?? '')
  if (!desk.ok) return failurePage(c, desk.error)
  const { automation, depths, problems } = desk.value
  const body = (
    <BuilderPage
      automation={automation}
      names={namesOf(services)}
      {...depths}
      problems={problems}
      mayWrite={can(actor, 'ops:write')}
      moving={c.req.query('moving') ?? null}
      errors={errorsOf(failure)}
      addresses={await automationAddresses(services, automation)}
    />
  )
  return page(c, { title: automation.name, section, body, status: failure ? statusOf(failure.kind) : 200 })
}

async function showStep(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const { id = '', step: stepId = '' } = c.req.param()
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return failurePage(c, known.error)
  const step = findStep(known.value.actions, stepId)
  if (!step) return failurePage(c, notFound('step').error)
  const [choices, groups] = await Promise.all([
    stepChoices(services, actor),
    scopeGroups(services, actor, known.value, stepId),
  ])
  if (!choices.ok) return failurePage(c, choices.error)
  const facts =
    step.kind === 'action' ? stepCatalogue(services).find(({ action }) => action === step.action) : null
  const body = (
    <StepFormPage
      automation={known.value}
      step={step}
      facts={facts ?? null}
      groups={groups}
      choices={choices.value}
      events={eventCatalogue(services).map(({ type, title }) => ({ value: type, label: title }))}
      names={namesOf(services)}
      errors={errorsOf(failure)}
      mayWrite={can(actor, 'ops:write')}
    />
  )
  return page(c, { title: 'Step', section, body, status: failure ? statusOf(failure.kind) : 200 })
}

async function showTrigger(c: AppContext, kind: string | undefined, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const known = await readAutomation(services, actor, c.req.param('id') ?? '')
  if (!known.ok) return failurePage(c, known.error)
  const { timeZone, locale } = actor.workspace
  const trigger = triggerToShow(known.value, kind, timeZone)
  const format = dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const body = (
    <TriggerFormPage
      automation={known.value}
      trigger={trigger}
      events={eventCatalogue(services).map(({ type, title, description }) => ({
        ...{ value: type, label: title, description },
      }))}
      records={recordChoices(services)}
      groups={await scopeGroups(services, actor, { triggerConfig: trigger, actions: [] }, null)}
      next={nextMoments(services, trigger).map((moment) => format.format(new Date(moment)))}
      errors={errorsOf(failure)}
    />
  )
  return page(c, { title: 'What starts it', section, body, status: failure ? statusOf(failure.kind) : 200 })
}

const versionOf = (text: string | undefined): number | null =>
  /^\d+$/.test(text ?? '') ? Number(text) : null

const errorsOf = (failure: Failure | undefined) =>
  failure && (failure.errors ?? [{ path: 'name', message: failure.detail }])

const pairsOf = (form: FormData): [string, string][] =>
  [...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
