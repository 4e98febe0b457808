// API keys as text.
import { expect, test } from 'vitest'
import { can, KEY_SCOPES, systemActor } from '../../src/platform/actor.ts'
import { keyText, parseKeyText } from '../../src/platform/crypto/key-text.ts'

test('the check of a key is the CRC-32 of its id and secret', () => {
  expect(keyText('12345678', 'A'.repeat(32))).toBe(`scp_live_12345678_${'A'.repeat(32)}_9812c4d4`)
})

test('a key has a prefix that secret scanners can look for', () => {
  expect(keyText('abcdEFGH', 'x'.repeat(32))).toMatch(/^scp_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}_[0-9a-f]{8}$/)
})

test('a key of one mode is no key of the other', () => {
  const live = keyText('12345678', 'A'.repeat(32))
  const test = keyText('12345678', 'A'.repeat(32), 'test')
  expect(parseKeyText(live)).toMatchObject({ mode: 'live' })
  expect(parseKeyText(test)).toMatchObject({ mode: 'test' })
  expect(parseKeyText(live.replace('scp_live', 'scp_test'))).toBeNull()
  expect(parseKeyText(test.replace('scp_test', 'scp_live'))).toBeNull()
})

test('a key can neither make keys nor manage people, whatever its scopes say', () => {
  expect(KEY_SCOPES).not.toContain('keys:manage')
  expect(KEY_SCOPES).not.toContain('members:manage')
  const workspace = {
    id: 'w',
    name: 'W',
    timeZone: 'UTC',
    currency: 'EUR',
    locale: 'en',
    weekStart: 1,
    fiscalYearStart: 1,
    country: 'DE',
    industry: '',
    requireSecondFactor: false,
    sandboxOf: null,
    eraseAt: null,
  }
  const key = { ...systemActor(workspace, 'k'), kind: 'key' as const, scopes: new Set(KEY_SCOPES) }
  expect(can(key, 'keys:manage')).toBe(false)
  expect(can(key, 'members:manage')).toBe(false)
  expect(can(key, 'foundry:read')).toBe(true)
})

test('what is no key is no key', () => {
  expect(parseKeyText('')).toBeNull()
  expect(parseKeyText('scp_live_short_secret_0')).toBeNull()
})
