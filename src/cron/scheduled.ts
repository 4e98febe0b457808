/** Time's door: one job per cron expression of wrangler.toml. */
import { compose } from '../compose.ts'
import type { Env } from '../env.ts'
import { captureError } from '../platform/capture.ts'
import { systemClock } from '../platform/clock.ts'
import { errorText } from '../platform/log.ts'
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
  const services = await compose(env, {
    later: (work) => context.waitUntil(work),
    logFields: { cron: controller.cron },
  })
  await beating(services, controller.cron, () => job(services))
}

/** Runs a job and writes down that it ran, how long it took and how it ended: what the operator's page shows. */
async function beating(services: Services, cron: string, work: () => Promise<void>): Promise<void> {
  const startedAt = systemClock.now()
  const beat = (ok: 0 | 1, detail: string) =>
    services.directory.beat({
      name: `cron ${cron}`,
      at: services.clock.now(),
      ok,
      ms: systemClock.now() - startedAt,
      detail,
    })
  try {
    await work()
    await beat(1, '')
  } catch (error) {
    await captureError(services, error, `cron ${cron}`, '')
    await beat(0, errorText(error).slice(0, 200))
    throw error
  }
}
