/** Rhythms in words, as cron expressions. */
import { TIME, timeOf } from './amounts.ts'
import { pattern, type SentenceReader } from './reader.ts'

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const DAY = `(?:sun|mon|tues|wednes|thurs|fri|satur)days?`
const PART = String.raw`(?:\s+(?:in the\s+)?(morning|noon|afternoon|evening|night)s?)?`
const AT = String.raw`(?:,?\s+(?:at|around|by)\s+(${TIME.replace(/\((?!\?)/g, '(?:')}))?`
const FIRST_AT = String.raw`(?:at\s+(?:${TIME.replace(/\((?!\?)/g, '(?:')})\s+)?`

const RHYTHMS: readonly [RegExp, (found: (string | undefined)[]) => string | null][] = [
  [
    pattern(
      String.raw`${FIRST_AT}(?:every week on|each week on|every|each|on|weekly on|once a week on)?\s*(${DAY}(?:(?:,| and|, and) (?:on )?${DAY})*)${PART}${AT}`,
    ),
    ([days = '', part, at]) => `${clock(at, part)} * * ${weekdays(days)}`,
  ],
  [
    pattern(String.raw`(?:every|each|on)\s+(?:week ?day|work ?day|working day|business day)s?${PART}${AT}`),
    ([part, at]) => `${clock(at, part)} * * 1-5`,
  ],
  [
    pattern(String.raw`(?:every|each)\s+(morning|noon|afternoon|evening|night)${AT}`),
    ([part, at]) => `${clock(at, part)} * * *`,
  ],
  [
    pattern(`(?:every ?day|each day|daily|once a day)${PART}${AT}`),
    ([part, at]) => `${clock(at, part)} * * *`,
  ],
  [pattern(`(?:every|each) week|weekly|once a week`), () => '0 8 * * 1'],
  [
    pattern(
      String.raw`on the (first|last|\d{1,2}(?:st|nd|rd|th)?)(?: day)?(?: of)? (?:every|each|the|a) month${AT}`,
    ),
    ([day = '1', at]) => `${clock(at)} ${monthDay(day)} * *`,
  ],
  [
    pattern(
      String.raw`(?:every|each) month(?: on the (first|last|\d{1,2}(?:st|nd|rd|th)?))?${AT}|monthly${AT}|once a month`,
    ),
    ([day = 'first', at]) => `${clock(at)} ${monthDay(day)} * *`,
  ],
  [pattern(`every hour|hourly|once an hour`), () => '0 * * * *'],
  [
    pattern(String.raw`every (\d{1,2}) (minutes|hours)`),
    ([count = '1', unit]) => (unit === 'minutes' ? `*/${count} * * * *` : `0 */${count} * * *`),
  ],
]

/** The cron expression of a rhythm that stands here; null: none does. */
export function readRhythm(reader: SentenceReader): string | null {
  const before = reader.at
  for (const [read, make] of RHYTHMS) {
    const match = reader.take(read)
    if (!match) continue
    const early = /^at\s+/i.test(match[0])
      ? new RegExp(`^at\\s+(${TIME})`, 'i').exec(match[0])?.[1]
      : undefined
    const found = [...match].slice(1)
    if (early) found[found.length - 1] = early
    const cron = make(found)
    if (cron) return cron
    reader.at = before
  }
  return null
}

const PARTS: Record<string, string> = {
  morning: '0 8',
  noon: '0 12',
  afternoon: '0 14',
  evening: '0 18',
  night: '0 21',
}

/** Minute and hour; eight in the morning unless said otherwise. */
function clock(at: string | undefined, part?: string): string {
  const time = at ? timeOf(at) : null
  if (!time) return PARTS[part?.toLowerCase() ?? ''] ?? '0 8'
  const isLate = /^(afternoon|evening|night)$/i.test(part ?? '') && time.hour < 12
  return `${time.minute} ${time.hour + (isLate ? 12 : 0)}`
}

const weekdays = (days: string): string =>
  [...days.matchAll(/[a-z]+days?/gi)]
    .map(([day]) => DAYS.indexOf(day.toLowerCase().replace(/days$/, 'day')))
    .filter((at) => at >= 0)
    .join(',')

const monthDay = (word: string): string =>
  /^last/i.test(word)
    ? 'L'
    : /^first/i.test(word)
      ? '1'
      : String(Math.min(31, Math.max(1, Number.parseInt(word, 10) || 1)))
