/** Every minute: whatever was written down but whose message was lost is sent again. */
import type { Services } from '../platform/services.ts'

const LOST_AFTER_MS = 60_000
const DAY_MS = 86_400_000

export async function everyMinute(services: Services): Promise<void> {
  const now = services.clock.now()
  for (const { tenantId, id } of await services.directory.unsentEvents(now - LOST_AFTER_MS)) {
    await services.queue.send({ kind: 'event.deliver', tenantId, eventId: id })
  }
  for (const tenantId of await services.directory.dirtyTenants()) {
    await services.queue.send({ kind: 'rollup', tenantId })
  }
  for (const { tenantId, importId } of await services.directory.stalledImports(now - 2 * LOST_AFTER_MS)) {
    await services.queue.send({ kind: 'import.continue', tenantId, importId })
  }
  for (const hook of await services.directory.stalledHooks(now - DAY_MS, now - 2 * LOST_AFTER_MS)) {
    await services.queue.send({ kind: 'hook.process', ...hook })
  }
  for (const mailId of await services.directory.stalledMails(now - 2 * LOST_AFTER_MS)) {
    await services.queue.send({ kind: 'mail.send', mailId })
  }
}
