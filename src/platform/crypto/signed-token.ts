/** Short-lived signed tokens by jose (HS256): access tokens, socket tickets, e-mail links, flash messages. */
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import type { KeyRing } from './key-ring.ts'

const ISSUER = 'smb-command'

/** What a token is for; it becomes `typ` and `aud`, so one kind never passes for another. */
export type TokenUse =
  | 'access'
  | 'live'
  | 'verify-email'
  | 'reset-password'
  | 'second-factor'
  | 'flash'
  | 'invitation'
  | 'totp-setup'
  | 'passkey-setup'
  | 'passkey-sign-in'
  | 'outside-state'
  | 'outside-person'
  | 'ownership'
  | 'oauth-state'
  | 'dashboard-mail'
  | 'mail-track'
  | 'mail-unsubscribe'
  | 'automation-hook'
  | 'automation-form'
  | 'approval'

export interface TokenSigner {
  /** `issuedAt` (seconds) other than now: the same claims give the same token each time. */
  sign(use: TokenUse, claims: JWTPayload, seconds: number, issuedAt?: number): Promise<string>
  /** The claims, or null when the token is forged, expired, of another use, or signed by an unknown key. */
  verify(use: TokenUse, token: string): Promise<JWTPayload | null>
}

export function createTokenSigner(ring: KeyRing, clock: Clock): TokenSigner {
  return {
    sign(use, claims, seconds, issuedAt) {
      const now = issuedAt ?? Math.floor(clock.now() / 1000)
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: `${use}+jwt`, kid: ring.current.id })
        .setIssuer(ISSUER)
        .setAudience(use)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .sign(ring.current.bytes)
    },
    async verify(use, token) {
      try {
        const { payload } = await jwtVerify(token, (header) => keyFor(ring, header.kid), {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: use,
          typ: `${use}+jwt`,
          requiredClaims: ['exp', 'iat'],
          currentDate: new Date(clock.now()),
        })
        return payload
      } catch {
        return null
      }
    },
  }
}

function keyFor(ring: KeyRing, id: string | undefined): Uint8Array {
  const key = ring.find(id ?? '')
  if (!key) throw new Error('unknown key')
  return key.bytes
}
