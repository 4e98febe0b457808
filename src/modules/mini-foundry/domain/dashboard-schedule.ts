/** When a dashboard is mailed: a local time of each day, of one weekday, or of one day of the month. */
import * as z from 'zod'
import { nextOccurrence } from '../../../kit/calendar.ts'

const mail = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/u, 'This is no mail address.')

export const rhythmSchema = z
  .strictObject({
    every: z.enum(['day', 'week', 'month']),
    /** 1 Monday to 7 Sunday. */
    weekday: z.coerce.number().int().min(1).max(7).optional(),
    /** 1 to 31; 29 and later mean the last day of the month, so that no month is left out. */
    monthDay: z.coerce.number().int().min(1).max(31).optional(),
    hour: z.coerce.number().int().min(0).max(23),
    minute: z.coerce.number().int().min(0).max(59),
  })
  .refine(({ every, weekday }) => every !== 'week' || weekday !== undefined, 'Choose the weekday.')
  .refine(
    ({ every, monthDay }) => every !== 'month' || monthDay !== undefined,
    'Choose the day of the month.',
  )
export type Rhythm = z.infer<typeof rhythmSchema>

export const newScheduleSchema = z.strictObject({
  rhythm: rhythmSchema,
  recipients: z.array(mail).min(1, 'Write at least one address.').max(20, 'At most 20 addresses.'),
  query: z.record(z.string().max(20), z.string().max(200)).optional(),
  /** The same as a file beside the mail. */
  with_pdf: z.boolean().optional(),
})

export interface Schedule {
  id: string
  dashboardId: string
  rhythm: Record<string, unknown>
  recipients: string[]
  outside: Record<string, 'asked' | 'confirmed' | 'stopped'>
  query: Record<string, string>
  withPdf: boolean
  status: 'active' | 'paused'
  failures: number
  /** Milliseconds. */
  nextAt: number | null
  lastSentAt: string | null
  lastError: string | null
  createdBy: string
}

/**
 * The next time after an instant (both milliseconds). A time that a clock change skips comes when the clock goes on; one
 * that comes twice counts the first time.
 */
export function nextSending(rhythm: Rhythm, timeZone: string, afterMs: number): number | null {
  const { every, weekday, monthDay, hour, minute } = rhythm
  const day = every === 'month' ? ((monthDay ?? 1) > 28 ? 'L' : String(monthDay)) : '*'
  const cron = `${minute} ${hour} ${day} * ${every === 'week' ? (weekday ?? 1) % 7 : '*'}`
  const next = nextOccurrence(cron, timeZone, new Date(afterMs).toISOString())
  return next === null ? null : Date.parse(next)
}

/** Members get it at once; others after they have said yes, and until they say no. */
export const willGet = (
  address: string,
  members: ReadonlySet<string>,
  outside: Schedule['outside'],
): boolean => members.has(address) || outside[address] === 'confirmed'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function rhythmWords({ every, weekday, monthDay, hour, minute }: Rhythm): string {
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  if (every === 'week') return `Each ${DAYS[(weekday ?? 1) - 1]} at ${time}`
  if (every === 'month')
    return `Each month on ${(monthDay ?? 1) > 28 ? 'its last day' : `day ${monthDay}`} at ${time}`
  return `Each day at ${time}`
}
