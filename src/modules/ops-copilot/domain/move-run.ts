/** Puts a run that failed onto newer steps of its automation, when what it stands in is still there. */
import type { Step } from './definition-model.ts'
import type { Lists } from './run.ts'
import type { Frame, RunState, Thread } from './run-model.ts'

/** The run at the same steps of the new version; null when one of them, or a list around it, is no more. */
export function moveRun(run: RunState, from: Lists, to: Lists): RunState | null {
  const threads: Thread[] = []
  for (const thread of run.threads) {
    const frames = framesIn(thread.frames, from, to)
    const around = framesIn(thread.around ?? [], from, to)
    if (!frames || !around) return null
    threads.push({ ...thread, frames, ...(thread.around ? { around } : {}) })
  }
  return { ...run, threads }
}

function framesIn(frames: readonly Frame[], from: Lists, to: Lists): Frame[] | null {
  const moved: Frame[] = []
  for (const frame of frames) {
    const [before, after] = [from.get(frame.list), to.get(frame.list)]
    if (!before || !after) return null
    const at = placeOf(before, after, frame.at)
    if (at === null) return null
    moved.push({ ...frame, at })
  }
  return moved
}

/** Where the step that stood at `at` stands now; the end stays the end. */
function placeOf(before: readonly Step[], after: readonly Step[], at: number): number | null {
  const step = before[at]
  if (!step) return after.length
  const place = after.findIndex(({ id }) => id === step.id)
  return place < 0 ? null : place
}
