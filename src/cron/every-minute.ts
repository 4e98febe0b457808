/** Every minute: whatever was written down but whose message was lost is sent again, and what is due is begun. */
import { sendDueChecks } from '../modules/connections/index.ts'
import { sendDueTakeAways } from '../modules/mini-foundry/index.ts'
import { tellLateDecisions, wakeEngines } from '../modules/ops-copilot/index.ts'
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
const MINUTE_MS = 60_000
/** After the full hour, when days end, with time for what came at the last minute. */
const ALERTS_AT_MINUTE = 7

/** One line a sweep; each is made whatever became of the others. */
const SWEEPS: ((services: Services) => Promise<void>)[] = [
  sendLostEvents,
  sendDirtyTenants,
  sendStalledImports,
  sendStalledHooks,
  sendDueStreams,
  sendStalledMails,
  sendDueChecks,
  sendDueNotices,
  sendDueErasures,
  sendStalledPrivacyRequests,
  sendDueWebhooks,
  sendAlerts,
  sendDueDashboards,
  sendDueTakeAways,
  wakeLateEngines,
  tellLateDecisions,
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

/** Streams whose time has come; whoever takes the step first does it, so a message too many does nothing. */
async function sendDueStreams({ directory, queue, clock }: Services): Promise<void> {
  const now = clock.now()
  for (const due of await directory.dueStreams(now, now)) await queue.send({ kind: 'sync.step', ...due })
}

async function sendStalledMails({ directory, queue, clock }: Services): Promise<void> {
  for (const mailId of await directory.stalledMails(clock.now() - 2 * LOST_AFTER_MS))
    await queue.send({ kind: 'mail.send', mailId })
}

/** Once an hour: a day may have ended somewhere, or a source may have come round without a change that tells us. */
async function sendAlerts({ directory, queue, clock }: Services): Promise<void> {
  if (Math.floor(clock.now() / MINUTE_MS) % 60 !== ALERTS_AT_MINUTE) return
  for (const tenantId of await directory.tenantsWithAlerts())
    await queue.send({ kind: 'alerts.judge', tenantId })
}

/** Sent again each minute until the message has moved the due time on; each recipient gets one mail for it. */
async function sendDueDashboards({ directory, queue, clock }: Services): Promise<void> {
  for (const due of await directory.dueSchedules(clock.now()))
    await queue.send({ kind: 'dashboard.send', ...due })
}

/** Engines whose alarm should have come and did not. */
async function wakeLateEngines(services: Services): Promise<void> {
  await wakeEngines(services)
}
