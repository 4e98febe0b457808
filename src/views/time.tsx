/** Instants and days as people of a place write them. */
import { dateFormat } from '../kit/format.ts'

export interface TimeProps {
  /** ISO instant. */
  at: string
  timeZone: string
  locale: string
  show?: 'date' | 'date-time' | 'time'
}

const OPTIONS: Record<NonNullable<TimeProps['show']>, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  'date-time': { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
}

export function Time({ at, timeZone, locale, show = 'date-time' }: TimeProps) {
  return <time datetime={at}>{dateFormat(locale, { ...OPTIONS[show], timeZone }).format(new Date(at))}</time>
}

/** A plain date (`YYYY-MM-DD`): no zone moves it. */
export function Day({ day, locale }: { day: string; locale: string }) {
  const text = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
  return <time datetime={day}>{text}</time>
}
