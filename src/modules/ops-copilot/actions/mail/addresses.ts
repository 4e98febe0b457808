/** Addresses in mails that lead back here, signed: whose mail it is cannot be guessed or changed. */
import type { Services } from '../../../../platform/services.ts'

/** Ten years: a mail is opened whenever its reader likes. */
const LONG_SECONDS = 10 * 365 * 86_400

export async function trackAddress(services: Services, tenantId: string, trackId: string): Promise<string> {
  const token = await services.tokens.sign('mail-track', { tenant: tenantId, track: trackId }, LONG_SECONDS)
  return `${services.config.publicUrl}/track/${token}`
}

export async function unsubscribeAddress(
  services: Services,
  tenantId: string,
  address: string,
  trackId: string,
): Promise<string> {
  const claims = { tenant: tenantId, address, track: trackId }
  const token = await services.tokens.sign('mail-unsubscribe', claims, LONG_SECONDS)
  return `${services.config.publicUrl}/mail/unsubscribe/${token}`
}
