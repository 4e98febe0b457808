/** Tasks by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { businessDay } from '../../kit/calendar.ts'
import {
  addTask,
  changeTask,
  deleteTask,
  listTasks,
  readAutomation,
  readTask,
  restoreTask,
  subjectOfRun,
  taskFigures,
} from '../../modules/ops-copilot/index.ts'
import { TaskListPage, type TaskShow } from '../../modules/ops-copilot/views/task-list.tsx'
import { TaskPage } from '../../modules/ops-copilot/views/task-page.tsx'
import { TaskRemovedPage } from '../../modules/ops-copilot/views/task-removed.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'ops'
const base = '/ops/tasks'
const read = requires('ops:read')
const write = requires('ops:write')

export const opsTaskPages = new Hono<AppEnv>()
  .get(base, read, (c) => showList(c, {}))
  .post(base, write, async (c) => {
    const fields = await formFields(c)
    const { title, due_on, assignee_id } = fields
    const wish = { title, due_on: due_on || null, assignee_id: assignee_id || null }
    const made = await addTask(c.var.services, c.var.actor, wish)
    return made.ok ? goTo(c, base, { toast: 'Written down.' }) : showList(c, fields, made.error)
  })
  .get(`${base}/:id`, read, (c) => showTask(c))
  .post(`${base}/:id`, write, async (c) => {
    const id = c.req.param('id')
    const { title, notes, assignee_id, due_on, priority, repeats, version } = await formFields(c)
    const wish = {
      ...{ title, notes, priority },
      ...{ assignee_id: assignee_id || null, due_on: due_on || null, repeats: repeats || null },
    }
    const changed = await changeTask(c.var.services, c.var.actor, id, wish, Number(version) || null)
    return changed.ok ? goTo(c, `${base}/${id}`, { toast: 'Saved.' }) : showTask(c, changed.error)
  })
  .post(`${base}/:id/done`, write, (c) => tick(c, 'done'))
  .post(`${base}/:id/open`, write, (c) => tick(c, 'open'))
  .post(`${base}/:id/remove`, write, async (c) => {
    const id = c.req.param('id')
    const removed = await deleteTask(c.var.services, c.var.actor, id)
    if (!removed.ok) return failurePage(c, removed.error)
    return page(c, { title: 'Removed', section, body: <TaskRemovedPage id={id} /> })
  })
  .post(`${base}/:id/restore`, write, async (c) => {
    const id = c.req.param('id')
    const back = await restoreTask(c.var.services, c.var.actor, id)
    return back.ok ? goTo(c, `${base}/${id}`, { toast: 'It is back.' }) : failurePage(c, back.error)
  })

async function tick(c: AppContext, status: 'done' | 'open'): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const changed = await changeTask(c.var.services, c.var.actor, id, { status })
  if (!changed.ok) return failurePage(c, changed.error)
  const toast = status === 'done' ? `Done: ${changed.value.title}` : 'It is open again.'
  return goTo(c, status === 'done' ? base : `${base}/${id}`, { toast })
}

async function showList(c: AppContext, values: Record<string, string>, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const { show: wish = 'mine', q: text = '', cursor } = c.req.query()
  const show: TaskShow = wish === 'open' || wish === 'done' ? wish : 'mine'
  const [found, people, figures] = await Promise.all([
    listTasks(services, actor, {
      ...{ cursor, text, status: show === 'done' ? 'done' : 'open' },
      ...(show === 'mine' ? { assigneeId: actor.id } : {}),
    }),
    services.directory.recipients(actor.tenantId, null),
    taskFigures(services, actor),
  ])
  if (!found.ok) return failurePage(c, found.error)
  const body = (
    <TaskListPage
      tasks={found.value.data}
      next={found.value.next}
      people={people.map(({ personId, name }) => ({ value: personId, label: name }))}
      me={actor.id}
      today={businessDay(services.clock.now(), actor.workspace.timeZone)}
      late={figures.late}
      mayWrite={can(actor, 'ops:write')}
      locale={actor.workspace.locale}
      errors={failure && (failure.errors ?? [{ path: 'title', message: failure.detail }])}
      {...{ show, text, values }}
    />
  )
  return page(c, { title: 'Tasks', section, body, status: failure ? statusOf(failure.kind) : 200 })
}

async function showTask(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const found = await readTask(services, actor, c.req.param('id') ?? '')
  if (!found.ok) return failurePage(c, found.error)
  const task = found.value
  const [kind, automationId = ''] = task.source.split(':')
  const [people, about, automation] = await Promise.all([
    services.directory.recipients(actor.tenantId, null),
    subjectOfRun(services, actor, task.subject),
    kind === 'automation' ? readAutomation(services, actor, automationId, { removed: true }) : null,
  ])
  const body = (
    <TaskPage
      task={task}
      people={people.map(({ personId, name }) => ({ value: personId, label: name }))}
      about={about}
      madeBy={
        automation?.ok ? { label: automation.value.name, href: `/ops/automations/${automationId}` } : null
      }
      mayWrite={can(actor, 'ops:write')}
      errors={failure && (failure.errors ?? [{ path: 'title', message: failure.detail }])}
    />
  )
  return page(c, { title: task.title, section, body, status: failure ? statusOf(failure.kind) : 200 })
}
