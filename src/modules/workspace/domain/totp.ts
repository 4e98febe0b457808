/**
 * One-time codes by RFC 6238 (SHA-1, 30 s, six digits). Only the current step counts (ASVS 6.5.5 caps a code's life at
 * 30 seconds), and a step counts once.
 */
import { Secret, TOTP } from 'otpauth'

const PERIOD = 30

const totpOf = (secret: string, label: string) =>
  new TOTP({
    issuer: 'SMB Command',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
    secret: Secret.fromBase32(secret),
  })

/** A fresh secret of 160 bits, as base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What an authenticator app reads from the QR code. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString()

/** The step the code belongs to, or null when it is not the code of this moment. */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  const digits = code.replace(/\s+/g, '')
  if (!/^\d{6}$/.test(digits)) return null
  const delta = totpOf(secret, '').validate({ token: digits, timestamp: nowMs, window: 0 })
  return delta === 0 ? Math.floor(nowMs / 1000 / PERIOD) : null
}
