import { expect, test } from 'vitest'
import { fixedClock } from '../../../src/platform/clock.ts'
import { sameText } from '../../../src/platform/crypto/digest.ts'
import { parseKeyRing } from '../../../src/platform/crypto/key-ring.ts'
import { passwordHasher } from '../../../src/platform/crypto/password.ts'
import { createSecretBox } from '../../../src/platform/crypto/secret-box.ts'
import { createTokenSigner } from '../../../src/platform/crypto/signed-token.ts'

const ONE = 'k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
const TWO = 'k2:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA='

test('a sealed secret opens only in its own place and workspace', async () => {
  const box = createSecretBox(parseKeyRing(ONE, 'MASTER_KEYS'))
  const sealed = await box.seal('tenant-a', 'connectors/1/credentials', 'whsec_secret')
  expect(sealed).not.toContain('whsec')
  expect(await box.open('tenant-a', 'connectors/1/credentials', sealed)).toBe('whsec_secret')
  await expect(box.open('tenant-b', 'connectors/1/credentials', sealed)).rejects.toThrow()
  await expect(box.open('tenant-a', 'connectors/2/credentials', sealed)).rejects.toThrow()
})

test('after a key rotation old secrets still open and are known to be stale', async () => {
  const old = await createSecretBox(parseKeyRing(ONE, 'MASTER_KEYS')).seal('t', 'p', 'x')
  const box = createSecretBox(parseKeyRing(`${TWO},${ONE}`, 'MASTER_KEYS'))
  expect(await box.open('t', 'p', old)).toBe('x')
  expect(box.isStale(old)).toBe(true)
  expect(box.isStale(await box.seal('t', 'p', 'x'))).toBe(false)
})

test('a key ring with a short key stops the start', () => {
  expect(() => parseKeyRing('k1:AAEC', 'MASTER_KEYS')).toThrow('MASTER_KEYS')
  expect(() => parseKeyRing('', 'MASTER_KEYS')).toThrow('empty')
})

test('a signed token holds for its own use, its time and its keys only', async () => {
  const clock = fixedClock('2026-11-22T12:00:00Z')
  const signer = createTokenSigner(parseKeyRing(ONE, 'TOKEN_KEYS'), clock)
  const token = await signer.sign('reset-password', { sub: 'p1' }, 60)
  expect((await signer.verify('reset-password', token))?.sub).toBe('p1')
  expect(await signer.verify('verify-email', token)).toBeNull()
  expect(
    await createTokenSigner(parseKeyRing(TWO, 'TOKEN_KEYS'), clock).verify('reset-password', token),
  ).toBeNull()
  clock.advance(61_000)
  expect(await signer.verify('reset-password', token)).toBeNull()
})

test('a token without a signature is refused', async () => {
  const clock = fixedClock('2026-11-22T12:00:00Z')
  const signer = createTokenSigner(parseKeyRing(ONE, 'TOKEN_KEYS'), clock)
  const [, body] = (await signer.sign('access', { sub: 'k' }, 60)).split('.')
  const none = btoa(JSON.stringify({ alg: 'none', typ: 'access+jwt', kid: 'k1' })).replaceAll('=', '')
  expect(await signer.verify('access', `${none}.${body}.`)).toBeNull()
})

test('a password verifies exactly as typed and its hash names the approved parameters', async () => {
  const phc = await passwordHasher.hash('correct horse battery staple ')
  expect(phc).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
  expect(await passwordHasher.verify('correct horse battery staple ', phc)).toBe(true)
  expect(await passwordHasher.verify('correct horse battery staple', phc)).toBe(false)
  expect(passwordHasher.needsRehash(phc)).toBe(false)
  expect(passwordHasher.needsRehash('$scrypt$ln=14,r=8,p=1$AAAA$AAAA')).toBe(true)
})

test('texts of different length or content differ', () => {
  expect(sameText('abc', 'abc')).toBe(true)
  expect(sameText('abc', 'abd')).toBe(false)
  expect(sameText('abc', 'abcabc')).toBe(false)
  expect(sameText('', 'a')).toBe(false)
})
