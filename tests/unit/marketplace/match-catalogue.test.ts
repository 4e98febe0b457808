import { describe, expect, it } from 'vitest'
import { mutualBest } from '../../../src/modules/marketplace/domain/match/assignment.ts'
import { candidatesOf, indexProducts } from '../../../src/modules/marketplace/domain/match/blocking.ts'
import {
  AS_SHIPPED,
  calibrate,
  fitCalibration,
} from '../../../src/modules/marketplace/domain/match/calibration.ts'
import { viewProduct } from '../../../src/modules/marketplace/domain/match/view.ts'

describe('candidates out of a catalogue', () => {
  const catalogue = Array.from({ length: 3000 }, (_, n) =>
    viewProduct({ title: `Acme wireless speaker model ${'abcdefghij'[n % 10]}${n} with remote` }),
  )
  catalogue.push(viewProduct({ title: 'Sony Cyber-shot DSC-W120 camera', gtin: '4006381333931' }))
  const index = indexProducts(catalogue)

  it('finds a model number among thousands of near-equal titles', () => {
    expect(candidatesOf(index, viewProduct({ title: 'acme speaker h1237 black' }), 5)[0]).toBe(1237)
  })

  it('finds a model number that is written apart', () => {
    expect(candidatesOf(index, viewProduct({ title: 'sony dsc w120 pink' }), 5)).toContain(3000)
  })

  it('puts a shared GTIN first and keeps to the limit', () => {
    const found = candidatesOf(
      index,
      viewProduct({ title: 'acme speaker h1237 a0 b1 c2 d3', gtin: '4006381333931' }),
      3,
    )
    expect(found[0]).toBe(3000)
    expect(found).toHaveLength(3)
  })

  it('proposes nothing for a product that shares only what nearly all titles say', () => {
    expect(candidatesOf(index, viewProduct({ title: 'wireless speaker' }))).toEqual([])
  })
})

describe('one product to one product', () => {
  const pair = (a: string, b: string, probability: number) => ({ a, b, probability })

  it('links only pairs that are the best of both sides', () => {
    const links = mutualBest(
      [pair('a', 'x', 0.9), pair('b', 'x', 0.8), pair('b', 'y', 0.7), pair('c', 'z', 0.6)],
      {
        least: 0.5,
      },
    )
    expect(links.map(({ a, b }) => a + b)).toEqual(['ax', 'cz'])
  })

  it('leaves near ties to a person', () => {
    const pairs = [pair('a', 'x', 0.9), pair('a', 'y', 0.88), pair('b', 'z', 0.9)]
    expect(mutualBest(pairs, { least: 0.5, margin: 0.05 }).map(({ a }) => a)).toEqual(['b'])
    expect(mutualBest([pair('a', 'x', 0.9), pair('a', 'y', 0.9)], { least: 0.5 })).toEqual([])
  })

  it('links nothing below the least probability', () => {
    expect(mutualBest([pair('a', 'x', 0.49)], { least: 0.5 })).toEqual([])
  })
})

describe('calibration from the answers of a workspace', () => {
  const answers = (spec: [number, boolean, number][]) =>
    spec.flatMap(([probability, same, times]) => Array.from({ length: times }, () => ({ probability, same })))

  it('changes nothing on few answers or on answers of one kind', () => {
    expect(fitCalibration(answers([[0.9, false, 10]]))).toMatchObject({ slope: 1, offset: 0 })
    expect(fitCalibration(answers([[0.9, true, 80]]))).toMatchObject({ slope: 1, offset: 0 })
    expect(calibrate(0.3, AS_SHIPPED)).toBeCloseTo(0.3)
  })

  it('lowers the probabilities of a shop whose sure pairs were mostly rejected', () => {
    const fitted = fitCalibration(
      answers([
        [0.9, false, 40],
        [0.9, true, 10],
        [0.99, true, 30],
      ]),
    )
    expect(calibrate(0.9, fitted)).toBeLessThan(0.45)
    expect(calibrate(0.99, fitted)).toBeGreaterThan(calibrate(0.9, fitted))
    expect(fitted.answers).toBe(80)
  })

  it('raises them where doubtful pairs were mostly confirmed', () => {
    const fitted = fitCalibration(
      answers([
        [0.3, true, 45],
        [0.3, false, 5],
        [0.02, false, 40],
      ]),
    )
    expect(calibrate(0.3, fitted)).toBeGreaterThan(0.7)
    expect(calibrate(0.02, fitted)).toBeLessThan(0.3)
  })

  it('stays finite for cleanly split answers', () => {
    const fitted = fitCalibration(
      answers([
        [1, true, 50],
        [0, false, 50],
      ]),
    )
    expect(Number.isFinite(fitted.slope + fitted.offset)).toBe(true)
    expect(calibrate(1, fitted)).toBeLessThan(1)
  })
})
