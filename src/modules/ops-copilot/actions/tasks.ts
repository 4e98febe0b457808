/** Tasks: made by people, automations and other wings, ticked off by people. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { notify } from '../../workspace/index.ts'
import { newTaskSchema, nextDueDay, type Repeats, type TaskChange, taskChangeSchema } from '../domain/task.ts'
import {
  countTasks,
  insertTask,
  placeOfTask,
  type TaskColumns,
  type TaskFilter,
  type TaskRow,
  taskById,
  taskByKey,
  taskPage,
  updateTaskRow,
} from '../store/tasks.ts'
import { fieldErrors } from './automation-faults.ts'

export async function listTasks(
  services: Services,
  actor: Actor,
  { limit = 50, cursor, ...filter }: TaskFilter & { limit?: number; cursor?: string } = {},
): Promise<Result<{ data: TaskRow[]; next: string | null }>> {
  if (!can(actor, 'ops:read')) return forbidden('see tasks')
  const [due, id] = (cursor ?? '').split(' ')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(taskPage(db, filter, due && id ? { due, id } : null, limit + 1))
  const data = rows.slice(0, limit).map((row) => rowOf(actor.tenantId, row))
  const last = data.at(-1)
  const place = last && placeOfTask(last)
  return ok({ data, next: rows.length > limit && place ? `${place.due} ${place.id}` : null })
}

export async function taskFigures(services: Services, actor: Actor) {
  const db = services.tenant(actor.tenantId)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const [figures] = await db.get(countTasks(db, actor.id, today))
  return figures ?? { mine: 0, late: 0, all_open: 0 }
}

export async function readTask(services: Services, actor: Actor, id: string): Promise<Result<TaskRow>> {
  if (!can(actor, 'ops:read')) return forbidden('see tasks')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(taskById(db, id))
  return row && row.deletedAt === null ? ok(row) : notFound('task')
}

export interface TaskOrigin {
  /** `automation:<id>`, `wing:<name>`; a person when left out. */
  source?: string
  /** The same key makes one task. */
  dedupeKey?: string
}

/** `input` is anything from outside. */
export async function addTask(
  services: Services,
  actor: Actor,
  input: unknown,
  { source = `${actor.kind}:${actor.id}`, dedupeKey = '' }: TaskOrigin = {},
): Promise<Result<TaskRow>> {
  if (!can(actor, 'ops:write')) return forbidden('make tasks')
  const parsed = newTaskSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { assignee_id, due_on, ...rest } = parsed.data
  const stranger = await assigneeMistake(services, actor, assignee_id)
  if (stranger) return stranger
  const now = services.clock.now()
  const at = isoInstant(now)
  const db = services.tenant(actor.tenantId)
  const row: Omit<TaskRow, 'tenantId'> = {
    ...rest,
    ...{ id: uuidv7(now), status: 'open', assigneeId: assignee_id, dueOn: due_on, source, dedupeKey },
    ...{
      createdBy: actor.id,
      createdAt: at,
      updatedAt: at,
      doneAt: null,
      doneBy: null,
      version: 1,
      deletedAt: null,
    },
  }
  const eventId = uuidv7(now)
  const [made = 0] = await db.write([
    insertTask(db, row),
    recordAudit(db, now, actor, 'task.created', row.id, { title: row.title }, 'if-changed'),
    recordEvent(db, now, { id: eventId, type: 'task.created', payload: payloadOf(row) }, 'if-changed'),
  ])
  if (made === 0) {
    const known = await db.get(taskByKey(db, dedupeKey))
    return known ? ok(known) : notFound('task')
  }
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  await tellAssignee(services, actor, row, source)
  return ok({ ...row, tenantId: actor.tenantId })
}

/** `version` (from If-Match) guards against the change of somebody else. Done makes the next one of what repeats. */
export async function changeTask(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
  version: number | null = null,
): Promise<Result<TaskRow>> {
  if (!can(actor, 'ops:write')) return forbidden('change tasks')
  const parsed = taskChangeSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const known = await readTask(services, actor, id)
  if (!known.ok) return known
  const row = known.value
  if (version !== null && version !== row.version) return stale()
  const change = parsed.data
  if (change.assignee_id !== undefined) {
    const stranger = await assigneeMistake(services, actor, change.assignee_id)
    if (stranger) return stranger
  }
  const written = await write(services, actor, row, change)
  if (!written) return stale()
  if (change.assignee_id && change.assignee_id !== row.assigneeId)
    await tellAssignee(services, actor, { ...row, assigneeId: change.assignee_id }, '')
  return readTask(services, actor, id)
}

async function write(services: Services, actor: Actor, row: TaskRow, change: TaskChange): Promise<boolean> {
  const now = services.clock.now()
  const at = isoInstant(now)
  const db = services.tenant(actor.tenantId)
  const done = change.status === 'done' && row.status === 'open'
  const { assignee_id, due_on, ...rest } = change
  const set: Partial<TaskRow> = {
    ...rest,
    ...(assignee_id === undefined ? {} : { assigneeId: assignee_id }),
    ...(due_on === undefined ? {} : { dueOn: due_on }),
    ...(done ? { doneAt: at, doneBy: actor.id } : {}),
    ...(change.status === 'open' ? { doneAt: null, doneBy: null } : {}),
    updatedAt: at,
  }
  const eventId = uuidv7(now)
  const repeats = change.repeats === undefined ? row.repeats : change.repeats
  const [changed = 0] = await db.write([
    updateTaskRow(db, row.id, row.version, set),
    recordAudit(
      db,
      now,
      actor,
      done ? 'task.done' : 'task.changed',
      row.id,
      { title: row.title },
      'if-changed',
    ),
    ...(done
      ? [recordEvent(db, now, { id: eventId, type: 'task.done', payload: payloadOf(row) }, 'if-changed')]
      : []),
    ...(done && repeats ? [insertTask(db, nextOf(actor, { ...row, ...set }, repeats as Repeats, now))] : []),
  ])
  if (changed > 0 && done)
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return changed > 0
}

/** Its key is that of the one before, so that ticking twice makes one. */
function nextOf(actor: Actor, row: TaskRow, repeats: Repeats, now: number): Omit<TaskRow, 'tenantId'> {
  const at = isoInstant(now)
  const today = businessDay(now, actor.workspace.timeZone)
  return {
    ...row,
    ...{ id: uuidv7(now), status: 'open', dueOn: nextDueDay(row.dueOn, repeats, today), repeats },
    ...{ dedupeKey: `next:${row.id}`, createdAt: at, updatedAt: at, doneAt: null, doneBy: null, version: 1 },
  }
}

export async function deleteTask(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'ops:write')) return forbidden('remove tasks')
  const known = await readTask(services, actor, id)
  if (!known.ok) return known
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    updateTaskRow(db, id, known.value.version, { deletedAt: isoInstant(now), updatedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'task.removed', id, { title: known.value.title }, 'if-changed'),
  ])
  return ok(null)
}

/** For the undo after removing. */
export async function restoreTask(services: Services, actor: Actor, id: string): Promise<Result<TaskRow>> {
  if (!can(actor, 'ops:write')) return forbidden('bring tasks back')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(taskById(db, id))
  if (!row) return notFound('task')
  await db.write([
    updateTaskRow(db, id, row.version, { deletedAt: null, updatedAt: isoInstant(services.clock.now()) }),
  ])
  return readTask(services, actor, id)
}

async function assigneeMistake(services: Services, actor: Actor, id: string | null) {
  if (id === null) return null
  const [member] = await services.directory.recipients(actor.tenantId, [id])
  return member ? null : invalid([{ path: 'assignee_id', message: 'Choose somebody of this workspace.' }])
}

const stale = () =>
  fail('stale', 'task-changed', 'Somebody has changed this task since you opened it. Look at it again.')

const payloadOf = ({
  id,
  title,
  assigneeId,
  dueOn,
}: Pick<TaskRow, 'id' | 'title' | 'assigneeId' | 'dueOn'>) => ({
  ...{ task_id: id, title, assignee_id: assigneeId, due_on: dueOn },
})

async function tellAssignee(
  services: Services,
  actor: Actor,
  { id, title, notes, assigneeId, dueOn }: Omit<TaskRow, 'tenantId'>,
  source: string,
): Promise<void> {
  // nobody needs to be told of what they wrote down themselves
  if (!assigneeId || (assigneeId === actor.id && !source.startsWith('automation:'))) return
  await notify(services, actor, {
    kind: 'task.assigned',
    to: [assigneeId],
    title: `A task for you: ${title}`,
    body: [dueOn ? `Due on ${dueOn}.` : '', notes].filter(Boolean).join(' ').slice(0, 500),
    href: `/ops/tasks/${id}`,
    dedupeKey: `task:${id}:${assigneeId}`,
  })
}

function rowOf(tenantId: string, row: TaskColumns): TaskRow {
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]))
  return {
    tenantId,
    id: String(row.id),
    title: String(row.title),
    notes: String(row.notes),
    status: row.status as TaskRow['status'],
    priority: row.priority as TaskRow['priority'],
    assigneeId: text('assignee_id'),
    dueOn: text('due_on'),
    repeats: text('repeats'),
    subject: text('subject'),
    source: String(row.source),
    dedupeKey: '',
    createdBy: String(row.created_by),
    createdAt: String(row.created_at),
    updatedAt: String(row.updated_at),
    doneAt: text('done_at'),
    doneBy: text('done_by'),
    version: Number(row.version),
    deletedAt: null,
  }
}
