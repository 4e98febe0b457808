/** Judges alerts: each period once, when it is over and whole; row, event and notice in one transaction. */
import { businessDay, dayStart, nextPeriod } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { moneyText } from '../../../platform/money.ts'
import type { Services } from '../../../platform/services.ts'
import { notify } from '../../workspace/index.ts'
import { type AlertQuestion, ruleOf } from '../domain/alert.ts'
import { feeding, waitingFor } from '../domain/alert-complete.ts'
import { judge, type Verdict } from '../domain/alert-judge.ts'
import { lastDayOf, lastOver, periodsToJudge } from '../domain/alert-period.ts'
import { verdictWords } from '../domain/alert-words.ts'
import {
  type AlertRow,
  activeAlerts,
  insertFiring,
  noteJudged,
  noteQuiet,
  resolveFirings,
} from '../store/alerts.ts'
import { type AlertFigures, type AlertGround, readFigures, readGround } from './alerts-figures.ts'

const DAY_MS = 86_400_000

/** What judging needs of a stored alert. */
export const questionOf = (row: AlertRow): AlertQuestion => ({
  ...ruleOf(row.kind, row.rule),
  metric: row.metric,
  filter: row.filter,
  granularity: row.granularity,
})

/** All active alerts of the workspace. Safe to repeat: a period that was judged is not judged again. */
export async function judgeAlerts(services: Services, actor: Actor): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const alerts = await db.get(activeAlerts(db))
  const due = alerts.filter(
    ({ judgedPeriod, granularity }) =>
      judgedPeriod === null || judgedPeriod < lastOver(today, granularity, actor.workspace),
  )
  if (due.length === 0) return
  const ground = await readGround(services, actor)
  let failure: unknown = null
  for (const alert of due) {
    try {
      await judgeOne(services, actor, alert, ground, today)
    } catch (error) {
      // one alert that fails keeps the others from nothing
      services.log.error('alert.failed', { alert: alert.id, error: String(error) })
      failure ??= error
    }
  }
  if (failure) throw failure
}

async function judgeOne(
  services: Services,
  actor: Actor,
  alert: AlertRow,
  ground: AlertGround,
  today: string,
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const question = questionOf(alert)
  const { granularity } = question
  const periods = periodsToJudge(
    alert.judgedPeriod,
    lastOver(today, granularity, actor.workspace),
    granularity,
  )
  const [first] = periods
  const last = periods.at(-1)
  if (!first || !last) return
  const wait = (reason: string) =>
    alert.waitingFor === reason
      ? Promise.resolve([])
      : db.write([noteJudged(db, alert, { period: null, waitingFor: reason, firedAt: null })])
  const figures = await readFigures(services, actor, question, ground, { from: first, to: last })
  if (!figures.ok) {
    await wait(figures.error.errors?.[0]?.message ?? figures.error.detail)
    return
  }
  const sources = feeding(ground.sources, figures.value.metric, question.filter)
  for (const verdict of judge(question, granularity, figures.value.points, first)) {
    const reason =
      settling(figures.value, lastDayOf(verdict.period, granularity)) ??
      waitingFor(
        sources,
        dayStart(nextPeriod(verdict.period, granularity), actor.workspace.timeZone),
        alert.kind,
      )
    if (reason) {
      await wait(reason)
      return
    }
    await settle(services, actor, alert, question, figures.value, verdict)
  }
}

const settling = ({ dirtyDay }: AlertFigures, lastDay: string): string | null =>
  dirtyDay !== null && dirtyDay <= lastDay ? 'Figures are being added up at the moment.' : null

/** Writes down what was found in one period. */
async function settle(
  services: Services,
  actor: Actor,
  alert: AlertRow,
  question: AlertQuestion,
  figures: AlertFigures,
  verdict: Verdict,
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const at = isoInstant(now)
  const { period } = verdict
  const isSnoozed = alert.snoozedUntil !== null && alert.snoozedUntil > at
  const judged = (firedAt: string | null) => noteJudged(db, alert, { period, waitingFor: null, firedAt })
  const quiet = (since: number | null) =>
    question.kind === 'quiet' ? [noteQuiet(db, question.rule.source_id, since)] : []
  const payload = payloadOf(alert, figures, verdict)
  if (!verdict.fires) {
    const eventId = `alert-resolved:${alert.id}:${period}`
    const over =
      verdict.holds === false
        ? [
            ...resolveFirings(db, alert.id, period, at),
            recordEvent(db, now, { id: eventId, type: 'alert.resolved', payload }, 'if-changed'),
            ...quiet(null),
          ]
        : []
    const changes = await db.write([...over, judged(null)])
    if ((changes[2] ?? 0) > 0 && over.length > 0) {
      await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
    }
    return
  }
  const eventId = `alert-fired:${alert.id}:${period}`
  const words = verdictWords(question, verdict, figures.subject, figures.reader, figures.sourceName)
  const { value, expected } = payload
  const firing = insertFiring(
    db,
    {
      id: uuidv7(now),
      alertId: alert.id,
      period,
      value,
      expected,
      words,
      told: !isSnoozed,
      firedAt: at,
      resolvedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
    },
    alert.version,
  )
  const since = now - (verdict.silentDays ?? 0) * DAY_MS
  if (isSnoozed) {
    await db.write([firing, judged(at), ...quiet(since)])
    return
  }
  await notify(services, actor, {
    kind: alert.kind === 'quiet' ? 'source.quiet' : 'alert.fired',
    to: alert.recipients.length > 0 ? alert.recipients : 'everyone',
    title: alert.name,
    body: words,
    href: `/foundry/alerts/${alert.id}`,
    dedupeKey: eventId,
    statements: [
      firing,
      recordEvent(db, now, { id: eventId, type: 'alert.fired', payload }, 'if-changed'),
      judged(at),
      ...quiet(since),
    ],
  })
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}

const days = (count: number | null): string | null => (count === null ? null : String(count))

/** Values as decimal text in the metric's unit. */
function payloadOf(alert: AlertRow, { reader, metric }: AlertFigures, verdict: Verdict) {
  const text = (value: number | null) => {
    if (value === null) return null
    if (reader.unit === 'money' && reader.currency)
      return moneyText(Math.round(value * 10_000), reader.currency)
    return String(Math.round(value * 10_000) / 10_000)
  }
  const isQuiet = alert.kind === 'quiet'
  return {
    alert_id: alert.id,
    name: alert.name,
    kind: alert.kind,
    metric: alert.metric,
    metric_name: metric.name,
    filter: alert.filter,
    granularity: alert.granularity,
    period: verdict.period,
    value: isQuiet ? days(verdict.silentDays) : text(verdict.value),
    expected: isQuiet ? days(verdict.expected) : text(verdict.expected),
    unit: isQuiet ? 'days' : reader.unit,
    currency: isQuiet ? null : reader.currency,
    change_percent: verdict.changePercent,
  }
}
