// One-time codes by the vectors of RFC 6238, and recovery codes.
import { expect, test } from 'vitest'
import {
  plainRecoveryCode,
  RECOVERY_CODE_LENGTH,
  recoveryCode,
} from '../../src/modules/workspace/domain/recovery-code.ts'
import { newTotpSecret, totpStep, totpUri } from '../../src/modules/workspace/domain/totp.ts'

/** "12345678901234567890" in base32: the secret of RFC 6238 appendix B; six digits are the last of its eight. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %d of RFC 6238 the code is %s', (seconds, code) => {
  expect(totpStep(RFC_SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30))
})

test('a code of the step before or after is refused', () => {
  expect(totpStep(RFC_SECRET, '287082', 29_999)).toBeNull()
  expect(totpStep(RFC_SECRET, '287082', 30_000)).toBe(1)
  expect(totpStep(RFC_SECRET, '287082', 59_999)).toBe(1)
  expect(totpStep(RFC_SECRET, '287082', 60_000)).toBeNull()
})

test('spaces within a code do not matter, letters do', () => {
  expect(totpStep(RFC_SECRET, ' 287 082 ', 59_000)).toBe(1)
  expect(totpStep(RFC_SECRET, '28708a', 59_000)).toBeNull()
})

test('a fresh secret has 160 bits and the address for the app names account and issuer', () => {
  const secret = newTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(newTotpSecret()).not.toBe(secret)
  const uri = new URL(totpUri(secret, 'nora@harbour.example'))
  expect(uri.protocol).toBe('otpauth:')
  expect(uri.searchParams.get('secret')).toBe(secret)
  expect(decodeURIComponent(uri.pathname)).toContain('nora@harbour.example')
})

test('a recovery code has more than 112 bits and no signs that are read for one another', () => {
  const code = recoveryCode(Uint8Array.from({ length: 32 }, (_, i) => i * 8 + i))
  expect(code).toMatch(/^([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}$/)
  expect(RECOVERY_CODE_LENGTH * 5).toBeGreaterThanOrEqual(112)
  expect(plainRecoveryCode(` ${code.toLowerCase()} `)).toBe(code.replaceAll('-', ''))
})
