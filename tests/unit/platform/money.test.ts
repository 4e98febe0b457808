import { expect, test } from 'vitest'
import {
  currencyDigits,
  displayMoney,
  divideRound,
  formatUnits,
  moneyText,
  multiplyUnits,
  parseUnits,
} from '../../../src/platform/money.ts'

test('decimal text becomes units of a ten-thousandth', () => {
  expect(parseUnits('261.96')).toBe(2_619_600)
  expect(parseUnits('-0.00005')).toBe(-1)
  expect(parseUnits('+7')).toBe(70_000)
  expect(parseUnits(' 12. ')).toBe(120_000)
})

test('what is no plain decimal is refused, not guessed', () => {
  for (const text of ['', '1,5', '1e3', 'abc', '--1', '.5', '99999999999999999'])
    expect(parseUnits(text)).toBeNull()
})

test('amounts are rounded half away from zero, once', () => {
  expect(formatUnits(22_972_008_603)).toBe('2297200.86')
  expect(formatUnits(50)).toBe('0.01')
  expect(formatUnits(-50)).toBe('-0.01')
  expect(formatUnits(49)).toBe('0.00')
  expect(formatUnits(-49)).toBe('0.00')
  expect(formatUnits(15_000, 0)).toBe('2')
  expect(divideRound(-5n, 2n)).toBe(-3)
})

test('products of units stay exact where floats would not', () => {
  expect(multiplyUnits(30_000, 1_111)).toBe(3_333)
  expect(multiplyUnits(10_000_000_000, 90_071_992)).toBe(90_071_992_000_000)
})

test('each currency shows its own decimals', () => {
  expect(currencyDigits('JPY')).toBe(0)
  expect(moneyText(12_345_678, 'JPY')).toBe('1235')
  expect(moneyText(12_345_678, 'KWD')).toBe('1234.568')
  expect(displayMoney(12_345_000, 'USD', 'en-US')).toBe('$1,234.50')
  expect(displayMoney(12_345_678_0000, 'EUR', 'de-DE', { compact: true })).toContain('€')
})
