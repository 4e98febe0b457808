// Amounts of QuickBooks come as JSON numbers: whatever their digits, they arrive as they were written.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExact, unitsOf } from '../../src/connectors/quickbooks/exact.ts'

const amount = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 900_000_000_000n }), fc.integer({ min: 0, max: 9999 }))
  .map(([minus, whole, part]) => ({
    text: `${minus ? '-' : ''}${whole}.${String(part).padStart(4, '0')}`,
    units: (minus ? -1n : 1n) * (whole * 10_000n + BigInt(part)),
  }))

test('an amount keeps every digit that it was written with', () => {
  fc.assert(
    fc.property(amount, ({ text, units }) => {
      const read = parseExact(`{"Amount":${text}}`) as { Amount: string }
      expect(read.Amount).toBe(text)
      expect(BigInt(unitsOf(read.Amount))).toBe(units)
    }),
  )
})

test('an amount in scientific notation is the same amount', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -999_999, max: 999_999 }),
      fc.integer({ min: -4, max: 3 }),
      (digits, power) => {
        const units = digits * 10 ** (power + 4)
        expect(unitsOf(`${digits}e${power}`)).toBe(Math.round(units) || 0)
      },
    ),
  )
})

test('everything but numbers is read as JSON reads it', () => {
  const asText = (value: unknown): unknown => {
    if (typeof value === 'number') return JSON.stringify(value)
    if (Array.isArray(value)) return value.map(asText)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]))
  }
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(parseExact(text)).toEqual(asText(JSON.parse(text)))
    }),
  )
})
