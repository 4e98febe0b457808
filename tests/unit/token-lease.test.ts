// What becomes of credentials after a refresh, and who may use a connection.
import { describe, expect, test } from 'vitest'
import { mayUse } from '../../src/modules/connections/domain/connector.ts'
import { challengeOf } from '../../src/modules/connections/domain/pkce.ts'
import {
  afterRefresh,
  isAlive,
  isFresh,
  withPrevious,
} from '../../src/modules/connections/domain/token-lease.ts'

describe('after a refresh', () => {
  const before = { accessToken: 'a1', refreshToken: 'r1', expiresAt: 100, realm: '42' }

  test('a rotated refresh token is kept beside its successor, and what the vendor did not repeat stays', () => {
    expect(afterRefresh(before, { accessToken: 'a2', refreshToken: 'r2', expiresAt: 200 })).toEqual({
      accessToken: 'a2',
      refreshToken: 'r2',
      previousRefreshToken: 'r1',
      expiresAt: 200,
      realm: '42',
    })
  })

  test('a vendor that gave no new refresh token means the old one, and leaves no previous one', () => {
    const after = afterRefresh(
      { ...before, previousRefreshToken: 'r0' },
      { accessToken: 'a2', expiresAt: 200 },
    )
    expect(after).toEqual({ accessToken: 'a2', refreshToken: 'r1', expiresAt: 200, realm: '42' })
    expect(withPrevious(after)).toBeNull()
  })

  test('a token without an end does not inherit the end of the old one', () => {
    const after = afterRefresh(before, { accessToken: 'a2' })
    expect(after.expiresAt).toBeUndefined()
    expect(isFresh(after, 1e15)).toBe(true)
  })

  test('the one before is tried as if it were the newest', () => {
    expect(withPrevious({ refreshToken: 'r2', previousRefreshToken: 'r1', realm: '42' })).toEqual({
      refreshToken: 'r1',
      realm: '42',
    })
    expect(withPrevious({ refreshToken: 'r2', previousRefreshToken: 'r2' })).toBeNull()
  })
})

test('a token is fresh for two minutes less than it is alive', () => {
  const token = { expiresAt: 1_000_000 }
  expect([isFresh(token, 880_000), isFresh(token, 880_001)]).toEqual([true, false])
  expect([isAlive(token, 999_999), isAlive(token, 1_000_000)]).toEqual([true, false])
})

test('a connection is used by its roles and by the platform, and by nobody once it is disconnected', () => {
  const connector = { status: 'connected' as const, roles: ['owner', 'admin'] }
  const person = (role: 'owner' | 'admin' | 'member' | 'viewer') =>
    mayUse({ kind: 'person', role }, connector)
  expect([person('owner'), person('admin'), person('member'), person('viewer')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(mayUse({ kind: 'system', role: 'owner' }, { status: 'connected', roles: [] })).toBe(true)
  expect(mayUse({ kind: 'system', role: 'owner' }, { ...connector, status: 'disconnected' })).toBe(false)
})

test('the challenge is that of RFC 7636, appendix B', async () => {
  expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  )
})
