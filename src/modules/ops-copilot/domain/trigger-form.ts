/** What starts an automation, as a form: rhythm in words or as cron, event with a condition, fields to ask for. */
import type { InputField, Trigger } from './automation-model.ts'
import { conditionFromForm } from './condition-form.ts'
import { type FormValues, numbered, wholeNumber } from './form-values.ts'

export const RHYTHMS = ['daily', 'workdays', 'weekly', 'monthly', 'hourly', 'cron'] as const
export type Rhythm = (typeof RHYTHMS)[number]

export interface RhythmForm {
  rhythm: Rhythm
  /** `09:00`. */
  time: string
  /** 0 Sunday to 6 Saturday. */
  weekday: string
  monthDay: string
  cron: string
}

/** How a form shows a cron expression: one of the everyday rhythms, or as it is. */
export function rhythmOf(cron: string): RhythmForm {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/)
  const fixed = /^\d{1,2}$/.test(minute) && /^\d{1,2}$/.test(hour)
  const time = fixed ? `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : '09:00'
  const base = { time, weekday: '1', monthDay: '1', cron }
  if (/^\d{1,2}$/.test(minute) && hour === '*' && day === '*' && month === '*' && weekday === '*')
    return { ...base, rhythm: 'hourly', time: `00:${minute.padStart(2, '0')}` }
  if (!fixed || month !== '*') return { ...base, rhythm: 'cron' }
  if (day === '*' && weekday === '*') return { ...base, rhythm: 'daily' }
  if (day === '*' && weekday === '1-5') return { ...base, rhythm: 'workdays' }
  if (day === '*' && /^[0-6]$/.test(weekday)) return { ...base, rhythm: 'weekly', weekday }
  if (weekday === '*' && /^(\d{1,2}|L)$/.test(day)) return { ...base, rhythm: 'monthly', monthDay: day }
  return { ...base, rhythm: 'cron' }
}

/** The cron expression of a form; what is no time becomes 09:00. */
export function cronOf(values: FormValues): string {
  const [, hour = '9', minute = '0'] = /^(\d{1,2}):(\d{2})$/.exec(values.text('time')) ?? []
  const at = `${Number(minute)} ${Number(hour)}`
  switch (values.text('rhythm')) {
    case 'workdays':
      return `${at} * * 1-5`
    case 'weekly':
      return `${at} * * ${values.text('weekday') || '1'}`
    case 'monthly':
      return `${at} ${values.text('month_day') || '1'} * *`
    case 'hourly':
      return `${Number(minute)} * * * *`
    case 'cron':
      return values.text('cron')
    default:
      return `${at} * * *`
  }
}

/** What the form says, still unread: `triggerSchema` judges it. */
export function triggerFromForm(values: FormValues): Record<string, unknown> {
  const kind = values.text('kind')
  switch (kind) {
    case 'schedule':
      return {
        ...{ kind, cron: cronOf(values), time_zone: values.text('time_zone') },
        missed: values.text('missed') || 'latest',
        ...(values.text('business_days') ? { business_days: values.text('business_days') } : {}),
      }
    case 'event':
      return {
        ...{ kind, event: values.text('event'), condition: conditionFromForm(values, 'condition') },
        again_after_days: wholeNumber(values, 'again_after_days'),
      }
    case 'hook':
      return { kind, proof: values.text('proof') || 'address', id_path: values.text('id_path') || null }
    case 'form':
      return {
        ...{ kind, title: values.text('title'), intro: values.text('intro') },
        ...(values.text('thanks') ? { thanks: values.text('thanks') } : {}),
        fields: fieldsFromForm(values),
      }
    default:
      return {
        ...{ kind: 'manual', fields: fieldsFromForm(values) },
        ...(values.text('record') ? { record: values.text('record') } : {}),
      }
  }
}

/** Rows with a label; their names are made of it, and kept once there is one. */
export function fieldsFromForm(values: FormValues, prefix = 'field'): Partial<InputField>[] {
  const taken = new Set<string>()
  return numbered(values, (at) => `${prefix}_${at}_label`).flatMap((at) => {
    const of = (name: string) => values.text(`${prefix}_${at}_${name}`)
    const label = of('label')
    if (label === '') return []
    const name = freeName(of('name') || nameOf(label), taken)
    const choices = of('choices')
      .split(/[\n,]/)
      .map((one) => one.trim())
      .filter(Boolean)
    const kind = (of('kind') || 'text') as InputField['kind']
    return [
      {
        ...{ name, label, kind, required: of('required') === 'yes' },
        ...(kind === 'choice' ? { choices } : {}),
      },
    ]
  })
}

/** `Order number` becomes `order_number`. */
const nameOf = (label: string): string => {
  const words = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 50)
  return /^[a-z]/.test(words) ? words : `field_${words}`.replace(/_$/, '')
}

function freeName(name: string, taken: Set<string>): string {
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`
  taken.add(free)
  return free
}

/** A trigger to begin with, when its kind is chosen. */
export function blankTrigger(kind: string, timeZone: string): Record<string, unknown> {
  switch (kind) {
    case 'schedule':
      return { kind, cron: '0 9 * * 1-5', time_zone: timeZone }
    case 'event':
      return { kind, event: 'invoice.overdue' }
    case 'hook':
      return { kind }
    case 'form':
      return {
        ...{ kind, title: 'Tell us' },
        fields: [{ name: 'message', label: 'Message', kind: 'long_text', required: true }],
      }
    default:
      return { kind: 'manual', fields: [] }
  }
}

export const TRIGGER_KINDS: readonly { kind: Trigger['kind']; title: string; description: string }[] = [
  {
    kind: 'event',
    title: 'Something happens',
    description: 'An invoice is late, an order comes in, a lead writes.',
  },
  {
    kind: 'schedule',
    title: 'At set times',
    description: 'Every Monday at eight, on the first of the month.',
  },
  {
    kind: 'manual',
    title: 'By hand',
    description: 'One click, also on the page of an invoice or a contact.',
  },
  { kind: 'form', title: 'Somebody fills in a form', description: 'A page of its own that you can share.' },
  { kind: 'hook', title: 'Another system calls', description: 'An address of its own that takes JSON.' },
]
