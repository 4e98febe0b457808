import { describe, expect, it } from 'vitest'
import { editDistance, wordsAlike } from '../../../src/modules/marketplace/domain/match/align.ts'
import { coloursOf } from '../../../src/modules/marketplace/domain/match/colours.ts'
import { readGtin } from '../../../src/modules/marketplace/domain/match/gtin.ts'
import {
  codesOf,
  plainText,
  squash,
  wordsOf,
} from '../../../src/modules/marketplace/domain/match/product-text.ts'
import { quantitiesOf } from '../../../src/modules/marketplace/domain/match/quantities.ts'

describe('words of a product text', () => {
  it.each([
    ['Seagate 500 GB and 4gb', ['seagate', '500gb', '4gb']],
    ['52" TV, 19\' monitor, 46 inches', ['52inch', 'tv', '19inch', 'monitor', '46inch']],
    ['Office 2.0 & version .5', ['office', '2', '0.5']],
    ['Visio 2007 version upgrade, 2008 in box', ['visio', '2007', 'upgrade', '2008', 'box']],
    ['22-1/2" grill', ['22.5inch', 'grill']],
    ['68 in 1 card reader', ['68', '1', 'card', 'reader']],
    ['1,299 pages, Café au lait', ['1299', 'pages', 'cafe', 'au', 'lait']],
    ['Grösse Größe Ψ7', ['grosse', 'große', 'ψ7']],
  ])('%s', (text, words) => {
    expect(wordsOf(plainText(text))).toEqual(words)
  })

  it('takes runs of letters and digits for codes, measures not', () => {
    expect(codesOf(plainText('Sony DSC-W120/P 500GB 10x 1080p 4-port 28374 (WRV54G)'))).toEqual([
      'dscw120p',
      '28374',
      'wrv54g',
    ])
  })

  it('squashes to letters and digits of every script', () => {
    expect(squash(plainText('ÄB-12 / ψ'))).toBe('ab12ψ')
  })
})

describe('measures', () => {
  it('brings units of one dimension to one scale', () => {
    const read = (text: string) => quantitiesOf(wordsOf(plainText(text)))
    expect(read('2 TB').storage).toEqual([2_097_152])
    expect(read('pack of 6').pack).toEqual([6])
    expect(read('twin pack').pack).toEqual([2])
    expect(read('250 g').weight).toEqual([250])
    expect(read('1.5 l').volume).toEqual([1500])
  })

  it('knows shop names of colours', () => {
    expect(coloursOf(['blk', 'grey', 'gray', 'chair'])).toEqual(['black', 'gray'])
  })
})

describe('trade item numbers', () => {
  it.each([
    ['4006381333931', '04006381333931'],
    ['036000291452', '00036000291452'],
    ['9638-5074', '00000096385074'],
    ['0-306-40615-2', '09780306406157'],
    ['4006381333932', null],
    ['2012345678900', null],
    ['11111111', null],
    ['12345', null],
    [null, null],
  ])('%s reads as %s', (text, expected) => {
    expect(readGtin(text)).toBe(expected)
  })
})

describe('words that stand for each other', () => {
  it('knows numbers, shortenings and slips, and keeps strangers apart', () => {
    expect(wordsAlike('06', '2006')).toBe(0.95)
    expect(wordsAlike('iii', '3')).toBe(0.95)
    expect(wordsAlike('prof', 'professional')).toBeGreaterThan(0.5)
    expect(wordsAlike('stndrd', 'standard')).toBeGreaterThanOrEqual(0.5)
    expect(wordsAlike('keyborad', 'keyboard')).toBeGreaterThan(0.7)
    expect(wordsAlike('2004', '2007')).toBe(0)
    expect(wordsAlike('mouse', 'printer')).toBe(0)
  })

  it('counts single changes', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('abc', '')).toBe(3)
  })
})
