/** Whatever is done on the builder's grid, nothing overlaps and nothing leaves it. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WidgetPlace } from '../../src/modules/mini-foundry/domain/dashboard.ts'
import { overlaps, settle } from '../../src/modules/mini-foundry/domain/dashboard-edit-layout.ts'
import {
  type DashboardState,
  type DashboardStep,
  takeStep,
} from '../../src/modules/mini-foundry/domain/dashboard-edit-steps.ts'

const ids = ['a', 'b', 'c', 'd', 'e']
const widget = fc.constantFrom(...ids)
const place = fc.record({
  id: widget,
  x: fc.integer({ min: 0, max: 11 }),
  y: fc.integer({ min: 0, max: 40 }),
  w: fc.integer({ min: 1, max: 12 }),
  h: fc.integer({ min: 1, max: 12 }),
})
const step: fc.Arbitrary<DashboardStep> = fc.oneof(
  fc.record({
    step: fc.constant('move' as const),
    widget,
    direction: fc.constantFrom('up' as const, 'down' as const, 'left' as const, 'right' as const),
  }),
  fc.record({
    step: fc.constant('resize' as const),
    widget,
    sizing: fc.constantFrom('wider' as const, 'narrower' as const, 'taller' as const, 'shorter' as const),
  }),
  fc.record({ step: fc.constant('place' as const), layout: fc.array(place, { maxLength: 5 }) }),
  fc.record({
    step: fc.constant('add' as const),
    id: widget,
    kind: fc.constantFrom('number' as const, 'map' as const),
  }),
  fc.record({ step: fc.constant('remove' as const), widget }),
  fc.record({ step: fc.constant('duplicate' as const), widget, id: widget }),
)

const empty: DashboardState = { name: 'D', widgets: [], layout: [], settings: {} }

const isSound = (layout: readonly WidgetPlace[]): boolean =>
  layout.every(
    (one, index) =>
      one.x >= 0 &&
      one.y >= 0 &&
      one.w >= 1 &&
      one.x + one.w <= 12 &&
      !layout.slice(index + 1).some((other) => overlaps(one, other)),
  )

test('any series of steps leaves each widget one place, inside the grid and on top of nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let state = empty
      for (const next of steps) {
        const taken = takeStep(state, next)
        if (taken.ok) state = taken.value
        expect(isSound(state.layout)).toBe(true)
        expect(state.layout.map(({ id }) => id).toSorted()).toEqual(
          state.widgets.map(({ id }) => id).toSorted(),
        )
      }
    }),
  )
})

test('a layout that is settled stays as it is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(place, { selector: ({ id }) => id }), (places) => {
      const once = settle(places)
      expect(settle(once)).toEqual(once)
    }),
  )
})
