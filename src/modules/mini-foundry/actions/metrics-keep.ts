/** Puts computed answers into the cache after the answer is sent: a failure there costs nothing but time. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import type { Services } from '../../../platform/services.ts'
import { type AnswerToKeep, keepAnswers } from '../store/metrics-cache.ts'

const DAY_MS = 86_400_000
/** Rates arrive later than sales: what has none yet is asked again soon. */
const UNCONVERTED_MS = 600_000

export interface AnsweredQuestion {
  queryHash: string
  range: DayRange
  dataVersion: number
}

type Kept = Omit<AnswerToKeep, 'id'>

export function keepLater(
  services: Services,
  actor: Actor,
  question: AnsweredQuestion,
  answers: readonly Kept[],
): void {
  const work = keepNow(services, actor, question, answers)
  services.later(
    work.catch((error: unknown) => services.log.warn('metrics.not_kept', { error: errorText(error) })),
  )
}

export async function keepNow(
  services: Services,
  actor: Actor,
  { queryHash, range, dataVersion }: AnsweredQuestion,
  answers: readonly Kept[],
): Promise<void> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const unconverted = answers.some(
    ({ answer }) => 'unconverted' in answer && answer.unconverted !== undefined,
  )
  const kept = {
    queryHash,
    period: `${range.from}/${range.to}`,
    dataVersion,
    at: isoInstant(now),
    expiresAt: isoInstant(now + (unconverted ? UNCONVERTED_MS : DAY_MS)),
  }
  await db.write([
    keepAnswers(
      db,
      kept,
      answers.map(({ key, answer }) => ({ id: uuidv7(now), key, answer })),
    ),
  ])
}
