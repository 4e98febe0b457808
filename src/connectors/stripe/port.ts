/** Stripe behind the hook port. */
import type { HookPort } from '../../modules/mini-foundry/domain/ports.ts'
import { verifyStripeHook } from './hook.ts'
import { normaliseStripeEvent } from './normalise.ts'

export const stripeHooks: HookPort = {
  verify: verifyStripeHook,
  read: (body, context) => normaliseStripeEvent(JSON.parse(body), context),
}
