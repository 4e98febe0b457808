/** The signing secrets of webhook endpoints: made, sealed, and used. */
import { hmacSha256Base64 } from '../../../platform/crypto/digest.ts'
import type { Services } from '../../../platform/services.ts'
import { type StampedSecret, secretBytes, secretText, signing, signingInput } from '../domain/webhook.ts'

const place = (endpointId: string) => `webhook_endpoints/${endpointId}/secrets`

/** 32 random bytes, as the specification writes them. */
export const freshSecret = (): string => secretText(crypto.getRandomValues(new Uint8Array(32)))

export const sealSecrets = (
  services: Services,
  tenantId: string,
  endpointId: string,
  secrets: readonly StampedSecret[],
): Promise<string> => services.box.seal(tenantId, place(endpointId), JSON.stringify(secrets))

export async function openSecrets(
  services: Services,
  endpoint: { tenantId: string; id: string; secrets: string },
): Promise<StampedSecret[]> {
  return JSON.parse(await services.box.open(endpoint.tenantId, place(endpoint.id), endpoint.secrets))
}

/** The headers of a signed message (Standard Webhooks): one signature for each secret that is good at `now`. */
export async function signedHeaders(
  secrets: readonly StampedSecret[],
  message: { id: string; body: string; now: number },
): Promise<Record<string, string>> {
  const seconds = Math.floor(message.now / 1000)
  const input = signingInput(message.id, seconds, message.body)
  const signatures: string[] = []
  for (const { secret } of signing(secrets, message.now))
    signatures.push(`v1,${await hmacSha256Base64(secretBytes(secret), input)}`)
  return {
    'Content-Type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures.join(' '),
  }
}
