/** Steps on the builder, one by one, and when mails of a dashboard are due. */
import { expect, test } from 'vitest'
import type { WidgetPlace } from '../../src/modules/mini-foundry/domain/dashboard.ts'
import { movePlace, resizePlace } from '../../src/modules/mini-foundry/domain/dashboard-edit-layout.ts'
import { type DashboardState, takeStep } from '../../src/modules/mini-foundry/domain/dashboard-edit-steps.ts'
import { nextSending } from '../../src/modules/mini-foundry/domain/dashboard-schedule.ts'

const row: WidgetPlace[] = [
  { id: 'a', x: 0, y: 0, w: 6, h: 2 },
  { id: 'b', x: 6, y: 0, w: 6, h: 2 },
  { id: 'c', x: 0, y: 2, w: 12, h: 4 },
]
const at = (places: readonly WidgetPlace[], id: string) => places.find((place) => place.id === id)

test('moving right changes places with the neighbour', () => {
  const moved = movePlace(row, 'a', 'right')
  expect(at(moved, 'b')).toMatchObject({ x: 0, y: 0 })
  expect(at(moved, 'a')).toMatchObject({ x: 6, y: 0 })
})

test('moving up puts the widget above what stood there, and moving down brings it back', () => {
  const up = movePlace(row, 'c', 'up')
  expect(at(up, 'c')).toMatchObject({ y: 0 })
  expect(at(up, 'a')?.y).toBe(4)
  const down = movePlace(up, 'c', 'down')
  expect(at(down, 'c')?.y).toBe(2)
})

test('growing pushes what is in the way down instead of covering it', () => {
  const wider = resizePlace(row, 'a', 'wider')
  expect(at(wider, 'a')).toMatchObject({ x: 0, y: 0, w: 7 })
  expect(at(wider, 'b')?.y).toBeGreaterThanOrEqual(2)
})

const state: DashboardState = { name: 'D', widgets: [], layout: [], settings: {} }

test('the first new tab keeps what was there on a tab of its own', () => {
  const one = takeStep(state, { step: 'add', id: 'w', kind: 'number' })
  if (!one.ok) throw new Error('refused')
  const two = takeStep(one.value, { step: 'add_tab', id: 't', name: 'More' })
  if (!two.ok) throw new Error('refused')
  expect(two.value.settings.tabs?.map(({ name }) => name)).toEqual(['Overview', 'More'])
  const gone = takeStep(two.value, { step: 'remove_tab', tab: 'first' })
  expect(gone.ok).toBe(false)
})

test('a table without anything to split by is refused in words', () => {
  const one = takeStep(state, { step: 'add', id: 'w', kind: 'table' })
  if (!one.ok) throw new Error('refused')
  const bare = takeStep(one.value, {
    step: 'configure',
    widget: { id: 'w', kind: 'table', title: 'T', metrics: ['revenue'] },
  })
  expect(bare).toMatchObject({ ok: false, error: { errors: [{ path: 'group_by' }] } })
})

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

test('a mail at half past two comes after the gap of the night in March and once in the long night of November', () => {
  const daily = { every: 'day' as const, hour: 2, minute: 30 }
  const spring = nextSending(daily, 'America/New_York', Date.parse('2026-03-07T12:00:00Z'))
  expect(iso(spring)).toBe('2026-03-08T07:00:00.000Z')
  const first = nextSending({ ...daily, hour: 1 }, 'America/New_York', Date.parse('2026-10-31T12:00:00Z'))
  expect(iso(first)).toBe('2026-11-01T05:30:00.000Z')
  expect(iso(nextSending({ ...daily, hour: 1 }, 'America/New_York', first ?? 0))).toBe(
    '2026-11-02T06:30:00.000Z',
  )
})

test('a mail on the 31st comes on the last day of each month, and one on Sundays on Sunday', () => {
  const last = { every: 'month' as const, monthDay: 31, hour: 8, minute: 0 }
  expect(iso(nextSending(last, 'UTC', Date.parse('2026-02-01T00:00:00Z')))).toBe('2026-02-28T08:00:00.000Z')
  const sunday = { every: 'week' as const, weekday: 7, hour: 8, minute: 0 }
  expect(iso(nextSending(sunday, 'UTC', Date.parse('2026-11-23T00:00:00Z')))).toBe('2026-11-29T08:00:00.000Z')
})
