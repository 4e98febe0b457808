import { describe, expect, test } from 'vitest'
import { columnSort, readSort, withParameter } from '../../../src/kit/table.ts'

const FALLBACK = { key: 'placed', direction: 'descending' } as const
const address = (query: string) => ({ path: '/orders', search: new URLSearchParams(query) })

describe('the sort of a table', () => {
  test('is read from the address', () => {
    expect(readSort(new URLSearchParams('sort=total'), ['total'], FALLBACK)).toEqual({
      key: 'total',
      direction: 'ascending',
    })
    expect(readSort(new URLSearchParams('sort=-total'), ['total'], FALLBACK)).toEqual({
      key: 'total',
      direction: 'descending',
    })
  })

  test('by a column that may not be sorted is the usual one', () => {
    expect(readSort(new URLSearchParams('sort=password'), ['total'], FALLBACK)).toEqual(FALLBACK)
    expect(readSort(new URLSearchParams(), ['total'], FALLBACK)).toEqual(FALLBACK)
  })

  test('turns round at the second click', () => {
    const up = columnSort(address('sort=total'), 'total', { key: 'total', direction: 'ascending' })
    expect(up).toEqual({ href: '/orders?sort=-total', direction: 'ascending' })
    const down = columnSort(address('sort=-total'), 'total', { key: 'total', direction: 'descending' })
    expect(down).toEqual({ href: '/orders?sort=total', direction: 'descending' })
  })

  test('can begin with the largest', () => {
    expect(columnSort(address(''), 'total', FALLBACK, 'descending')).toEqual({
      href: '/orders?sort=-total',
      direction: 'none',
    })
  })

  test('keeps the filters and begins at the first page', () => {
    expect(columnSort(address('country=PL&cursor=abc'), 'total', FALLBACK).href).toBe(
      '/orders?country=PL&sort=total',
    )
  })
})

describe('a filter', () => {
  test('can be taken away from the address, to the last', () => {
    expect(withParameter(address('country=PL&q=a%26b'), 'country', null)).toBe('/orders?q=a%26b')
    expect(withParameter(address('country=PL'), 'country', null)).toBe('/orders')
  })
})
