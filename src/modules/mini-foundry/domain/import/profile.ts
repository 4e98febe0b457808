/** What looking at every row once tells before any lands: how many there are, and how dates and numbers are written. */
import { numberFormat } from '../../../../kit/format.ts'
import { contentHash } from '../facts.ts'
import { orderEvidence } from './dates.ts'
import { fieldOf } from './fields.ts'
import { markEvidence } from './numbers.ts'
import { fieldPlaces, isBlank, type ReadingPlan } from './plan.ts'
import type { CsvRecord, DateOrder, DecimalMark, ImportNote, ImportOptions } from './types.ts'

export interface Profile {
  rows: number
  dates: { dmy: number; mdy: number; either: number; example: string }
  marks: { dot: number; comma: number; dotOrGroup: number; commaOrGroup: number; example: string }
  /** Digests of order and line ids, while all of them differ; null once two are the same. */
  lineIds: Set<string> | null
}

export const emptyProfile = (): Profile => ({
  rows: 0,
  dates: { dmy: 0, mdy: 0, either: 0, example: '' },
  marks: { dot: 0, comma: 0, dotOrGroup: 0, commaOrGroup: 0, example: '' },
  lineIds: new Set(),
})

type Columns = Pick<ReadingPlan, 'kind' | 'columns' | 'mapping'>

export function profileRecords(profile: Profile, records: Pick<CsvRecord, 'cells'>[], plan: Columns): void {
  const places = fieldPlaces(plan.columns, plan.mapping)
  const typed = [...places].map(([field, place]) => ({ type: fieldOf(plan.kind, field)?.type, place }))
  const dates = typed.filter(({ type }) => type === 'date').map(({ place }) => place)
  const numbers = typed.filter(({ type }) => type === 'number').map(({ place }) => place)
  const order = places.get('order_id')
  const line = places.get('line_id')
  if (line === undefined) profile.lineIds = null
  for (const { cells } of records) {
    if (isBlank(cells)) continue
    profile.rows += 1
    for (const place of dates) if (cells[place]) lookAtDate(profile, cells[place])
    for (const place of numbers) if (cells[place]) lookAtNumber(profile, cells[place])
    if (profile.lineIds && line !== undefined)
      lookAtLine(profile, cells[order ?? -1] ?? '', cells[line] ?? '')
  }
}

function lookAtDate({ dates }: Profile, text: string): void {
  const evidence = orderEvidence(text)
  if (evidence === 'fixed' || evidence === 'not-a-date') return
  dates[evidence] += 1
  if (evidence === 'either' && !dates.example) dates.example = text
}

function lookAtNumber({ marks }: Profile, text: string): void {
  const evidence = markEvidence(text)
  if (evidence === 'dot') marks.dot += 1
  else if (evidence === 'comma') marks.comma += 1
  else if (evidence === 'dot-or-group') marks.dotOrGroup += 1
  else if (evidence === 'comma-or-group') marks.commaOrGroup += 1
  if (evidence.endsWith('-or-group') && !marks.example) marks.example = text
}

function lookAtLine(profile: Profile, order: string, line: string): void {
  const key = contentHash(`${order}\u001f${line}`).slice(0, 20)
  if (line === '' || profile.lineIds?.has(key)) profile.lineIds = null
  else profile.lineIds?.add(key)
}

/** What stays open after looking: values that read both ways, with nothing in the file to decide. */
export function openQuestions(profile: Profile): { date: string | null; number: string | null } {
  const { dates, marks } = profile
  return {
    date: dates.either > 0 && dates.dmy === dates.mdy ? dates.example : null,
    number: marks.dotOrGroup + marks.commaOrGroup > 0 && marks.dot === marks.comma ? marks.example : null,
  }
}

const DATE_WORDS: Record<DateOrder, string> = { dmy: 'day first', mdy: 'month first', ymd: 'year first' }

/** The choices for the whole file: what a person chose, else what the rows show, else the way of the workspace. */
export function settle(
  profile: Profile,
  chosen: ImportOptions,
  workspace: { locale: string; country: string },
): { dateOrder: DateOrder; decimalMark: DecimalMark; lineIds: boolean; notes: ImportNote[] } {
  const { dates, marks } = profile
  const open = openQuestions(profile)
  const notes: ImportNote[] = []
  const dateOrder =
    chosen.dateOrder ??
    (dates.dmy === dates.mdy ? usualOrder(workspace) : dates.mdy > dates.dmy ? 'mdy' : 'dmy')
  if (open.date && !chosen.dateOrder) {
    notes.push({
      level: 'warning',
      text: `Dates like ${open.date} can be read two ways. They were read ${DATE_WORDS[dateOrder]}, as is usual in your workspace; if that is wrong, undo this import and choose the other order.`,
    })
  }
  if (!chosen.dateOrder && dates.dmy > 0 && dates.mdy > 0) {
    notes.push({
      level: 'warning',
      text: `Some dates have the day first and some the month first. All were read ${DATE_WORDS[dateOrder]}; those that cannot be are in the list of rows that did not land.`,
    })
  }
  const decimalMark =
    chosen.decimalMark ??
    (marks.dot === marks.comma ? likelyMark(profile, workspace) : marks.comma > marks.dot ? ',' : '.')
  if (open.number && !chosen.decimalMark) {
    const read = decimalMark === '.' ? 'a decimal point' : 'a decimal comma'
    notes.push({
      level: 'warning',
      text: `Numbers like ${open.number} can be read two ways. They were read with ${read}; if that is wrong, undo this import and choose the other.`,
    })
  }
  return { dateOrder, decimalMark, lineIds: profile.lineIds !== null && profile.lineIds.size > 0, notes }
}

/** The United States and the Philippines write the month first. */
export const usualOrder = ({ locale, country }: { locale: string; country: string }): DateOrder =>
  /-(US|PH)$/.test(locale) || (!locale.includes('-') && country === 'US') ? 'mdy' : 'dmy'

/** "1,234" is a thousand where the comma groups; only the workspace's own way of writing can tell. */
function likelyMark({ marks }: Profile, { locale }: { locale: string }): DecimalMark {
  if (marks.dotOrGroup + marks.commaOrGroup === 0) return '.'
  const part = numberFormat(locale)
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal')
  return part?.value === ',' ? ',' : '.'
}
