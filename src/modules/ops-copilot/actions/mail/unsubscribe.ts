/** Unsubscribing by the link or the header of a mail (RFC 8058): looking changes nothing, one POST is enough. */
import { systemActor } from '../../../../platform/actor.ts'
import { recordEvent } from '../../../../platform/event.ts'
import { uuidv7 } from '../../../../platform/ids.ts'
import { notFound, ok, type Result } from '../../../../platform/result.ts'
import type { Services } from '../../../../platform/services.ts'
import { suppressed, unsubscribeFromMarketing } from '../../../workspace/index.ts'
import { mailByTrack } from '../../store/automation-mails.ts'

export interface Unsubscribing {
  workspace: string
  address: string
  /** It is done already. */
  done: boolean
}

interface Named {
  tenantId: string
  address: string
  trackId: string
}

async function namedBy(services: Services, token: string): Promise<Named | null> {
  const claims = await services.tokens.verify('mail-unsubscribe', token)
  const { tenant, address, track } = claims ?? {}
  if (typeof tenant !== 'string' || typeof address !== 'string' || typeof track !== 'string') return null
  return { tenantId: tenant, address, trackId: track }
}

export async function lookAtUnsubscribe(services: Services, token: string): Promise<Result<Unsubscribing>> {
  const named = await namedBy(services, token)
  const workspace = named && (await services.directory.workspace(named.tenantId))
  if (!named || !workspace) return notFound('address')
  const done = await suppressed(services, systemActor(workspace, 'unsubscribe'), named.address, 'marketing')
  return ok({ workspace: workspace.name, address: named.address, done })
}

/** No more marketing mail to this address. Safe to repeat. */
export async function unsubscribe(services: Services, token: string): Promise<Result<Unsubscribing>> {
  const seen = await lookAtUnsubscribe(services, token)
  const named = await namedBy(services, token)
  if (!seen.ok || !named || seen.value.done) return seen
  const db = services.tenant(named.tenantId)
  const [mail] = await db.get(mailByTrack(db, named.trackId))
  await unsubscribeFromMarketing(services, named.tenantId, named.address, mail?.mail_id ?? null)
  const now = services.clock.now()
  const eventId = uuidv7(now)
  await db.write([
    recordEvent(db, now, {
      id: eventId,
      type: 'mail.unsubscribed',
      payload: {
        ...{ mail_id: mail?.mail_id ?? null, automation_id: mail?.automation_id ?? null },
        ...{ contact_id: mail?.contact_id ?? null, to: named.address },
      },
    }),
  ])
  await services.queue.send({ kind: 'event.deliver', tenantId: named.tenantId, eventId })
  return ok({ ...seen.value, done: true })
}
