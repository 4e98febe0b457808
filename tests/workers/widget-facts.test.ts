import { expect, test } from 'vitest'
import { readWidgetFacts } from '../../src/modules/mini-foundry/actions/widget-facts.ts'
import { KEPT_FACTS } from '../../src/modules/mini-foundry/domain/widget-facts.ts'
import { makeShop } from '../support/shop.ts'
import { makeWorld } from '../support/world.ts'

test('a workspace without orders has an empty picture of every kind, not an error', async () => {
  const world = await makeWorld()
  const actor = await makeShop(world, [])
  const range = { from: '2026-10-01', to: '2026-11-22' }
  const facts = await readWidgetFacts(world.services, actor, KEPT_FACTS, range)
  expect(facts.map(({ kind }) => kind)).toEqual(['heat_map', 'cohort', 'activity'])
  expect(facts[1]).toEqual({ kind: 'cohort', cohorts: [] })
  expect(facts[2]).toEqual({ kind: 'activity', lines: [] })
})
