/** Reading a source, by page: again, paused, chosen, and what could not be read. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page, partial } from '../../http/respond.tsx'
import {
  acknowledgeDrifts,
  leaveDeadOut,
  pauseStream,
  readRuns,
  readStreams,
  replayDead,
  saveSettings,
  syncNow,
} from '../../modules/mini-foundry/index.ts'
import { RunsPage } from '../../modules/mini-foundry/views/source-runs.tsx'
import { StreamsPiece } from '../../modules/mini-foundry/views/source-streams.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Result } from '../../platform/result.ts'
import { show } from './sources.tsx'

const base = '/foundry/sources'
const read = requires('foundry:read')
const manage = requires('foundry:manage')
const RUNS_SHOWN = 50

export const sourceSyncPages = new Hono<AppEnv>()

sourceSyncPages.get(`${base}/:id/progress`, read, async (c) => {
  const { services, actor } = c.var
  const reading = await readStreams(services, actor, c.req.param('id'))
  if (!reading.ok) return failurePage(c, reading.error)
  return partial(
    c,
    <StreamsPiece
      {...reading.value}
      mayManage={can(actor, 'foundry:manage')}
      now={isoInstant(services.clock.now())}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />,
  )
})

sourceSyncPages.get(`${base}/:id/runs`, read, async (c) => {
  const { services, actor } = c.var
  const id = c.req.param('id')
  const before = c.req.query('before')
  const reading = await readStreams(services, actor, id)
  const runs = await readRuns(services, actor, id, { before }, RUNS_SHOWN)
  if (!reading.ok) return failurePage(c, reading.error)
  if (!runs.ok) return failurePage(c, runs.error)
  const body = (
    <RunsPage
      source={reading.value.source}
      runs={runs.value.rows}
      titles={new Map(reading.value.streams.map(({ stream, title }) => [stream, title]))}
      next={runs.value.nextCursor}
      isFirst={before === undefined}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title: 'History of reads', section: 'foundry', body })
})

sourceSyncPages.post(`${base}/:id/sync`, manage, async (c) => {
  const { stream, days } = await formFields(c)
  const wish = { stream: stream || undefined, days: days ? Number(days) : undefined }
  const done = await syncNow(c.var.services, c.var.actor, c.req.param('id'), wish)
  return answer(c, done, 'Reading begins now.')
})

sourceSyncPages.post(`${base}/:id/streams/:stream/pause`, manage, async (c) =>
  answer(c, await setPause(c, 'pause'), 'Paused. What came stays.'),
)

sourceSyncPages.post(`${base}/:id/streams/:stream/resume`, manage, async (c) =>
  answer(c, await setPause(c, 'resume'), 'It goes on where it was.'),
)

sourceSyncPages.post(`${base}/:id/settings`, manage, async (c) => {
  const id = c.req.param('id') ?? ''
  const { history_from, ...settings } = await formFields(c)
  const change = {
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
    historyFrom: history_from === undefined ? undefined : history_from || null,
  }
  const saved = await saveSettings(c.var.services, c.var.actor, id, change)
  if (saved.ok || saved.error.kind !== 'invalid') return answer(c, saved, 'Saved. Reading begins now.')
  return show(c, id, { failure: saved.error, values: { ...settings, history_from: history_from ?? '' } })
})

sourceSyncPages.post(`${base}/:id/records/:record/replay`, manage, async (c) => {
  const { id, record } = c.req.param()
  const done = await replayDead(c.var.services, c.var.actor, id, record)
  return answer(c, done, 'The record is read now.')
})

sourceSyncPages.post(`${base}/:id/records/:record/dismissal`, manage, async (c) => {
  const { id, record } = c.req.param()
  return answer(c, await leaveDeadOut(c.var.services, c.var.actor, id, record), 'The record is left out.')
})

sourceSyncPages.post(`${base}/:id/drift`, manage, async (c) =>
  answer(c, await acknowledgeDrifts(c.var.services, c.var.actor, c.req.param('id')), 'Noted.'),
)

const setPause = (c: AppContext, wanted: 'pause' | 'resume') =>
  pauseStream(c.var.services, c.var.actor, c.req.param('id') ?? '', c.req.param('stream') ?? '', wanted)

const answer = (c: AppContext, done: Result<unknown>, toast: string) =>
  done.ok ? goTo(c, `${base}/${c.req.param('id')}`, { toast }) : failurePage(c, done.error)
