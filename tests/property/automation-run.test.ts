// Any automation, run in any order, with everything told twice and late: it ends, and does each thing once a try.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Happening } from '../../src/modules/ops-copilot/domain/run-model.ts'
import { TestRun } from '../support/automation-run.ts'

type Raw = { kind: string; lists: Raw[][]; flag: boolean }

const KINDS = [
  'action',
  'action',
  'if',
  'switch',
  'each',
  'parallel',
  'wait',
  'wait_event',
  'approval',
  'set',
]

const listOf = (depth: number): fc.Arbitrary<Raw[]> =>
  depth === 0
    ? fc.constant([])
    : fc.array(
        fc.record({
          kind: fc.constantFrom(...KINDS),
          lists: fc.array(listOf(depth - 1), { minLength: 2, maxLength: 2 }),
          flag: fc.boolean(),
        }),
        { maxLength: 3 },
      )

/** Ids are given in the order of the tree. */
function built(raw: readonly Raw[], counter = { n: 0 }): object[] {
  return raw.map(({ kind, lists, flag }) => {
    counter.n += 1
    const id = `s${counter.n}`
    const [one = [], two = []] = lists.map((below) => built(below, counter))
    const condition = { field: 'trigger.flag', operator: flag ? 'is_true' : 'is_false' }
    const day = { amount: 1, unit: 'days' }
    switch (kind) {
      case 'if':
        return { id, kind, condition, yes: one, no: two }
      case 'switch':
        return { id, kind, cases: [{ name: 'first', condition, steps: one }], otherwise: two }
      case 'each':
        return { id, kind, list: 'trigger.list', steps: one }
      case 'parallel':
        return {
          id,
          kind,
          branches: [
            { name: 'l', steps: one },
            { name: 'r', steps: two },
          ],
        }
      case 'wait':
        return { id, kind, for: day }
      case 'wait_event':
        return { id, kind, event: 'x.happened', within: day, timeout: one }
      case 'approval':
        return { id, kind, title: 'ok?', approvers: ['p'], within: day, rejected: one }
      case 'set':
        return { id, kind, values: { v: id } }
      default:
        return { id, kind: 'action', action: 'test.act', on_error: flag ? 'branch' : 'stop', failed: one }
    }
  })
}

/** What could come next to a run: one answer for each thing that it waits for. */
function answers(run: TestRun, dice: number): Happening[] {
  return Object.entries(run.state.open).flatMap(([key, open], at): Happening[] => {
    const roll = (dice + at) % 4
    if (open.kind === 'effect') {
      const { attempt } = open
      if (roll === 0) return [{ kind: 'failed', key, attempt, error: 'no', retry: true }]
      if (roll === 1) return [{ kind: 'unknown', key, attempt, error: 'who knows' }]
      return [{ kind: 'done', key, attempt, output: { key } }]
    }
    if (open.kind === 'unknown')
      return [{ kind: 'settled', key, choice: (['resend', 'skip', 'fail', 'skip'] as const)[roll] ?? 'skip' }]
    if (open.kind === 'event' && roll < 2) return [{ kind: 'arrived', key, event: {} }]
    if (open.kind === 'approval' && roll < 3)
      return [{ kind: 'decided', key, verdict: roll === 0 ? 'rejected' : 'approved', output: {} }]
    return open.kind === 'join' ? [] : [{ kind: 'woke', key }]
  })
}

const MOST_TURNS = 3_000

test('ends or waits, whatever comes in whatever order, and hears nothing twice', () => {
  fc.assert(
    fc.property(listOf(3), fc.infiniteStream(fc.nat(1_000)), fc.boolean(), (raw, dice, flag) => {
      const run = new TestRun(built(raw), { flag, list: ['a', 'b'] })
      const past: Happening[] = []
      for (let turn = 0; turn < MOST_TURNS && run.state.phase === 'running'; turn++) {
        const roll = dice.next().value
        const next = answers(run, roll)
        // a running run always waits for something that can come
        expect(next.length).toBeGreaterThan(0)
        const chosen = next[roll % next.length] as Happening
        if (chosen.kind === 'woke') run.now += 86_400_000 * 3
        run.happen(chosen)
        past.push(chosen)
        const before = JSON.stringify(run.state)
        const told = run.commands.length
        for (const old of [chosen, past[roll % past.length] as Happening]) {
          if (stillAsked(run, old)) continue
          run.happen(old)
          expect(JSON.stringify(run.state)).toBe(before)
          expect(run.commands.length).toBe(told)
        }
      }
      expect(['completed', 'failed']).toContain(run.state.phase)
      expect(run.state.open).toEqual({})
      const tries = run.of('perform').map(({ key, attempt }) => `${key} ${attempt}`)
      expect(new Set(tries).size).toBe(tries.length)
    }),
    { numRuns: 400 },
  )
})

/** The same words can be an answer again: the second failure of a step that was settled, a timer of its next pause. */
function stillAsked(run: TestRun, old: Happening): boolean {
  if (!('key' in old)) return false
  const open = run.state.open[old.key]
  if (!open) return false
  if (old.kind === 'woke') return 'at' in open
  if (old.kind === 'settled') return open.kind === 'unknown'
  if (old.kind === 'arrived') return open.kind === 'event'
  if (old.kind === 'decided') return open.kind === 'approval'
  return open.kind === 'effect' && 'attempt' in old && open.attempt === old.attempt
}
