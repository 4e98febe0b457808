/** Rhythms of n8n, old and new, as cron expressions. */
import { nextOccurrence } from '../../../../kit/calendar.ts'
import type { ReadTrigger } from './trigger-model.ts'
import { isRecord, type N8nNode, type Params, textOf } from './workflow.ts'

/** By the clock, or every day at nine where the rhythm cannot be read. */
export function schedule({ kind, params }: N8nNode, timeZone: string): ReadTrigger {
  const rule =
    kind === 'interval'
      ? { field: textOf(params.unit) || 'seconds', every: Number(params.interval) || 1 }
      : firstRule(params)
  const cron = cronOf(rule)
  const works = cron !== null && comes(cron, timeZone)
  const more = countOf(params) > 1 ? 'It had several rhythms; make a copy for each of the others.' : ''
  const rough = rule.field === 'seconds' ? 'It ran every few seconds; here once a minute is the most.' : ''
  return {
    trigger: { kind: 'schedule', cron: works ? cron : '0 9 * * *', time_zone: timeZone, missed: 'latest' },
    outcome: works && !more && !rough ? 'mapped' : 'needs_person',
    why: works
      ? `It comes by the clock (${cron}, ${timeZone}).`
      : 'Its rhythm could not be read; it is set to every day at nine.',
    todo: [works ? '' : 'Choose the rhythm.', more, rough].filter(Boolean).join(' '),
    base: 'trigger',
  }
}

interface Rule {
  field: string
  every: number
  hour?: number
  minute?: number
  weekdays?: number[]
  monthDay?: number
  expression?: string
}

const rulesOf = (params: Params): Params[] => {
  const held = isRecord(params.rule)
    ? params.rule.interval
    : isRecord(params.triggerTimes)
      ? params.triggerTimes.item
      : []
  return (Array.isArray(held) ? held : []).filter(isRecord)
}
const countOf = (params: Params): number => rulesOf(params).length

function firstRule(params: Params): Rule {
  const raw = rulesOf(params)[0] ?? {}
  const number = (name: string, usual: number) => {
    const value = Number(raw[name])
    return raw[name] !== undefined && Number.isInteger(value) && value >= 0 ? value : usual
  }
  const mode = textOf(raw.mode)
  if (mode === 'everyX') return { field: textOf(raw.unit) || 'hours', every: number('value', 1), minute: 0 }
  if (mode === 'custom' || raw.field === 'cronExpression')
    return { field: 'cron', every: 1, expression: textOf(raw.cronExpression) || textOf(raw.expression) }
  const old: Record<string, string> = {
    everyMinute: 'minutes',
    everyHour: 'hours',
    everyDay: 'days',
    everyWeek: 'weeks',
    everyMonth: 'months',
  }
  const field = old[mode] ?? (textOf(raw.field) || 'days')
  const days = Array.isArray(raw.triggerAtDay) ? raw.triggerAtDay.map(Number) : [number('weekday', 1)]
  return {
    ...{ field, every: number(`${field}Interval`, field === 'minutes' && !mode ? 5 : 1) },
    hour: number('triggerAtHour', number('hour', 0)),
    minute: number('triggerAtMinute', number('minute', 0)),
    weekdays: days.filter((day) => Number.isInteger(day) && day >= 0 && day <= 7),
    monthDay: number('triggerAtDayOfMonth', number('dayOfMonth', 1)),
  }
}

/** Null: no rhythm of five fields says it. */
function cronOf({
  field,
  every,
  hour = 0,
  minute = 0,
  weekdays = [],
  monthDay = 1,
  expression = '',
}: Rule): string | null {
  const step = every > 1 ? `*/${every}` : '*'
  switch (field) {
    case 'seconds':
      return '* * * * *'
    case 'minutes':
      return every < 60 ? `${step} * * * *` : null
    case 'hours':
      return every < 24 ? `${minute} ${step} * * *` : null
    case 'days':
      return every < 31 ? `${minute} ${hour} ${step} * *` : null
    case 'weeks':
      return every === 1 ? `${minute} ${hour} * * ${weekdays.join(',') || '1'}` : null
    case 'months':
      return every <= 12 ? `${minute} ${hour} ${monthDay} ${step} *` : null
    case 'cron': {
      const parts = expression.replace(/^=/, '').trim().split(/\s+/)
      return parts.length === 6 ? parts.slice(1).join(' ') : parts.join(' ')
    }
    default:
      return null
  }
}

function comes(cron: string, timeZone: string): boolean {
  try {
    return nextOccurrence(cron, timeZone, '2026-01-01T00:00:00Z') !== null
  } catch {
    return false
  }
}
