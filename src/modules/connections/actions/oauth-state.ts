/** What travels to a vendor and back: signed, for one person and workspace, good once and for ten minutes. */

import type { Actor } from '../../../platform/actor.ts'
import { randomToken } from '../../../platform/ids.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'

export const STATE_SECONDS = 600
const PURPOSE = 'oauth-state'

/** Kept sealed inside the state: the verifier is a secret until it is spent. */
export interface OauthJourney {
  kind: string
  verifier: string
  input: Record<string, string>
  /** The connection that is being connected again, when it is one. */
  connectorId: string | null
}

const placeOf = (id: string): string => `oauth-state/${id}`

export async function packState(services: Services, actor: Actor, journey: OauthJourney): Promise<string> {
  const id = randomToken(22)
  const until = services.clock.now() + STATE_SECONDS * 1000
  await services.directory.transact([services.directory.linkStatement(id, actor.id, PURPOSE, until)])
  const sealed = await services.box.seal(actor.tenantId, placeOf(id), JSON.stringify(journey))
  return services.tokens.sign(
    PURPOSE,
    { jti: id, sub: actor.id, tenant: actor.tenantId, journey: sealed },
    STATE_SECONDS,
  )
}

/** Checks whose it is before it is spent: a stranger's click does not use up the owner's. */
export async function spendState(
  services: Services,
  actor: Actor,
  state: string,
): Promise<Result<OauthJourney>> {
  const claims = await services.tokens.verify(PURPOSE, state)
  const { jti, sub, tenant, journey } = claims ?? {}
  if (typeof jti !== 'string' || typeof journey !== 'string')
    return fail(
      'invalid',
      'oauth-state',
      'This way back is not one we gave, or it is older than ten minutes. Start connecting again.',
    )
  if (sub !== actor.id)
    return fail(
      'forbidden',
      'oauth-other-person',
      'Somebody else began to connect this. Start again with your own account.',
    )
  if (tenant !== actor.tenantId)
    return fail(
      'forbidden',
      'oauth-other-workspace',
      'This was begun in another workspace. Switch to that workspace and start again.',
    )
  if (!(await services.directory.spendLink(jti, actor.id, PURPOSE, services.clock.now())))
    return fail(
      'conflict',
      'oauth-spent',
      'This way back was used already. If the connection is not in the list, start again.',
    )
  return ok(JSON.parse(await services.box.open(actor.tenantId, placeOf(jti), journey)) as OauthJourney)
}
