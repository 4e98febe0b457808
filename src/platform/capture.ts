/** Errors nobody expected, kept for the operator: one report a place and kind, with what is needed to find it again. */
import { isoInstant } from './clock.ts'
import { sha256Hex } from './crypto/digest.ts'
import { errorText } from './log.ts'
import type { Services } from './services.ts'

const MAX_TEXT = 4000

/** `place` is a route pattern, message kind or cron: never an address with ids or tokens in it. */
export async function captureError(
  services: Pick<Services, 'directory' | 'clock' | 'log'>,
  error: unknown,
  place: string,
  requestId: string,
): Promise<void> {
  const message = withoutSecrets(errorText(error)).slice(0, MAX_TEXT)
  const stack = withoutSecrets(error instanceof Error ? (error.stack ?? '') : '').slice(0, MAX_TEXT)
  const fingerprint = (await sha256Hex(`${place}\n${kindOf(message)}`)).slice(0, 32)
  try {
    await services.directory.reportError(
      { fingerprint, message, stack, place, requestId },
      isoInstant(services.clock.now()),
    )
  } catch (failure) {
    services.log.error('error.not_kept', { error: errorText(failure) })
  }
}

/** What stays the same from one time to the next: no ids, no numbers. */
const kindOf = (message: string): string => message.replace(/[\w-]*\d[\w-]*/g, '#')

/** Keys, tokens and addresses that an error text may have picked up on its way. */
const withoutSecrets = (text: string): string =>
  text
    .replace(/\b(scp_(?:live|test)_|whsec_|sk_|rk_|shpat_|xox[a-z]-)[\w-]+/g, '$1…')
    .replace(/\b[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}\b/g, '…')
    .replace(/[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/g, '…@…')
