// A whole automation as lines of words.
import { expect, test } from 'vitest'
import { draftSchema } from '../../../src/modules/ops-copilot/domain/automation.ts'
import { listsOf } from '../../../src/modules/ops-copilot/domain/definition.ts'
import { GALLERY } from '../../../src/modules/ops-copilot/domain/gallery.ts'
import { outlineOf, outlineText } from '../../../src/modules/ops-copilot/domain/outline.ts'

const names = { action: (action: string) => action, event: (event: string) => event }

test('an outline reads from the trigger to the last branch', () => {
  const draft = draftSchema.parse({
    name: 'Refunds',
    trigger: { kind: 'event', event: 'refund.created' },
    stop_on: [{ event: 'invoice.paid' }],
    steps: [
      {
        ...{
          id: 'big',
          kind: 'if',
          condition: { field: 'trigger.amount', operator: 'greater_than', value: 100 },
        },
        yes: [
          {
            id: 'ask',
            kind: 'approval',
            title: 'May we?',
            approvers: ['role:owner'],
            rejected: [{ id: 'end', kind: 'stop' }],
          },
        ],
      },
      { id: 'call', kind: 'action', action: 'task.create', input: { title: 'Call' }, off: true },
    ],
  })
  expect(outlineText(outlineOf(draft, names).map((line) => ({ ...line, detail: '' }))).split('\n')).toEqual([
    'When this happens: refund.created',
    'Ends early when this happens: invoice.paid',
    '1. If amount is more than 100',
    '  If so:',
    '    1a.1. Ask: May we?',
    '      When it is rejected:',
    '        1a.1a.1. End here',
    '  If not: nothing',
    '2. task.create (switched off)',
  ])
})

test.each(GALLERY.map(({ key, draft }) => [key, draft] as const))(
  '%s: every step has its line',
  (_, draft) => {
    const lines = outlineOf(draft, names)
    const numbered = lines.filter(({ number }) => number !== '')
    expect(numbered.map(({ step }) => step).sort()).toEqual(
      [...listsOf(draft.steps).values()]
        .flat()
        .map(({ id }) => id)
        .sort(),
    )
    expect(new Set(numbered.map(({ number }) => number)).size).toBe(numbered.length)
  },
)
