/** Tasks: what is to be done, by whom, until when, and what comes after when it is done. */
import * as z from 'zod'
import { addDays, addMonths, addYears } from '../../../kit/calendar.ts'

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const
export const REPEATS = ['daily', 'weekdays', 'weekly', 'monthly', 'quarterly', 'yearly'] as const
export type Repeats = (typeof REPEATS)[number]

const day = z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)), {
  message: 'Write a day like 2026-12-01.',
})

export const newTaskSchema = z.strictObject({
  title: z.string().trim().min(1, 'Say what is to be done.').max(300, 'At most 300 characters.'),
  notes: z.string().trim().max(10_000, 'At most 10,000 characters.').default(''),
  assignee_id: z.string().max(60).nullable().default(null),
  due_on: day.nullable().default(null),
  priority: z.enum(PRIORITIES).default('normal'),
  repeats: z.enum(REPEATS).nullable().default(null),
  /** `invoice:<id>`. */
  subject: z.string().max(300).nullable().default(null),
})
export type NewTask = z.infer<typeof newTaskSchema>

/** What is left out stays. */
export const taskChangeSchema = z.strictObject({
  title: newTaskSchema.shape.title.optional(),
  notes: z.string().trim().max(10_000, 'At most 10,000 characters.').optional(),
  assignee_id: z.string().max(60).nullable().optional(),
  due_on: day.nullable().optional(),
  priority: z.enum(PRIORITIES).optional(),
  repeats: z.enum(REPEATS).nullable().optional(),
  status: z.enum(['open', 'done']).optional(),
})
export type TaskChange = z.infer<typeof taskChangeSchema>

/**
 * The day of the next one: counted from the day it was due, and on past `today`, so that what was done late does not
 * come again at once. Without a day it counts from today.
 */
export function nextDueDay(due: string | null, repeats: Repeats, today: string): string {
  let at = stepped(due ?? today, repeats, 1)
  for (let times = 2; at <= today && times < 5_000; times++) at = stepped(due ?? today, repeats, times)
  return at
}

/** Months are counted from the first day, so that the 31st stays the 31st where there is one. */
function stepped(from: string, repeats: Repeats, times: number): string {
  switch (repeats) {
    case 'daily':
      return addDays(from, times)
    case 'weekdays':
      return weekdaysAfter(from, times)
    case 'weekly':
      return addDays(from, 7 * times)
    case 'monthly':
      return addMonths(from, times)
    case 'quarterly':
      return addMonths(from, 3 * times)
    case 'yearly':
      return addYears(from, times)
  }
}

function weekdaysAfter(from: string, times: number): string {
  let at = from
  for (let left = times; left > 0; ) {
    at = addDays(at, 1)
    const weekday = new Date(`${at}T00:00:00Z`).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left -= 1
  }
  return at
}
