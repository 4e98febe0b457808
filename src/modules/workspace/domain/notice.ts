/** What becomes of a notice for one person: in the inbox or not, and by mail at once, with the digest or never. */
import * as z from 'zod'
import { nextOccurrence } from '../../../kit/calendar.ts'
import type { NoticeKind } from '../../../platform/wing-facts.ts'
import { isQuiet, type QuietHours, quietEnd } from './quiet-hours.ts'

export const MAIL_MODES = ['instant', 'daily', 'weekly', 'off'] as const
export type MailMode = (typeof MAIL_MODES)[number]

export interface NoticePreference {
  inApp: boolean
  mail: MailMode
}

export interface NoticeSettings extends QuietHours {
  /** Hour (0-23) at which digests come, on the person's clock. */
  digestHour: number
  /** ISO weekday (1 Monday) of the weekly digest. */
  digestWeekday: number
  /** Mails an hour at most; what comes above waits and goes out together. */
  mailsPerHour: number
}

/** How one notice goes to one person. `mailDueAt` is in milliseconds; null: no mail. */
export interface NoticePlan {
  inApp: boolean
  mailDueAt: number | null
}

export const HOUR_MS = 3_600_000

/** Even urgent mail has a ceiling: a storm of sixty an hour says no more than sixty-one. */
export const URGENT_MAILS_PER_HOUR = 60

/** What holds until a person says otherwise: no quiet hours, digests on Monday and at eight, ten mails an hour. */
export const defaultSettings = (timeZone: string): NoticeSettings => ({
  timeZone,
  quietFrom: 0,
  quietUntil: 0,
  digestHour: 8,
  digestWeekday: 1,
  mailsPerHour: 10,
})

/** What holds for a kind until a person says otherwise. */
export const defaultPreference = (kind: NoticeKind): NoticePreference => ({ inApp: true, mail: kind.mail })

/** What to do with a notice of `kind` that happens at `nowMs`; null when the person wants to hear nothing of it. */
export function planNotice(
  kind: NoticeKind,
  preference: NoticePreference | null,
  settings: NoticeSettings,
  nowMs: number,
): NoticePlan | null {
  const { inApp, mail } = preference ?? defaultPreference(kind)
  const mailDueAt = mailDue(mail, settings, nowMs, kind.urgent ?? false)
  return inApp || mailDueAt !== null ? { inApp, mailDueAt } : null
}

/** When a notice of now may go out by mail (milliseconds), or null for never. Only what is urgent breaks the quiet. */
export function mailDue(
  mode: MailMode,
  settings: NoticeSettings,
  nowMs: number,
  urgent: boolean,
): number | null {
  if (mode === 'off') return null
  if (mode === 'instant') return urgent ? nowMs : quietEnd(nowMs, settings)
  return quietEnd(nextDigest(mode, settings, nowMs), settings)
}

/**
 * When mail that a cap or the quiet holds back may go out. `sentAt` are the instants of the mails of the last hour
 * (milliseconds). Equal to `nowMs`: right now.
 */
export function mailFree(settings: NoticeSettings, sentAt: readonly number[], nowMs: number): number {
  const recent = sentAt.filter((at) => at > nowMs - HOUR_MS).sort((a, b) => a - b)
  const over = recent.length - settings.mailsPerHour
  const freeAt = over < 0 ? nowMs : (recent[over] ?? nowMs) + HOUR_MS
  return isQuiet(freeAt, settings) ? quietEnd(freeAt, settings) : freeAt
}

function nextDigest(mode: 'daily' | 'weekly', settings: NoticeSettings, nowMs: number): number {
  const weekday = mode === 'weekly' ? settings.digestWeekday : '*'
  const next = nextOccurrence(
    `0 ${settings.digestHour} * * ${weekday}`,
    settings.timeZone,
    new Date(nowMs).toISOString(),
  )
  return next === null ? nowMs : Date.parse(next)
}

const minutes = z.coerce.number().int().min(0).max(1439)

/** What a person may set about the times of their notices. */
export const settingsSchema = z.strictObject({
  timeZone: z.string().refine(isZone, 'Choose a time zone from the list.'),
  quietFrom: minutes,
  quietUntil: minutes,
  digestHour: z.coerce.number().int().min(0, 'From 0 to 23.').max(23, 'From 0 to 23.'),
  digestWeekday: z.coerce.number().int().min(1).max(7),
  mailsPerHour: z.coerce.number().int().min(1, 'At least one.').max(60, 'At most 60.'),
})

export const preferenceSchema = z.strictObject({ inApp: z.boolean(), mail: z.enum(MAIL_MODES) })

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

/** Text that fits an inbox: one line for the title, a paragraph for the body, and only addresses of our own. */
export const noticeText = ({
  title,
  body = '',
  href = '',
}: {
  title: string
  body?: string
  href?: string
}) => ({
  title: cut(title.replace(/[\s\p{Cc}]+/gu, ' ').trim(), 200),
  body: cut(body.trim(), 1000),
  href: /^\/(?![/\\])/.test(href) && href.length <= 500 ? href : '',
})
