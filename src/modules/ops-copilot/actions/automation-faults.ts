/** What actions on automations refuse, in words. */
import { type FieldError, fail } from '../../../platform/result.ts'

export const fieldErrors = (issues: readonly { path: PropertyKey[]; message: string }[]): FieldError[] =>
  issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))

export const stale = () =>
  fail(
    'stale',
    'automation-changed',
    'Somebody has changed this automation since you opened it. Look at it again.',
  )
