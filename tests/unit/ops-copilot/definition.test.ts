// Definitions from outside: what is taken, with its defaults, and what is refused with its place.
import { describe, expect, test } from 'vitest'
import { branchesOf, listsOf, stepsSchema } from '../../../src/modules/ops-copilot/domain/definition.ts'
import { act } from '../../support/automation-run.ts'

const refusals = (steps: unknown): string[] => {
  const read = stepsSchema.safeParse(steps)
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('what is left out has a default', () => {
  const [step] = stepsSchema.parse([act('a')])
  expect(step).toEqual({ ...act('a'), input: {}, on_error: 'stop', failed: [] })
  const [asked] = stepsSchema.parse([{ id: 'ok', kind: 'approval', title: 'Pay?', approvers: ['p1'] }])
  expect(asked).toMatchObject({ needed: 1, self: false, on_timeout: 'reject', rejected: [], expired: [] })
})

describe('is refused', () => {
  let deep: object[] = [act('leaf')]
  for (let i = 0; i < 9; i++)
    deep = [{ id: `l${i}`, kind: 'parallel', branches: [{ name: 'b', steps: deep }] }]
  test.each([
    ['a step of no kind', [{ id: 'a', kind: 'magic' }]],
    ['an unknown field', [act('a', { script: 'x' })]],
    ['an id with a slash', [act('a/b')]],
    ['an action without a wing', [act('a', { action: 'send' })]],
    [
      'two of one id, however deep',
      [act('a'), { id: 'p', kind: 'parallel', branches: [{ name: 'b', steps: [act('a')] }] }],
    ],
    [
      'a wait that says both',
      [{ id: 'w', kind: 'wait', for: { amount: 1, unit: 'days' }, until: '2026-01-01' }],
    ],
    ['a wait that says neither', [{ id: 'w', kind: 'wait' }]],
    ['a wait of no time', [{ id: 'w', kind: 'wait', for: { amount: 0, unit: 'days' } }]],
    ['a condition that is none', [{ id: 'i', kind: 'if', condition: { field: 'a', operator: 'like' } }]],
    ['an approval by nobody', [{ id: 'ok', kind: 'approval', title: 'x', approvers: [] }]],
    ['steps nested too deep', deep],
    ['too many steps', Array.from({ length: 201 }, (_, at) => act(`a${at}`))],
  ])('%s', (_, steps) => {
    expect(refusals(steps)).not.toEqual([])
  })

  test('with the place of what is wrong', () => {
    const twice = [act('a'), { id: 'i', kind: 'if', condition: { all: [] }, yes: [act('a')] }]
    expect(refusals(twice)).toEqual(['1.yes.0.id: Two steps are called a.'])
  })
})

test('every list of steps has an address', () => {
  const steps = stepsSchema.parse([
    {
      ...{ id: 's', kind: 'switch', otherwise: [act('o')] },
      cases: [
        {
          name: 'first',
          condition: { all: [] },
          steps: [{ id: 'e', kind: 'each', list: 'x', steps: [act('in')] }],
        },
      ],
    },
    act('last', { on_error: 'branch' }),
  ])
  expect([...listsOf(steps).keys()]).toEqual(['', 's.case.0', 'e.steps', 's.otherwise', 'last.failed'])
  expect(steps.flatMap(branchesOf).map(({ label }) => label)).toEqual(['first', 'otherwise', 'failed'])
})
