// The catalogue of checks is whole: every rule has its words, its worth, its source and its place.
import { describe, expect, test } from 'vitest'
import { CATALOGUE, CATALOGUE_VERSION, checkOf } from '../../../src/modules/security/domain/catalogue.ts'

describe('the catalogue', () => {
  test('holds 151 checks, each under its own id, and a version that scans keep', () => {
    expect(CATALOGUE.length).toBe(151)
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(151)
    expect(CATALOGUE_VERSION).toBeGreaterThanOrEqual(1)
  })

  test.each(CATALOGUE)('$id says what it is, why it matters and where its rule comes from', (check) => {
    for (const text of [check.title, check.rule, check.source, check.why])
      expect(text.trim().length).toBeGreaterThan(3)
    expect(['auth', 'access', 'data', 'compliance']).toContain(check.component)
    expect(['critical', 'high', 'medium', 'low', 'info']).toContain(check.severity)
    expect(checkOf(check.id)).toBe(check)
  })

  test('does not know checks that it does not hold', () => {
    expect(() => checkOf('NO-01')).toThrow(/NO-01/)
  })
})
