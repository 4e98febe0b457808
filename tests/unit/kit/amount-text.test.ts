/** Amounts as people type them: what is taken, what can be read two ways, what is no number. */
import { expect, test } from 'vitest'
import { readAmountText } from '../../../src/kit/amount-text.ts'

test.each([
  ['1250.5', '1250.5'],
  ['1,250.50', '1250.50'],
  ['$1,250.50', '1250.50'],
  ['US$ 1,250.50', '1250.50'],
  ['1.250,50 €', '1250.50'],
  ['1 250.50', '1250.50'],
  ['1\u202f250\u00a0zł', '1250'],
  ["CHF 1'250.50", '1250.50'],
  ['1,234,567', '1234567'],
  ['1.234.567', '1234567'],
  ['-$5', '-5'],
  ['$-5', '-5'],
  ['−5', '-5'],
  ['.5', '0.5'],
  ['12.', '12'],
  ['5 %', '5'],
  ['1.250', '1.250'],
])('%s is %s', (text, plain) => {
  expect(readAmountText(text)).toEqual({ plain, reading: 'sure' })
})

test('a single comma before three digits can be read two ways, before any other number of digits it is a decimal mark', () => {
  expect(readAmountText('$1,250')).toEqual({ plain: '1250', reading: 'two-ways' })
  expect(readAmountText('12,50')).toEqual({ plain: '12.50', reading: 'by-comma' })
  expect(readAmountText('0,125')).toEqual({ plain: '0.125', reading: 'by-comma' })
})

test.each([
  '',
  'ten',
  '1,25,0',
  '1,2345,678',
  '1.2.3',
  '1,000.5.5',
  '--5',
  '-$-5',
  '12,',
  '5 apples',
  '1 2 3',
  '1e5',
  '$',
])('%s is no amount', (text) => {
  expect(readAmountText(text)).toBeNull()
})
