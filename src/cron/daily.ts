/** Every night: currency rates of the last days, and what has expired is swept away. */
import { mendSubscriptions, tellEveryOverdue } from '../modules/mini-foundry/index.ts'
import { watchSilence } from '../modules/ops-copilot/index.ts'
import { sweepComments, sweepFiles } from '../modules/workspace/index.ts'
import { isoInstant } from '../platform/clock.ts'
import type { Services } from '../platform/services.ts'

const DAY_MS = 86_400_000

export async function daily(services: Services): Promise<void> {
  const now = services.clock.now()
  const from = isoInstant(now - 10 * DAY_MS).slice(0, 10)
  await services.directory.keepFxRates(await services.fx.rates(from))
  await services.directory.sweepExpired(now)
  for (const tenantId of await services.directory.tenantsWithSources())
    for (const kind of ['contacts.gather', 'money.match'] as const)
      await services.queue.send({ kind, tenantId })
  for (const source of await services.directory.sourcesToCheck())
    await services.queue.send({ kind: 'source.check', ...source })
  await tellEveryOverdue(services)
  await mendSubscriptions(services)
  await watchSilence(services)
  await services.directory.sweepEventLog(now)
  await services.directory.sweepNotices(now)
  await sweepFiles(services)
  await sweepComments(services)
}
