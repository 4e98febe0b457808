import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mutualBest } from '../../src/modules/marketplace/domain/match/assignment.ts'
import { calibrate, fitCalibration } from '../../src/modules/marketplace/domain/match/calibration.ts'
import type { ProductSide } from '../../src/modules/marketplace/domain/match/product-text.ts'
import { matchProducts } from '../../src/modules/marketplace/domain/product-match.ts'

const word = fc.constantFrom(
  'sony',
  'camera',
  'dsc-w120',
  'hl2140',
  '500gb',
  '1',
  'tb',
  'black',
  'red',
  'pack',
  'of',
  '6',
  'refurbished',
  '2007',
  'office',
  'pro',
  '13"',
  'ä',
  'XL',
  '-',
  '22-1/2',
  "7'",
)
const title = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.string({ maxLength: 60 }),
)
const side: fc.Arbitrary<ProductSide> = fc.record(
  {
    title,
    brand: fc.option(word),
    description: fc.option(title),
    price: fc.option(fc.oneof(fc.double(), fc.string({ maxLength: 8 }))),
    category: fc.option(title),
    mpn: fc.option(word),
    gtin: fc.option(fc.constantFrom('4006381333931', '036000291452', '96385074', 'x')),
  },
  { requiredKeys: ['title'] },
)

describe('matching products', () => {
  it('gives the same probability both ways, between 0 and 1, with reasons', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const there = matchProducts(a, b)
        const back = matchProducts(b, a)
        expect(there.probability).toBeCloseTo(back.probability, 9)
        expect(there.probability).toBeGreaterThanOrEqual(0)
        expect(there.probability).toBeLessThanOrEqual(1)
        expect(there.reasons.length).toBeGreaterThan(0)
        expect(there.variant).toBe(back.variant)
      }),
    )
  })

  it('finds no difference between a product and itself', () => {
    fc.assert(
      fc.property(side, (a) => {
        const verdict = matchProducts(a, { ...a })
        expect(verdict.differences).toEqual([])
      }),
    )
  })
})

describe('assignment', () => {
  it('never uses a product twice', () => {
    const pair = fc.record({
      a: fc.nat(8),
      b: fc.nat(8),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const links = mutualBest(pairs, { least: 0.2 })
        expect(new Set(links.map((link) => link.a)).size).toBe(links.length)
        expect(new Set(links.map((link) => link.b)).size).toBe(links.length)
      }),
    )
  })
})

describe('calibration', () => {
  it('keeps the order of pairs for any answers', () => {
    const answer = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), same: fc.boolean() })
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 120 }), (answers) => {
        const fitted = fitCalibration(answers)
        const read = [0.01, 0.2, 0.5, 0.8, 0.99].map((p) => calibrate(p, fitted))
        expect([...read].sort((x, y) => x - y)).toEqual(read)
        for (const p of read) expect(p > 0 && p < 1).toBe(true)
      }),
    )
  })
})
