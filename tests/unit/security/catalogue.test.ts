// The catalogue of checks is whole: every rule has its words, its worth, its source and its place.
import { describe, expect, test } from 'vitest'
import { CATALOGUE, CATALOGUE_VERSION, checkOf } from '../../../src/modules/security/domain/catalogue.ts'

/** Groups of the Trust Services Criteria with the number of criteria in each. */
const SOC2: [group: string, count: number][] = [
  ...[5, 3, 4, 2, 3, 8, 5, 1, 2].map((count, index): [string, number] => [`CC${index + 1}`, count]),
  ['A1', 3],
  ['C1', 2],
  ['PI1', 5],
  ...[1, 1, 2, 3, 2, 7, 1, 1].map((count, index): [string, number] => [`P${index + 1}`, count]),
]
const ids = (group: string, count: number) => Array.from({ length: count }, (_, n) => `${group}.${n + 1}`)

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

  test('weighs what it holds as it was agreed', () => {
    const count = (key: 'component' | 'severity') =>
      Object.fromEntries(
        [...Map.groupBy(CATALOGUE, (check) => check[key])].map(([k, all]) => [k, all.length]),
      )
    expect(count('component')).toEqual({ auth: 31, access: 63, data: 33, compliance: 24 })
    expect(count('severity')).toEqual({ critical: 11, high: 38, medium: 56, low: 42, info: 4 })
  })

  test('names only controls that its frameworks have, each once per check', () => {
    const criteria = new Set(SOC2.flatMap(([group, count]) => ids(group, count)))
    expect(criteria.size).toBe(61)
    for (const { id, controls } of CATALOGUE) {
      for (const list of Object.values(controls)) expect(new Set(list).size, id).toBe(list.length)
      expect(
        controls.soc2.filter((control) => !criteria.has(control)),
        id,
      ).toEqual([])
      for (const article of controls.gdpr) {
        expect(article, id).toMatch(/^[1-9]\d?(\(\d+\)(\([a-f]\))?)?$/)
        expect(Number.parseInt(article, 10), id).toBeLessThanOrEqual(99)
      }
      for (const requirement of controls.pci)
        expect(requirement, id).toMatch(/^(1[0-2]|[1-9])(\.\d{1,2}){2,3}$/)
      for (const theme of controls.cyberEssentials) expect(theme, id).toMatch(/^A[4-8]$/)
    }
  })

  test('does not know checks that it does not hold', () => {
    expect(() => checkOf('NO-01')).toThrow(/NO-01/)
  })
})
