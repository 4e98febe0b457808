/** How a business works: when its office is open, when nobody is written to, how many mails anybody gets. */
import * as z from 'zod'
import type { BusinessTime } from '../../../kit/calendar.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time like 09:00.')

export const copilotSettingsSchema = z
  .strictObject({
    workdays: z.array(z.number().int().min(1).max(7)).min(1, 'Choose at least one day.').max(7),
    opens: clock,
    closes: clock,
    holidays: z.array(z.iso.date('Write days like 2026-12-25.')).max(400),
    /** Nobody outside is written to between these; equal: at any hour. */
    quiet_from: clock,
    quiet_to: clock,
    /** Mails of automations and sequences that one person gets in a day and in a week. */
    mails_per_day: z.number().int().min(1).max(100),
    mails_per_week: z.number().int().min(1).max(500),
    /** Shown under marketing mails, as the law asks in many countries. */
    postal_address: z.string().trim().max(300),
    track_opens: z.boolean(),
    track_clicks: z.boolean(),
  })
  .refine(({ opens, closes }) => opens < closes, { message: 'It closes after it opens.', path: ['closes'] })
export type CopilotSettings = z.infer<typeof copilotSettingsSchema>

export const STANDARD_SETTINGS: CopilotSettings = {
  workdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '17:00',
  holidays: [],
  quiet_from: '21:00',
  quiet_to: '08:00',
  mails_per_day: 3,
  mails_per_week: 10,
  postal_address: '',
  track_opens: true,
  track_clicks: true,
}

/** As stored, possibly by an older release: what is missing or no longer fits is as it is at the beginning. */
export function readCopilotSettings(stored: unknown): CopilotSettings {
  const parsed = copilotSettingsSchema.safeParse({ ...STANDARD_SETTINGS, ...(stored as object | null) })
  return parsed.success ? parsed.data : STANDARD_SETTINGS
}

export const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

export const businessTimeOf = (settings: CopilotSettings, timeZone: string): BusinessTime => ({
  timeZone,
  workdays: settings.workdays,
  opens: minutesOf(settings.opens),
  closes: minutesOf(settings.closes),
  holidays: settings.holidays,
})
