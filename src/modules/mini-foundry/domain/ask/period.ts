/** The days that a question is about: named ranges, months, quarters, years, days, and "last 6 weeks". */
import {
  addDays,
  addMonths,
  addYears,
  type CalendarSettings,
  type DayRange,
  isDay,
  RANGE_LABELS,
  type RangePreset,
  rangePreset,
  startOfQuarter,
  startOfYear,
} from '../../../../kit/calendar.ts'
import type { Phrase } from './phrase.ts'
import { NUMBER_WORDS } from './vocabulary.ts'

/** As many as a question of metrics takes, less one for its leap days. */
const MOST_YEARS = 99

export interface AskedPeriod {
  range: DayRange
  words: string
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year'

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const MONTH = `${MONTHS.map((name) => (name.length > 3 ? `${name}|${name.slice(0, 3)}` : name)).join('|')}|sept`
const YEAR = '(?:19|20)\\d\\d'
const DAY = `${YEAR}_\\d\\d_\\d\\d`
const COUNT = `\\d{1,4}|${Object.keys(NUMBER_WORDS).join('|')}`

/** Takes the period out of the question; null when it names none. `today` and days are days of the business. */
export function takePeriod(phrase: Phrase, today: string, calendar: CalendarSettings): AskedPeriod | null {
  return (
    takeDays(phrase, today) ??
    takeCounted(phrase, today, calendar) ??
    takeNamed(phrase, today, calendar) ??
    takeQuarter(phrase, today, calendar) ??
    takeMonth(phrase, today) ??
    takeYear(phrase, today)
  )
}

function takeDays(phrase: Phrase, today: string): AskedPeriod | null {
  const both = phrase.take(`(?:from |between )?(${DAY}) (?:to|until|and|till|through) (${DAY})`)
  if (both) return between(dayOf(both[1]), dayOf(both[2]))
  const since = phrase.take(`(?:since|from|starting|after) (${DAY})`)
  if (since) return between(dayOf(since[1]), today)
  const one = phrase.take(`(?:on )?(${DAY})`)
  return one ? between(dayOf(one[1]), dayOf(one[1])) : null
}

function takeCounted(phrase: Phrase, today: string, calendar: CalendarSettings): AskedPeriod | null {
  const found = phrase.take(
    `(?:in |over |for |during )?(?:the )?(?:last|past|previous) (${COUNT}) (day|week|month|quarter|year)s?`,
  )
  if (!found) return null
  const count = Math.min(1200, Math.max(1, NUMBER_WORDS[found[1] ?? ''] ?? Number(found[1])))
  const unit = found[2] as Unit
  const words = `the last ${count} ${unit}${count === 1 ? '' : 's'}`
  const whole = (start: string, from: string) =>
    period({ from, to: addDays(start, -1) }, `${words}, whole ones`)
  const month = `${today.slice(0, 7)}-01`
  switch (unit) {
    case 'day':
      return period({ from: addDays(today, 1 - count), to: today }, words)
    case 'week':
      return period({ from: addDays(today, 1 - 7 * count), to: today }, words)
    case 'month':
      return whole(month, addMonths(month, -count))
    case 'quarter': {
      const start = startOfQuarter(today, calendar.fiscalYearStart)
      return whole(start, addMonths(start, -3 * count))
    }
    case 'year': {
      const start = startOfYear(today, calendar.fiscalYearStart)
      return whole(start, addYears(start, -Math.min(99, count)))
    }
  }
}

const NAMED: readonly [string, RangePreset][] = [
  ['year to date|ytd|so far this year|this year so far|since the start of the year', 'year_to_date'],
  ['month to date|mtd|so far this month', 'this_month'],
  ['quarter to date|qtd|so far this quarter', 'this_quarter'],
  ['(?:the )?day before today|yesterday', 'yesterday'],
  ['today', 'today'],
  ['(?:this|the current) week', 'this_week'],
  ['(?:the )?(?:last|past|previous) week', 'last_week'],
  ['(?:this|the current) month', 'this_month'],
  ['(?:the )?(?:last|past|previous) month', 'last_month'],
  ['(?:this|the current) quarter', 'this_quarter'],
  ['(?:the )?(?:last|past|previous) quarter', 'last_quarter'],
  ['(?:this|the current) year', 'this_year'],
  ['(?:the )?(?:last|past|previous) year', 'last_year'],
  ['all time|ever|of all times|since the beginning', 'all_time'],
]

/** A range that runs ends today, so that it is compared with as many days. */
function takeNamed(
  phrase: Phrase,
  today: string,
  calendar: CalendarSettings & { firstDay?: string | null },
): AskedPeriod | null {
  for (const [pattern, preset] of NAMED) {
    if (!phrase.take(`(?:in |for |during |over )?(?:${pattern})`)) continue
    const { from, to } = rangePreset(preset, today, calendar)
    return period({ from, to: to > today ? today : to }, RANGE_LABELS[preset].toLowerCase())
  }
  return null
}

function takeQuarter(phrase: Phrase, today: string, calendar: CalendarSettings): AskedPeriod | null {
  const found = phrase.take(`(?:in |for |during )?(?:(${YEAR}) )?(q|h)([1-4])(?: (?:of )?(${YEAR}))?`)
  if (!found) return null
  const [months, at] = [found[2] === 'h' ? 6 : 3, Number(found[3])]
  if (months * at > 12) return null
  const year = found[1] ?? found[4]
  const name = `${found[2]?.toUpperCase()}${at}`
  const ofYear = (start: string) => addMonths(start, months * (at - 1))
  const given = year && ofYear(`${year}-${String(calendar.fiscalYearStart).padStart(2, '0')}-01`)
  const current = ofYear(startOfYear(today, calendar.fiscalYearStart))
  const from = given || (current > today ? addYears(current, -1) : current)
  return upTo({ from, to: addDays(addMonths(from, months), -1) }, today, name)
}

function takeMonth(phrase: Phrase, today: string): AskedPeriod | null {
  const since = phrase.take(`since (?:the start of )?(${MONTH})(?: (${YEAR}))?`)
  if (since) return between(monthStart(since[1], since[2], today), today)
  const two = phrase.take(
    `(?:from |between )(${MONTH})(?: (${YEAR}))? (?:to|until|and|till|through) (${MONTH})(?: (${YEAR}))?`,
  )
  if (two) {
    const to = monthStart(two[3], two[4], today)
    const from = monthStart(two[1], two[2] ?? two[4], to)
    return upTo({ from, to: addDays(addMonths(to, 1), -1) }, today, '')
  }
  const found =
    phrase.take(`(?:in |for |during |of )?(?:last )?(${MONTH}) (${YEAR})`) ??
    phrase.take(`(?:in |for |during |of |last )(${MONTH})`) ??
    phrase.take(`(${MONTH.replace('may|', '')})`)
  if (!found) return null
  const from = monthStart(found[1], found[2], today)
  const name = MONTHS[Number(from.slice(5, 7)) - 1] ?? ''
  return upTo({ from, to: addDays(addMonths(from, 1), -1) }, today, capital(name))
}

function takeYear(phrase: Phrase, today: string): AskedPeriod | null {
  const since = phrase.take(`since (${YEAR})`)
  if (since) return between(`${since[1]}-01-01`, today)
  const found = phrase.take(`(?:in |for |during |of )?(?:the year )?(${YEAR})`)
  return found ? upTo({ from: `${found[1]}-01-01`, to: `${found[1]}-12-31` }, today, '') : null
}

/** The first day of a month; without a year the newest that has begun. */
function monthStart(name = '', year: string | undefined, today: string): string {
  const at = MONTHS.findIndex((month) => month.startsWith(name.slice(0, 3)))
  const of = (known: string) => `${known}-${String(at + 1).padStart(2, '0')}-01`
  if (year) return of(year)
  const current = of(today.slice(0, 4))
  return current > today ? addYears(current, -1) : current
}

function upTo({ from, to }: DayRange, today: string, name: string): AskedPeriod {
  const end = to > today && from <= today ? today : to
  return period({ from, to: end }, [name, `${from} to ${end}`].filter(Boolean).join(', '))
}

/** Days in the wrong order are turned round; a day that does not exist counts as none named; no range is over 100 years. */
function between(from: string, to: string): AskedPeriod | null {
  if (!isDay(from) || !isDay(to)) return null
  const [first, last] = from <= to ? [from, to] : [to, from]
  const oldest = addYears(last, -MOST_YEARS)
  const [, start = first] = [first, oldest].sort()
  const range = { from: start, to: last }
  return period(range, range.from === range.to ? range.from : `${range.from} to ${range.to}`)
}

const period = (range: DayRange, words: string): AskedPeriod => ({ range, words })
const dayOf = (text = ''): string => text.replaceAll('_', '-')
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
