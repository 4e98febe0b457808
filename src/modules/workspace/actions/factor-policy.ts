/** A second factor for everybody in a workspace: the switch, and mails to those who lack one. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { factorReminderMail } from '../documents/people-mails.ts'
import { memberOf, proveFirst } from './members.ts'

/** Needs a fresh proof (`proved`); whoever asks everybody for a factor must have one. */
export async function requireFactor(
  services: Services,
  actor: Actor,
  required: boolean,
  proved: boolean,
): Promise<Result<null>> {
  if (!can(actor, 'members:manage')) return forbidden('decide about second factors')
  if (actor.kind !== 'person' || !proved) return proveFirst()
  const own = await services.directory.proofsOf(actor.id)
  if (required && !own.app && own.passkeys === 0) {
    return fail(
      'conflict',
      'own-factor-first',
      'Set up a second factor of your own first, or you would lock yourself out: Settings, Sign-in and devices.',
    )
  }
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.requireFactorStatement(actor.tenantId, required, isoInstant(now)),
    recordAudit(
      db,
      now,
      actor,
      required ? 'second_factor.required' : 'second_factor.made_optional',
      actor.tenantId,
      {},
      'if-changed',
    ),
  ])
  if (required) await closePagesWithoutFactor(services, actor)
  return ok(null)
}

/** Pages that are open already stop being told. */
async function closePagesWithoutFactor(services: Services, actor: Actor): Promise<void> {
  const { directory, clock, live } = services
  for (const member of await directory.membersOf(actor.tenantId)) {
    if (member.secondFactor === 1 || member.passkeys > 0) continue
    for (const session of await directory.sessionsOf(member.personId, clock.now()))
      if (session.tenantId === actor.tenantId) await live.disconnect(session.tenantId, session.id)
  }
}

/** At most one mail a day to each. */
export async function remindOfFactor(
  services: Services,
  actor: Actor,
  personId: string,
): Promise<Result<{ name: string }>> {
  if (!can(actor, 'members:manage')) return forbidden('remind people')
  const member = await memberOf(services, actor, personId)
  if (!member) return notFound('member')
  if (member.secondFactor === 1 || member.passkeys > 0)
    return fail('conflict', 'has-factor', `${member.name} has a second factor already.`)
  const { requireSecondFactor, name } = actor.workspace
  const href = `${services.config.publicUrl}/settings/security`
  const day = isoInstant(services.clock.now()).slice(0, 10)
  const mail = factorReminderMail(member.name, actor.name, name, requireSecondFactor, href)
  await services.mail.send({
    kind: 'account',
    to: member.email,
    tenantId: actor.tenantId,
    dedupeKey: `factor-reminder ${personId} ${day}`,
    ...mail,
  })
  return ok({ name: member.name })
}
