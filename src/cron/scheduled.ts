/** Time's door: one job per cron expression of wrangler.toml. */
import { compose } from '../compose.ts'
import type { Env } from '../env.ts'
import type { Services } from '../platform/services.ts'
import { daily } from './daily.ts'
import { everyMinute } from './every-minute.ts'

export const JOBS: Record<string, (services: Services) => Promise<void>> = {
  '* * * * *': everyMinute,
  '17 3 * * *': daily,
}

export async function scheduled(
  controller: ScheduledController,
  env: Env,
  context: ExecutionContext,
): Promise<void> {
  const job = JOBS[controller.cron]
  if (!job) throw new Error(`no job for cron ${controller.cron}`)
  await job(
    await compose(env, { later: (work) => context.waitUntil(work), logFields: { cron: controller.cron } }),
  )
}
