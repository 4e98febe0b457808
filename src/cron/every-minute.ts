/** Every minute: whatever was written down but whose message was lost is sent again, and what is due is begun. */
import { sendDueChecks } from '../modules/connections/index.ts'
import {
  sendDueErasures,
  sendDueNotices,
  sendDueWebhooks,
  sendStalledPrivacyRequests,
} from '../modules/workspace/index.ts'
import { errorText } from '../platform/log.ts'
import type { Services } from '../platform/services.ts'

const LOST_AFTER_MS = 60_000
const DAY_MS = 86_400_000

/** One line a sweep; each is made whatever became of the others. */
const SWEEPS: ((services: Services) => Promise<void>)[] = [
  sendLostEvents,
  sendDirtyTenants,
  sendStalledImports,
  sendStalledHooks,
  sendStalledMails,
  sendDueChecks,
  sendDueNotices,
  sendDueErasures,
  sendStalledPrivacyRequests,
  sendDueWebhooks,
]

export async function everyMinute(services: Services): Promise<void> {
  let failure: unknown = null
  for (const sweep of SWEEPS) {
    try {
      await sweep(services)
    } catch (error) {
      services.log.error('sweep.failed', { sweep: sweep.name, error: errorText(error) })
      failure ??= error
    }
  }
  if (failure) throw failure
}

async function sendLostEvents({ directory, queue, clock }: Services): Promise<void> {
  for (const { tenantId, id } of await directory.unsentEvents(clock.now() - LOST_AFTER_MS))
    await queue.send({ kind: 'event.deliver', tenantId, eventId: id })
}

async function sendDirtyTenants({ directory, queue }: Services): Promise<void> {
  for (const tenantId of await directory.dirtyTenants()) await queue.send({ kind: 'rollup', tenantId })
}

async function sendStalledImports({ directory, queue, clock }: Services): Promise<void> {
  for (const stalled of await directory.stalledImports(clock.now() - 2 * LOST_AFTER_MS))
    await queue.send({ kind: 'import.continue', ...stalled })
}

async function sendStalledHooks({ directory, queue, clock }: Services): Promise<void> {
  const now = clock.now()
  for (const hook of await directory.stalledHooks(now - DAY_MS, now - 2 * LOST_AFTER_MS))
    await queue.send({ kind: 'hook.process', ...hook })
}

async function sendStalledMails({ directory, queue, clock }: Services): Promise<void> {
  for (const mailId of await directory.stalledMails(clock.now() - 2 * LOST_AFTER_MS))
    await queue.send({ kind: 'mail.send', mailId })
}
