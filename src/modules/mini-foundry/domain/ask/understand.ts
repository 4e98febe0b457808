/** A question in words becomes a question of the metric language, by rules: no model, and no metric that does not exist. */
import { addDays, type CalendarSettings, type DayRange } from '../../../../kit/calendar.ts'
import type { Comparison } from '../compare.ts'
import { DIMENSIONS, type Dimension, type MetricId } from '../dimensions.ts'
import type { MetricFilter } from '../metric-query.ts'
import type { Metric } from '../metrics.ts'
import { takePeriod } from './period.ts'
import { Phrase, plain } from './phrase.ts'
import { DIMENSION_SYNONYMS, METRIC_SYNONYMS, NUMBER_WORDS, SMALL_WORDS } from './vocabulary.ts'

/** What a question may name. */
export interface AskWorld {
  metrics: readonly Pick<Metric, 'id' | 'name' | 'dimensions'>[]
  /** Values that sales have had; `label` is how people call them. */
  values: readonly { dimension: Dimension; value: string; label: string }[]
  /** A day of the business. */
  today: string
  calendar: CalendarSettings & { firstDay?: string | null }
}

export interface Understanding {
  metrics: MetricId[]
  range: DayRange
  compare: Comparison | null
  groupBy: Dimension | null
  granularity: 'day' | 'week' | 'month' | 'quarter' | 'year' | null
  filters: MetricFilter[]
  /** Of "top 5": how many groups are wanted, and whether the smallest. */
  top: { count: number; least: boolean } | null
  /** What each part was taken to mean. */
  parts: string[]
  /** Words that meant nothing to us, in their order. */
  left: string[]
  /** True when a figure was named and nothing was left over. */
  sure: boolean
}

const MOST_GROUPS = 50
const MOST_METRICS = 4
const MOST_LETTERS = 500

/** Never fails: what is not named has a default (revenue; the last 30 days), and `parts` says so. */
export function understand(question: string, world: AskWorld): Understanding {
  const phrase = new Phrase(question.slice(0, MOST_LETTERS))
  const parts: string[] = []
  const top = takeTop(phrase)
  const compared = takeComparison(phrase)
  const granularity = takeGranularity(phrase)
  const values = takeValues(phrase, world, ['for', 'in', 'from', 'on', 'at', 'via', 'through', 'of'])
  const period = takePeriod(phrase, world.today, world.calendar)
  const metrics = takeMetrics(phrase, world)
  const groupBy = takeGroup(phrase, top !== null)
  const filters = distinct([...values, ...takeValues(phrase, world, [])])
  const range = period?.range ?? last30(world)
  const compare = compared && comparisonOf(compared)
  const asked = metrics.length > 0 ? metrics : fallback(world)
  parts.push(
    metrics.length > 0
      ? `Figure: ${metrics.map(({ name }) => name).join(', ')}`
      : `No figure was named: ${asked[0]?.name ?? 'Revenue'}`,
    period ? `Time: ${period.words}` : 'No time was named: the last 30 days',
  )
  if (compare) parts.push(`Compared with ${COMPARED[compare]}`)
  if (groupBy) parts.push(`By ${groupBy.replace('_', ' ')}`)
  if (granularity) parts.push(`A point for each ${granularity}`)
  for (const filter of filters) parts.push(`Only ${filter.dimension}: ${labelOf(world, filter)}`)
  if (top) parts.push(`The ${top.least ? 'smallest' : 'largest'} ${top.count}`)
  const left = phrase.words().filter((word) => !SMALL_WORDS.has(word))
  return {
    metrics: asked.map(({ id }) => id),
    ...{ range, compare, groupBy, granularity, filters, top, parts, left },
    sure: metrics.length > 0 && left.length === 0,
  }
}

const COMPARED: Record<Comparison, string> = {
  previous_period: 'as many days right before',
  previous_year: 'the same dates a year before',
  same_weekday: 'the same weekdays a year before',
  holiday: 'the same days around the holiday a year before',
}

function takeTop(phrase: Phrase): Understanding['top'] {
  const count = `\\d{1,3}|${Object.keys(NUMBER_WORDS).join('|')}`
  const most = 'top|best selling|best|biggest|largest|highest|leading'
  const least = 'bottom|worst selling|worst|smallest|lowest|weakest'
  const found = phrase.take(`(?:the )?(${most}|${least})(?: (${count}))?(?: best selling| selling)?`)
  if (!found) return null
  const number = NUMBER_WORDS[found[2] ?? ''] ?? Number(found[2] ?? 10)
  const small = new RegExp(`^(?:${least})$`).test((found[1] ?? '').replace(/ +/g, ' '))
  return { count: Math.min(MOST_GROUPS, Math.max(1, number)), least: small }
}

type Compared = { unit: string } | { comparison: Comparison }

function takeComparison(phrase: Phrase): Compared | null {
  if (phrase.take('year (?:over|on) year|yoy|y o y')) return { comparison: 'previous_year' }
  if (phrase.take('(?:month|week|quarter|period) (?:over|on) (?:month|week|quarter|period)|mom|wow|qoq'))
    return { comparison: 'previous_period' }
  const against = '(?:compared|compare|comparing|versus|vs|against|relative|than)(?: (?:to|with|against|in))?'
  const weekdays = phrase.take(`${against} (?:the )?same weekdays?(?: (?:last year|a year (?:before|ago)))?`)
  if (weekdays) return { comparison: 'same_weekday' }
  const holiday = phrase.take(
    `${against} (?:the )?(?:same )?holidays?(?: (?:last year|a year (?:before|ago)))?`,
  )
  if (holiday) return { comparison: 'holiday' }
  const year =
    '(?:the )?(?:same (?:period|dates?|days?|time|quarter|month|week) )?(?:(?:of |in )?(?:the )?(?:last|previous|prior) year|(?:a|the|one) year (?:before|ago|earlier))'
  if (phrase.take(`${against} ${year}`)) return { unit: 'year' }
  const before = phrase.take(
    `${against} (?:the )?(?:(?:last|previous|prior|preceding) (period|day|week|month|quarter|days|weeks|months|quarters)|(period|day|week|month|quarter|time) before|before|(yesterday))`,
  )
  if (before) return { unit: before[1] ?? before[2] ?? 'period' }
  return null
}

/** "This year against last year" and "May against a year before" both mean the same dates a year earlier. */
const comparisonOf = (compared: Compared): Comparison => {
  if ('comparison' in compared) return compared.comparison
  return compared.unit === 'year' ? 'previous_year' : 'previous_period'
}

function takeGranularity(phrase: Phrase): Understanding['granularity'] {
  const unit = phrase.take('(?:by|per|each|every|a) (day|week|month|quarter|year)')
  if (unit) return unit[1] as Understanding['granularity']
  const often =
    phrase.take('(daily|weekly|quarterly|yearly|annually)') ?? phrase.take('(monthly)(?! recurring)')
  if (!often) return null
  return OFTEN[often[1] ?? ''] ?? null
}

const OFTEN: Record<string, Understanding['granularity']> = {
  ...{
    daily: 'day',
    weekly: 'week',
    monthly: 'month',
    quarterly: 'quarter',
    yearly: 'year',
    annually: 'year',
  },
}

/** The longest phrase first, whichever metric it means; a metric's own name stands before any synonym. */
function takeMetrics(phrase: Phrase, world: AskWorld): AskWorld['metrics'] {
  const names = new Map<string, AskWorld['metrics'][number]>()
  const learn = (text: string, metric: AskWorld['metrics'][number]) => {
    for (const form of [plain(text), singular(plain(text))])
      if (form && !names.has(form)) names.set(form, metric)
  }
  for (const metric of world.metrics) learn(metric.name, metric)
  for (const metric of world.metrics) learn(metric.id.replace(/^custom_/, '').replaceAll('_', ' '), metric)
  for (const metric of world.metrics) for (const word of METRIC_SYNONYMS[metric.id] ?? []) learn(word, metric)
  const found: { metric: AskWorld['metrics'][number]; at: number }[] = []
  const phrases = [...names.keys()]
  for (let next = phrase.takeAny(phrases); next; next = phrase.takeAny(phrases)) {
    const metric = names.get(next.text)
    // "how much did we sell" and "sales" are one figure, named twice
    if (metric && !found.some((one) => one.metric === metric)) found.push({ metric, at: next.at })
  }
  const inOrder = found.sort((a, b) => a.at - b.at).map(({ metric }) => metric)
  return inOrder.slice(0, MOST_METRICS)
}

function takeGroup(phrase: Phrase, ranked: boolean): Dimension | null {
  for (const before of ['by ', 'per ', 'for each ', 'for every ', 'each ', 'across ', 'which ', 'what ']) {
    const found = DIMENSIONS.find((one) => phrase.takeAny(DIMENSION_SYNONYMS[one], before))
    if (found) return found
  }
  if (!ranked) return null
  return DIMENSIONS.find((one) => phrase.takeAny(DIMENSION_SYNONYMS[one])) ?? null
}

/** Values that exist, behind one of these words ("in Germany"), behind their dimension, or (no word) bare. */
function takeValues(phrase: Phrase, { values }: AskWorld, leads: readonly string[]): MetricFilter[] {
  const ordered = [...values].sort((a, b) => b.label.length - a.label.length)
  const found: MetricFilter[] = []
  for (const { dimension, value, label } of ordered) {
    if (found.some((filter) => filter.dimension === dimension)) continue
    const forms = [plain(label), plain(value)].filter((form) => form.length > 1 || leads.length > 0)
    const named = DIMENSION_SYNONYMS[dimension].map((word) => `${word} `)
    const before = leads.flatMap((lead) => [
      `${lead} the `,
      `${lead} `,
      ...named.map((word) => `${lead} ${word}`),
    ])
    const taken =
      leads.length > 0
        ? before.some((word) => phrase.takeAny(forms, word))
        : named.some((word) => phrase.takeAny(forms, word)) ||
          // two letters alone are more often a word ("in", "it", "us") than a country
          phrase.takeAny(
            forms.filter((form) => form.length > 2),
            '',
          ) !== null
    if (taken) found.push({ dimension, value })
  }
  return found
}

const distinct = (filters: MetricFilter[]): MetricFilter[] =>
  filters.filter(({ dimension }, at) => filters.findIndex((other) => other.dimension === dimension) === at)

const labelOf = ({ values }: AskWorld, filter: MetricFilter): string =>
  values.find(({ dimension, value }) => dimension === filter.dimension && value === filter.value)?.label ??
  filter.value

const fallback = ({ metrics }: AskWorld) => metrics.filter(({ id }) => id === 'revenue')

const singular = (text: string): string => text.replace(/([^s])s$/, '$1')

const last30 = ({ today }: AskWorld): DayRange => ({ from: addDays(today, -29), to: today })
