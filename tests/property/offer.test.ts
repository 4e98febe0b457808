// Pages and texts of any kind: an answer, and never a failure or an endless look.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extractOffer } from '../../src/modules/marketplace/domain/offer.ts'
import { parsePriceText } from '../../src/modules/marketplace/domain/price-text.ts'
import { robotsAllows } from '../../src/modules/marketplace/domain/robots.ts'

const pieces = fc.constantFrom(
  ...[
    '<div class="price">',
    '</div>',
    '$24.90',
    '<script type="application/ld+json">',
    '</script>',
    '{"@type":"Product",',
  ],
  ...[
    '"offers":[',
    '{"price":',
    '"1e999"',
    ']}',
    '<span itemprop="price" content="',
    '">',
    '<table>',
    '&euro;',
    '<del>',
    '<!--',
    '\u0000',
  ],
)

test('any page gives an offer whose price is a plain decimal, or none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 60 }),
      fc.string(),
      (parts, url) => {
        const { price, confidence, accepted } = extractOffer(parts.join(''), url)
        if (price !== null) expect(price).toMatch(/^\d+(\.\d+)?$/)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        expect(accepted && price === null).toBe(false)
      },
    ),
    { numRuns: 400 },
  )
})

test('a page of a megabyte that nests without end is looked at in bounded time', () => {
  const began = performance.now()
  extractOffer('<div class="price">'.repeat(55_000), 'https://shop.example/')
  extractOffer(`<span class="price">${'9'.repeat(1_000_000)}</span>`, 'https://shop.example/')
  expect(performance.now() - began).toBeLessThan(20_000)
})

test('an amount that is written in the way of a land is read as that amount', () => {
  const locales = ['en-US', 'de-DE', 'fr-FR', 'pl-PL', 'de-CH', 'en-IN', 'it-IT', 'sv-SE', 'pt-BR']
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.constantFrom(...locales),
      fc.constantFrom('EUR', 'PLN', 'GBP'),
      (cents, locale, currency) => {
        const text = new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100)
        const found = parsePriceText(text, { localeHint: locale })
        expect([Number(found?.amount), found?.currency]).toEqual([cents / 100, currency])
      },
    ),
    { numRuns: 500 },
  )
})

test('any robots.txt is answered, and what allows everything allows all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.webUrl(), (text, agent, url) => {
      expect(typeof robotsAllows(text, agent, url)).toBe('boolean')
      expect(robotsAllows('User-agent: *\nAllow: /', agent, url)).toBe(true)
    }),
  )
})
