/** Remarks on days: checked, and brought to the periods of a chart. */
import * as z from 'zod'
import { isDay } from '../../../kit/calendar.ts'
import { invalid, ok, type Result } from '../../../platform/result.ts'

export interface Annotation {
  id: string
  day: string
  text: string
  createdBy: string
  createdAt: string
  updatedAt: string
}

const draftSchema = z.strictObject({
  day: z.string('Choose a day.').trim().refine(isDay, 'Write a date like 2026-01-31.'),
  text: z
    .string('Write what happened.')
    .trim()
    .min(1, 'Write what happened.')
    .max(200, 'Write at most 200 characters.'),
})

export function parseAnnotation(input: unknown): Result<z.infer<typeof draftSchema>> {
  const parsed = draftSchema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return invalid(
    parsed.error.issues.map((issue) => ({
      path: issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : issue.path.map(String).join('.'),
      message: issue.message,
    })),
  )
}

/**
 * For each remark the place of its period in `starts` (first days, rising), in the order of days. Remarks must lie in
 * the range that the periods cut.
 */
export function remarkPlaces<T extends { day: string }>(
  starts: readonly string[],
  remarks: readonly T[],
): { index: number; remark: T }[] {
  if (starts.length === 0) return []
  return remarks
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .map((remark) => ({
      // the first period may be cut off at its front
      index: Math.max(
        0,
        starts.findLastIndex((start) => start <= remark.day),
      ),
      remark,
    }))
}
