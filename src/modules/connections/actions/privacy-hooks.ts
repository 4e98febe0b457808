/** Vendors' requests about personal data: proven by their signature, taken in once for every workspace they concern. */
import { systemActor } from '../../../platform/actor.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { takePrivacyRequest } from '../../workspace/index.ts'
import type { PrivacyHookPort } from '../domain/privacy-hook.ts'
import { ownApp } from './apps.ts'

/** A wrong signature is 401, as the vendor demands. A shop nobody has connected is answered, and nothing is kept. */
export async function receivePrivacyHook(
  services: Services,
  port: PrivacyHookPort,
  input: { body: string; headers: Headers },
): Promise<Result<{ taken: number }>> {
  const claim = port.delivery(input.headers)
  if (!claim) return fail('unauthenticated', 'hook-unsigned', 'This is no signed delivery.')
  const secret = services.apps[port.kind]?.clientSecret ?? ''
  const places = await services.directory.connectorsOf(port.kind, claim.account)
  // a workspace's own app speaks for that workspace alone, whoever else has connected the same shop
  const accepted = new Set<string>()
  for (const { tenantId } of places) {
    const own = await ownApp(services, tenantId, port.kind)
    const secrets = [own?.clientSecret ?? '', secret].filter(Boolean)
    if (await port.signed(input.body, input.headers, secrets)) accepted.add(tenantId)
  }
  if (accepted.size === 0 && !(await port.signed(input.body, input.headers, [secret].filter(Boolean))))
    return fail('unauthenticated', 'hook-signature', 'The signature does not hold.')
  const read = readSafely(port, claim.topic, input.body)
  // the signature covers the body only: the shop that the header names must be the one that the body names
  if (!read || read.account !== claim.account)
    return fail('malformed', 'hook-malformed', 'The delivery is not what its topic says.')
  const { account: _account, ...request } = read
  let taken = 0
  for (const tenantId of accepted) {
    const workspace = await services.directory.workspace(tenantId)
    if (!workspace) continue
    await takePrivacyRequest(services, systemActor(workspace, `${port.kind}-privacy`), {
      source: port.kind,
      externalId: claim.id,
      ...request,
    })
    taken += 1
  }
  return ok({ taken })
}

function readSafely(port: PrivacyHookPort, topic: string, body: string) {
  try {
    return port.read(topic, body)
  } catch {
    return null
  }
}
