// Countries and states as people write them, and that each has its shape on the map.
import { expect, test } from 'vitest'
import { usMap, worldMap } from '../../scripts/lib/maps.mjs'
import { groupOf } from '../../src/modules/mini-foundry/domain/dashboard-plan.ts'
import type { MetricGroup } from '../../src/modules/mini-foundry/domain/metrics-answer.ts'
import { placeGroups } from '../../src/modules/mini-foundry/domain/placed-groups.ts'
import { placeOf } from '../../src/modules/mini-foundry/domain/places.ts'
import { COUNTRY_CODES, STATES, UNDRAWN } from '../../src/modules/mini-foundry/domain/places-codes.ts'

test.each([
  ['US', 'US'],
  ['us', 'US'],
  ['USA', 'US'],
  ['U.S.A.', 'US'],
  ['United States', 'US'],
  ['the United States of America', 'US'],
  ['Deutschland', 'DE'],
  ['Allemagne', 'DE'],
  ['DEU', 'DE'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['Great Britain', 'GB'],
  ['Österreich', 'AT'],
  ['Osterreich', 'AT'],
  ["Côte d'Ivoire", 'CI'],
  ['Cote D’Ivoire', 'CI'],
  ['Trinidad & Tobago', 'TT'],
  ['Trinidad and Tobago', 'TT'],
  ['Viet Nam', 'VN'],
  ['Korea, Republic of', 'KR'],
  ['Russian Federation', 'RU'],
  ['Kosovo', 'XK'],
  [' Schweiz ', 'CH'],
])('%s is the country %s', (text, code) => {
  expect(placeOf(text, 'world', 'en-US')).toMatchObject({ id: code, shape: code })
})

test('a country in the reader’s own language is understood and named in it', () => {
  expect(placeOf('Niemcy', 'world', 'pl-PL')).toMatchObject({ id: 'DE', name: 'Niemcy' })
  expect(placeOf('Germany', 'world', 'pl-PL')).toMatchObject({ id: 'DE', name: 'Niemcy' })
})

test.each(['Atlantis', 'XX', 'EU', '-', 'Bavaria'])('%s is no country', (text) => {
  expect(placeOf(text, 'world', 'en-US')).toBeNull()
})

test.each([
  ['California', 'california'],
  ['CA', 'california'],
  ['US-CA', 'california'],
  ['california, US', 'california'],
  ['Washington', 'washington'],
  ['Washington, D.C.', 'district-of-columbia'],
  ['new york', 'new-york'],
])('%s is the state %s', (text, shape) => {
  expect(placeOf(text, 'us', 'en-US')).toMatchObject({ shape })
})

test('a province of another country is no state', () => {
  expect(placeOf('Ontario', 'us', 'en-US')).toBeNull()
})

test('every country and every state has a shape of its own, and no shape is without a name', () => {
  const drawn = [...COUNTRY_CODES.keys()].filter((code) => !UNDRAWN.has(code))
  const world = worldMap()
  const named = world.codes.filter((code: string) => COUNTRY_CODES.has(code))
  expect(named.toSorted()).toEqual(world.codes.toSorted())
  expect(drawn.filter((code) => !world.svg.includes(`id="${code}"`))).toEqual([])
  const us = usMap()
  expect(STATES.map(([code]) => placeOf(code, 'us', 'en')?.shape ?? code).toSorted()).toEqual(
    us.codes.toSorted(),
  )
  for (const { svg, codes } of [world, us]) {
    expect(new Set(codes).size).toBe(codes.length)
    expect(svg).not.toContain('NaN')
    expect(svg.length).toBeLessThan(500_000)
  }
})

test('two-letter and three-letter codes each stand for one country', () => {
  expect(COUNTRY_CODES.size).toBe(250)
  expect(new Set(COUNTRY_CODES.values()).size).toBe(250)
})

const group = (value: string, total: string | null): MetricGroup => ({ value, label: value, total })

test('one country written in two ways is one place, with both figures', () => {
  const groups = [group('US', '10'), group('France', '9'), group('USA', '5')]
  const placed = placeGroups(groups, 'world', { adds: true, locale: 'en-US' })
  expect(placed.groups).toEqual([
    { name: 'United States', shape: 'US', value: 15 },
    { name: 'France', shape: 'FR', value: 9 },
  ])
  expect(placed.unplaced).toEqual([])
})

test('averages of one country written in two ways are not added, and it is said', () => {
  const placed = placeGroups([group('US', '10'), group('USA', '5')], 'world', {
    adds: false,
    locale: 'en-US',
  })
  expect(placed.groups[0]).toEqual({ name: 'United States', shape: 'US', value: 10 })
  expect(placed.groups[1]).toMatchObject({ shape: null, value: 5 })
  expect(placed.ambiguous).toEqual(['United States'])
})

test('what is on no map keeps its figure and is named', () => {
  const groups = [group('Atlantis', '7'), group('', '3'), group('Gibraltar', '2'), group('DE', '0')]
  const placed = placeGroups(groups, 'world', { adds: true, locale: 'en-US' })
  expect(placed.groups.map(({ value, shape }) => [value, shape])).toEqual([
    [7, null],
    [3, null],
    [2, null],
  ])
  expect(placed.unplaced).toEqual(['Atlantis', 'No country', 'Gibraltar'])
})

test('a map is split by the places that it draws, whatever else was chosen before', () => {
  const widget = { id: 'w', kind: 'map', title: 'Map', metrics: ['revenue'], group_by: 'country' } as const
  expect(groupOf({ ...widget, metrics: ['revenue'], map: 'us' })).toBe('region')
  expect(groupOf({ ...widget, metrics: ['revenue'], group_by: 'product' })).toBe('country')
})
