/** Background door: each message is parsed, given to its action, and acknowledged or retried on its own. */
import { compose, stripeHooks } from '../compose.ts'
import type { Env } from '../env.ts'
import { checkDue } from '../modules/connections/index.ts'
import {
  checkInBackground,
  continueImport,
  continueSourceRemoval,
  gatherContacts,
  judgeAlerts,
  matchMoney,
  processHook,
  rebuildCalendar,
  rebuildRollups,
  removeDemoFacts,
  replayStep,
  sendDashboard,
  stepStream,
  stepTakeAway,
  undoImportChunk,
  uniteCustomers,
} from '../modules/mini-foundry/index.ts'
import {
  answerPrivacyRequest,
  attemptDelivery,
  eraseWorkspace,
  giveMailUp,
  mailNotices,
  postNotices,
} from '../modules/workspace/index.ts'
import { systemActor } from '../platform/actor.ts'
import { captureError } from '../platform/capture.ts'
import { isoInstant, systemClock } from '../platform/clock.ts'
import { errorText } from '../platform/log.ts'
import { type Message, messageSchema } from '../platform/message.ts'
import type { Services } from '../platform/services.ts'
import { countUse, flushUse } from '../platform/usage.ts'
import { deliverEvent } from './events.ts'

const DEAD_QUEUE = 'smb-command-dead'

export async function consume(batch: MessageBatch, env: Env, context: ExecutionContext): Promise<void> {
  const services = await compose(env, {
    later: (work) => context.waitUntil(work),
    logFields: { queue: batch.queue },
  })
  for (const message of batch.messages) {
    if (batch.queue === DEAD_QUEUE) await keepDead(services, batch.queue, message)
    else await consumeOne(services, batch.queue, message)
  }
  await noteBatch(services, batch)
}

/** For the operator: when the queue last moved, and how long its oldest message had waited. */
async function noteBatch(services: Services, batch: MessageBatch): Promise<void> {
  const now = systemClock.now()
  const oldest = Math.min(...batch.messages.map((message) => message.timestamp.getTime()))
  // a read and a delete each; the write was counted when it was sent
  countUse('queue_operations', batch.messages.length * 2)
  countUse('d1_rows_read', services.meter.rowsRead)
  countUse('d1_rows_written', services.meter.rowsWritten)
  await services.directory.beat({
    name: `queue ${batch.queue}`,
    at: services.clock.now(),
    ok: 1,
    ms: Math.max(0, now - oldest),
    detail: `${batch.messages.length} messages`,
  })
  await flushUse(services.directory, services.clock)
}

async function consumeOne(services: Services, queue: string, message: MessageLike): Promise<void> {
  const parsed = messageSchema.safeParse(message.body)
  if (!parsed.success) {
    await keepDead(services, queue, message)
    return
  }
  try {
    await perform(services, parsed.data)
    message.ack()
  } catch (error) {
    services.log.error('message.failed', {
      kind: parsed.data.kind,
      attempt: message.attempts,
      error: errorText(error),
    })
    await captureError(services, error, `message ${parsed.data.kind}`, message.id)
    message.retry({ delaySeconds: Math.min(3600, 2 ** message.attempts) })
  }
}

type MessageLike = Pick<globalThis.Message, 'id' | 'body' | 'attempts' | 'ack' | 'retry'>

/** What a message asks for. Everything here is idempotent: a message may come twice. */
export async function perform(services: Services, message: Message): Promise<void> {
  if (message.kind === 'mail.send') return services.mail.deliver(message.mailId)
  const workspace = await services.directory.workspace(message.tenantId)
  if (!workspace) return
  // what is being erased is not written to any more
  const isEnding = workspace.eraseAt !== null && workspace.eraseAt <= services.clock.now()
  if (isEnding && message.kind !== 'workspace.erase') return
  const actor = systemActor(workspace, message.kind)
  switch (message.kind) {
    case 'import.continue':
      return continueImport(services, actor, message.importId)
    case 'import.undo':
      return undoImportChunk(services, actor, message.importId)
    case 'hook.process':
      return processHook(services, actor, stripeHooks, {
        sourceId: message.sourceId,
        eventId: message.eventId,
      })
    case 'sync.step':
      return stepStream(services, actor, message)
    case 'sync.replay':
      return replayStep(services, actor, message)
    case 'contacts.gather':
      return gatherContacts(services, actor)
    case 'customers.unite':
      await uniteCustomers(services, actor)
      return
    case 'money.match':
      await matchMoney(services, actor, message.all ? 'all' : 'recent')
      return
    case 'source.check':
      await checkInBackground(services, actor, message.sourceId)
      return
    case 'rollup':
      return rebuildRollups(services, actor)
    case 'alerts.judge':
      return judgeAlerts(services, actor)
    case 'dashboard.send':
      return sendDashboard(services, actor, message.scheduleId)
    case 'calendar.rebuild':
      return rebuildCalendar(services, actor)
    case 'demo.remove':
      return removeDemoFacts(services, actor)
    case 'source.remove':
      return continueSourceRemoval(services, actor, message.sourceId)
    case 'take-away.step':
      return stepTakeAway(services, actor, message)
    case 'workspace.erase':
      return eraseWorkspace(services, actor)
    case 'privacy.answer':
      return answerPrivacyRequest(services, actor, message.requestId)
    case 'connection.check':
      return checkDue(services, actor, message.connectorId)
    case 'notice.mail':
      return mailNotices(services, actor, message.personId)
    case 'notice.post':
      return postNotices(services, actor, message.channelId)
    case 'webhook.deliver':
      return attemptDelivery(services, actor, message.deliveryId)
    case 'event.deliver':
      return deliverEvent(services, actor, message.eventId)
  }
}

async function keepDead(services: Services, queue: string, message: MessageLike): Promise<void> {
  const body = JSON.stringify(message.body)
  const known = messageSchema.safeParse(message.body).data
  const error = known ? await services.directory.lastErrorAt(`message ${known.kind}`) : 'not understood'
  await services.directory.keepDeadLetter({
    id: message.id,
    tenantId: known && 'tenantId' in known ? known.tenantId : null,
    queue,
    body,
    error,
    at: isoInstant(services.clock.now()),
  })
  if (known?.kind === 'mail.send') await giveMailUp(services, known.mailId, error)
  services.log.error('message.dead', { queue, id: message.id })
  message.ack()
}
