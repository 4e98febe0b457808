/** How automations and runs stand, as words and tones. */
import type { Tone } from '../../../views/badge.tsx'

export { fieldWords, type Names, stepDetail, stepTitle, triggerWords } from '../domain/words.ts'

export const STATUS: Record<string, { label: string; tone: Tone }> = {
  active: { label: 'Active', tone: 'success' },
  paused: { label: 'Paused', tone: 'neutral' },
  draft: { label: 'Draft', tone: 'info' },
}

export const RUN_STATES: Record<string, { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'info' },
  waiting: { label: 'Waiting', tone: 'info' },
  queued: { label: 'In line', tone: 'info' },
  held: { label: 'Held', tone: 'warning' },
  asking: { label: 'Asks somebody', tone: 'warning' },
  unclear: { label: 'Needs you', tone: 'error' },
  paused: { label: 'Paused', tone: 'neutral' },
  completed: { label: 'Done', tone: 'success' },
  stopped: { label: 'Stopped', tone: 'success' },
  failed: { label: 'Failed', tone: 'error' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
}
