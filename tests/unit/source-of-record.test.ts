// One sale that the shop, the payment provider and the books all report counts once.
import { expect, test } from 'vitest'
import {
  decideOnNew,
  decideOnSwitch,
  type SalesSource,
} from '../../src/modules/mini-foundry/domain/source-of-record.ts'

/** Connects sources one after another; answers which of them count in the end. */
function counting(...types: string[]): string[] {
  const known: SalesSource[] = []
  for (const [index, sourceType] of types.entries()) {
    const id = `${sourceType}${index}`
    const decided = decideOnNew(known, { id, sourceType })
    known.push({ id, sourceType, countsAsSales: false, isDemo: false })
    for (const source of known) source.countsAsSales = decided.get(source.id) ?? source.countsAsSales
  }
  return known.filter(({ countsAsSales }) => countsAsSales).map(({ sourceType }) => sourceType)
}

test('a sale seen in Shopify, Stripe and QuickBooks counts once, in whatever order they are connected', () => {
  const three = ['shopify', 'stripe', 'quickbooks']
  const orders = three.flatMap((a) => three.flatMap((b) => three.map((c) => [a, b, c])))
  for (const order of orders.filter((types) => new Set(types).size === 3))
    expect(counting(...order)).toEqual(['shopify'])
})

test('payments stand for sales where there is no shop, and the books where there is neither', () => {
  expect(counting('quickbooks', 'stripe')).toEqual(['stripe'])
  expect(counting('quickbooks')).toEqual(['quickbooks'])
})

test('two shops both count; ads and contacts never do', () => {
  expect(counting('shopify', 'woocommerce', 'meta_ads', 'hubspot')).toEqual(['shopify', 'woocommerce'])
})

test('a file that its owner lets count is not joined by payments of the same sales', () => {
  expect(counting('csv', 'stripe')).toEqual(['csv'])
  expect(counting('stripe', 'google_sheets')).toEqual(['stripe'])
})

test('sample data decides nothing', () => {
  const demo = { id: 'd', sourceType: 'demo', countsAsSales: true, isDemo: true }
  expect(decideOnNew([demo], { id: 's', sourceType: 'stripe' })).toEqual(new Map([['s', true]]))
})

test('a person who turns one role on turns the others off, but not a source of the same role', () => {
  const source = (id: string, sourceType: string, countsAsSales: boolean) => ({
    id,
    sourceType,
    countsAsSales,
    isDemo: false,
  })
  const stripe = source('stripe', 'stripe', false)
  const known = [source('one', 'shopify', true), source('two', 'stripe', true), stripe]
  expect([...decideOnSwitch(known, stripe)]).toEqual([
    ['stripe', true],
    ['one', false],
  ])
})
