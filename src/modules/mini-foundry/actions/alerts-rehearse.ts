/** Rehearses an alert on the real figures of the last year, before it is saved: the same judging, nothing told. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type AlertDraft, type AlertQuestion, parseAlert } from '../domain/alert.ts'
import { feeding, waitingFor } from '../domain/alert-complete.ts'
import type { FilterValue } from '../domain/alert-filter.ts'
import { judge, type Verdict } from '../domain/alert-judge.ts'
import { lastDayOf, lastOver, periodsBefore, YEAR_OF } from '../domain/alert-period.ts'
import { type AlertReader, alertWords, verdictWords } from '../domain/alert-words.ts'
import type { Metric } from '../domain/metrics.ts'
import { type AlertGround, readFigures, readGround } from './alerts-figures.ts'
import { readFilterChoices, unknownFilter } from './alerts-filter.ts'

export interface Rehearsal {
  /** First days of the first and the last period. */
  from: string
  to: string
  metric: Metric
  reader: AlertReader
  /** What the alert does, as a sentence. */
  does: string
  verdicts: Verdict[]
  firings: (Verdict & { words: string })[]
  /** Periods about which nothing could be said (no value, too little before them). */
  unknown: number
  /** Why the next period would have to wait, or null. */
  waitingFor: string | null
  /** Why the filter leaves nothing at all, or null. */
  unknownFilter: string | null
}

/** `input` as for making an alert. */
export async function rehearseAlert(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<Rehearsal>> {
  if (!can(actor, 'foundry:read')) return forbidden('rehearse alerts')
  const draft = parseAlert(input)
  if (!draft.ok) return draft
  return rehearse(services, actor, draft.value, await readGround(services, actor))
}

/** The year up to the last period that is over. */
export async function rehearse(
  services: Services,
  actor: Actor,
  question: AlertQuestion,
  ground: AlertGround,
): Promise<Result<Rehearsal>> {
  const refused = unknownSource(question, ground)
  if (refused) return refused
  const { granularity } = question
  const to = lastOver(
    businessDay(services.clock.now(), actor.workspace.timeZone),
    granularity,
    actor.workspace,
  )
  const from = periodsBefore(to, granularity, YEAR_OF[granularity] - 1)
  const figures = await readFigures(services, actor, question, ground, { from, to })
  if (!figures.ok) return figures
  const { metric, points, reader, subject, sourceName } = figures.value
  const verdicts = judge(question, granularity, points, from)
  const sources = feeding(ground.sources, metric, question.filter)
  return ok({
    from,
    to,
    metric,
    reader,
    does: alertWords(question, subject, reader, sourceName),
    verdicts,
    firings: verdicts
      .filter(({ fires }) => fires)
      .map((verdict) => ({
        ...verdict,
        words: verdictWords(question, verdict, subject, reader, sourceName),
      })),
    unknown: verdicts.filter(({ holds }) => holds === null).length,
    waitingFor: waitingFor(sources, 0, question.kind),
    unknownFilter: await unknownFilter(services, actor, question, figures.value, {
      from,
      to: lastDayOf(to, granularity),
    }),
  })
}

/** A quiet alert on a source that is not there would be quiet for ever. */
function unknownSource(question: AlertQuestion, { sources }: AlertGround): ReturnType<typeof invalid> | null {
  if (question.kind !== 'quiet' || sources.some(({ id }) => id === question.rule.source_id)) return null
  return invalid([{ path: 'rule.source_id', message: 'There is no such source in this workspace.' }])
}

/** The name of an alert that was given none. */
export const nameOf = (draft: AlertDraft, rehearsal: Rehearsal): string =>
  (draft.name || rehearsal.does).slice(0, 120)

export interface AlertChoices {
  metrics: { id: string; name: string; group: string }[]
  sources: { id: string; name: string; type: string }[]
  /** What it can be narrowed to: the values that sales have had lately. */
  filters: FilterValue[]
}

/** What an alert can look at in this workspace. */
export async function alertChoices(services: Services, actor: Actor): Promise<Result<AlertChoices>> {
  if (!can(actor, 'foundry:read')) return forbidden('see alerts')
  const ground = await readGround(services, actor)
  const { book, sources } = ground
  return ok({
    metrics: book.all().map(({ id, name, group }) => ({ id, name, group })),
    sources: sources.map(({ id, name, type }) => ({ id, name, type })),
    filters: await readFilterChoices(services, actor, ground),
  })
}

export interface Suggestion {
  input: { kind: AlertDraft['kind']; metric?: string; granularity?: string; rule: Record<string, unknown> }
  does: string
  wouldHaveFired: number
}

/** Alerts that make sense on this workspace's own figures: those that know enough, with how often they would go off. */
export async function suggestAlerts(services: Services, actor: Actor): Promise<Result<Suggestion[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see alerts')
  const ground = await readGround(services, actor)
  const selling = ground.sources.find(({ countsAsSales, type }) => countsAsSales && type !== 'demo')
  const wishes: Suggestion['input'][] = [
    { kind: 'anomaly', metric: 'revenue', rule: { sensitivity: 'medium' } },
    { kind: 'change', metric: 'orders', rule: { direction: 'drop', by: 50, against: 'same_weekday' } },
    { kind: 'change', metric: 'revenue', granularity: 'month', rule: { direction: 'drop', by: 20 } },
    ...(selling ? [{ kind: 'quiet' as const, rule: { source_id: selling.id } }] : []),
  ]
  const found: Suggestion[] = []
  for (const input of wishes) {
    const draft = parseAlert(input)
    const tried = draft.ok ? await rehearse(services, actor, draft.value, ground) : draft
    if (!tried.ok || tried.value.verdicts.every(({ holds }) => holds === null)) continue
    found.push({ input, does: tried.value.does, wouldHaveFired: tried.value.firings.length })
  }
  return ok(found)
}
