/** One run by page, and what people do to it. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { changeRun, namesOf, readAutomation, readRun, subjectOfRun } from '../../modules/ops-copilot/index.ts'
import { RunPage } from '../../modules/ops-copilot/views/run-page.tsx'
import { can } from '../../platform/actor.ts'
import type { RunChange } from '../../platform/engine-port.ts'

const read = requires('ops:read')
const write = requires('ops:write')

const DEEDS: Record<string, { toast: string; change(fields: Record<string, string>): RunChange }> = {
  pause: { toast: 'The run is paused.', change: () => ({ kind: 'pause' }) },
  resume: { toast: 'The run goes on.', change: () => ({ kind: 'resume' }) },
  release: { toast: 'It is let go.', change: ({ key = '' }) => ({ kind: 'release', key }) },
  retry: {
    toast: 'It is tried again.',
    change: ({ version }) => ({ kind: 'retry', version: version === 'newest' ? 'newest' : 'same' }),
  },
  settled: {
    toast: 'Settled.',
    change: ({ key = '', choice }) => ({
      ...{ kind: 'settled', key },
      choice: choice === 'resend' || choice === 'skip' ? choice : 'fail',
    }),
  },
}

export const opsRunPages = new Hono<AppEnv>()
  .get('/ops/runs/:id', read, (c) => showRun(c))
  .post('/ops/runs/:id/cancel', write, async (c) => {
    const id = c.req.param('id')
    const found = await readRun(c.var.services, c.var.actor, id)
    if (!found.ok) return failurePage(c, found.error)
    const asks = await needsConfirmation(c, {
      title: 'Cancel this run?',
      text: 'What it did stays done; the rest is not done.',
      confirmLabel: 'Cancel the run',
      cancelHref: `/ops/runs/${id}`,
    })
    if (asks) return asks
    return doTo(c, id, { kind: 'cancel', by: c.var.actor.name }, 'The run is cancelled.')
  })

for (const [deed, { toast, change }] of Object.entries(DEEDS))
  opsRunPages.post(`/ops/runs/:id/${deed}`, write, async (c) =>
    doTo(c, c.req.param('id'), change(await formFields(c)), toast),
  )

async function doTo(c: AppContext, id: string, change: RunChange, toast: string): Promise<Response> {
  const done = await changeRun(c.var.services, c.var.actor, id, change)
  return done.ok ? goTo(c, `/ops/runs/${id}`, { toast }) : failurePage(c, done.error)
}

async function showRun(c: AppContext): Promise<Response> {
  const { services, actor } = c.var
  const found = await readRun(services, actor, c.req.param('id') ?? '')
  if (!found.ok) return failurePage(c, found.error)
  const { line, detail } = found.value
  const automation = await readAutomation(services, actor, line.automationId, { removed: true })
  if (!automation.ok) return failurePage(c, automation.error)
  const { timeZone, locale } = actor.workspace
  const body = (
    <RunPage
      automation={automation.value}
      line={line}
      detail={detail}
      names={namesOf(services)}
      mayWrite={can(actor, 'ops:write')}
      newer={(automation.value.publishedVersion ?? 0) > detail.version}
      about={await subjectOfRun(services, actor, line.subject)}
      {...{ timeZone, locale }}
    />
  )
  return page(c, { title: 'Run', section: 'ops', body })
}
