// What the builder does to steps: each click and each drop.
import { describe, expect, test } from 'vitest'
import { stepsSchema } from '../../../src/modules/ops-copilot/domain/definition.ts'
import type { Step } from '../../../src/modules/ops-copilot/domain/definition-model.ts'
import { type Edit, editSteps } from '../../../src/modules/ops-copilot/domain/edit.ts'
import { act } from '../../support/automation-run.ts'

const STEPS = stepsSchema.parse([
  act('a'),
  {
    ...{ id: 'check', kind: 'if', condition: { all: [] } },
    yes: [act('b'), act('c')],
    no: [{ id: 'loop', kind: 'each', list: 'trigger.lines', steps: [act('d')] }],
  },
  act('e'),
])

/** `a check(yes: b c | no: loop(steps: d)) e`. */
function shape(steps: readonly Step[]): string {
  const of = (step: Step): string => {
    if (step.kind === 'if') return `${step.id}(${shape(step.yes)} | ${shape(step.no)})`
    if (step.kind === 'each') return `${step.id}(${shape(step.steps)})`
    return step.off ? `-${step.id}` : step.id
  }
  return steps.map(of).join(' ')
}

function after(edit: Edit): string {
  const made = editSteps(STEPS, edit)
  return made.ok ? shape(made.value) : made.error.detail
}

describe('the builder', () => {
  test.each<[string, Edit, string]>([
    [
      'drops a step into a branch',
      { edit: 'move', id: 'e', list: 'check.yes', at: 1 },
      'a check(b e c | loop(d))',
    ],
    ['and out of it', { edit: 'move', id: 'd', list: '', at: 0 }, 'd a check(b c | loop()) e'],
    ['takes a branch along', { edit: 'move', id: 'check', list: '', at: 0 }, 'check(b c | loop(d)) a e'],
    ['moves one up within its own list', { edit: 'up', id: 'c' }, 'a check(c b | loop(d)) e'],
    ['leaves the first where it is', { edit: 'up', id: 'a' }, 'a check(b c | loop(d)) e'],
    ['removes a step with all below it', { edit: 'remove', id: 'check' }, 'a e'],
    ['switches one off', { edit: 'switch', id: 'b' }, 'a check(-b c | loop(d)) e'],
    [
      'copies one with all below it under new names',
      { edit: 'duplicate', id: 'check' },
      'a check(b c | loop(d)) check_2(b_2 c_2 | loop_2(d_2)) e',
    ],
    [
      'names a new step after what it does',
      { edit: 'add', list: 'loop.steps', at: 9, step: { ...act(''), id: '' } },
      'a check(b c | loop(d act)) e',
    ],
    [
      'never puts a step into itself',
      { edit: 'move', id: 'check', list: 'loop.steps', at: 0 },
      'A step cannot go into itself.',
    ],
    ['says so when a step is gone', { edit: 'up', id: 'zz' }, 'This step is no more. Load the page again.'],
    [
      'says so when a place is gone',
      { edit: 'move', id: 'a', list: 'zz.yes', at: 0 },
      'The place it should go to is no more. Load the page again.',
    ],
  ])('%s', (_sentence, edit, shaped) => {
    expect(after(edit)).toBe(shaped)
  })

  test('keeps the branches of a step whose form is saved', () => {
    const made = editSteps(STEPS, {
      edit: 'set',
      step: { id: 'check', kind: 'if', name: 'Is it large?', condition: { any: [] }, yes: [], no: [] },
    })
    expect(made.ok && shape(made.value)).toBe('a check(b c | loop(d)) e')
    expect(made.ok && made.value[1]).toMatchObject({ name: 'Is it large?', condition: { any: [] } })
  })

  test('leaves the draft as it was when the change does not fit', () => {
    const before = JSON.stringify(STEPS)
    expect(editSteps(STEPS, { edit: 'set', step: { id: 'a', kind: 'wait' } }).ok).toBe(false)
    expect(JSON.stringify(STEPS)).toBe(before)
  })
})
