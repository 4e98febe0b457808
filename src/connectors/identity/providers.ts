/** Google and Microsoft as places to sign in. */
import type { Settings } from '../../env.ts'
import type { Clock } from '../../platform/clock.ts'
import type { IdentityProvider } from '../../platform/identity.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'

export function createIdentityProviders(
  _settings: Settings,
  _rules: FetchRules,
  _clock: Clock,
): IdentityProvider[] {
  return []
}
