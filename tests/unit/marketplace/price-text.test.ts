// Prices as shops of many lands write them.
import { describe, expect, test } from 'vitest'
import { parsePriceText } from '../../../src/modules/marketplace/domain/price-text.ts'

describe('a price text', () => {
  test.each([
    ['$1,299.00', '1299', null],
    ['US$ 12.50', '12.5', 'USD'],
    ['1.299,00 €', '1299', 'EUR'],
    ['1 299,00 zł', '1299', 'PLN'],
    ['CHF 1’299.90', '1299.9', 'CHF'],
    ['₹1,23,456.78', '123456.78', 'INR'],
    ['R$ 260,00', '260', 'BRL'],
    ['Rp 31.500', '31500', 'IDR'],
    ['2 285,81 грн.', '2285.81', 'UAH'],
    ['15 130 руб.', '15130', 'RUB'],
    ['12€99', '12.99', 'EUR'],
    ['KWD 1.250', '1.25', 'KWD'],
    ['¥12,800', '12800', null],
    ['٣٤٫٥٠ SAR', '34.5', 'SAR'],
    ['1,5 €', '1.5', 'EUR'],
    ['.75 €', '0.75', 'EUR'],
  ])('%s is %s of %s', (text, amount, currency) => {
    expect(parsePriceText(text)).toEqual({ amount, currency })
  })

  test.each([
    ['Was $120.00 Now $60.00', '60'],
    ['-20% 45,00 €', '45'],
    ['3 für 14,85 EUR', '14.85'],
    ['Statt 99,00 € nur 79,00 €', '79'],
  ])('with more than one number (%s) gives the one that is paid', (text, amount) => {
    expect(parsePriceText(text)?.amount).toBe(amount)
  })

  test('takes a currency from its hints, and never guesses whose dollar it is', () => {
    expect(parsePriceText('$5')?.currency).toBeNull()
    expect(parsePriceText('$5', { localeHint: 'en-CA' })?.currency).toBe('CAD')
    expect(parsePriceText('$5', { currencyHint: 'AUD' })?.currency).toBe('AUD')
    expect(parsePriceText('39.95', { currencyHint: 'From £ 39.95' })?.currency).toBe('GBP')
    expect(parsePriceText('kr 100', { localeHint: 'sv-SE' })?.currency).toBe('SEK')
  })

  test.each(['', 'Free', 'Call for price', '€', '....'])('without a number (%s) is none', (text) => {
    expect(parsePriceText(text)).toBeNull()
  })
})
