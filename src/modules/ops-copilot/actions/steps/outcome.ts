/** How steps say that they cannot. */
import type { Failure } from '../../../../platform/result.ts'
import type { StepJson, StepOutcome } from '../../../../platform/step.ts'

/** Nothing has left, and trying again would not help. */
export const refused = (error: string): StepOutcome => ({ ok: false, error, retry: false, left: 'no' })

/** What an action of ours refused: nothing has left; trouble passes, a refusal stays. */
export const refusedBy = (error: Failure): StepOutcome => ({
  ok: false,
  error: [error.detail, ...(error.errors ?? []).map(({ message }) => message)].join(' '),
  retry: error.kind === 'unavailable' || error.kind === 'rate_limited' || error.kind === 'stale',
  left: 'no',
})

export const textOf = (value: StepJson | undefined): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
