// Whatever somebody writes, it becomes a draft that parses, or an answer in words.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftSchema } from '../../src/modules/ops-copilot/domain/automation.ts'
import { draftFromSentence } from '../../src/modules/ops-copilot/domain/sentence.ts'

const world = {
  ...{ timeZone: 'UTC', me: 'me@example.com', meId: 'p1', channels: [], dashboards: [] },
  ...{ automations: [], sequences: [], people: [], events: [] },
}
const PARTS = [
  ...[
    'when an invoice is overdue',
    'every Monday at 25',
    'if it is over $5',
    'otherwise',
    'email me',
    'wait 3 days',
    'stop',
  ],
  ...[
    'if still unpaid',
    'unless they reply',
    'create a task',
    'tell #sales',
    '.',
    ',',
    'and',
    '"',
    '“',
    '{{ x',
    'saying "{% x"',
    'ask 3 managers',
  ],
  ...[
    'send me the report',
    'tag them as "',
    'https://',
    'after 0 days',
    'wait 9999 weeks',
    'on the 31st of every month',
  ],
]

test('sentences put together at random never throw, and what comes of them parses', () => {
  const sentence = fc
    .array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 12 })), { maxLength: 14 })
    .map((parts) => parts.join(' '))
  fc.assert(
    fc.property(sentence, (text) => {
      const made = draftFromSentence(text, world)
      if (!made.ok) expect(made.error.detail.length).toBeGreaterThan(10)
      else expect(draftSchema.safeParse(made.value.draft).error).toBeUndefined()
    }),
    { numRuns: 1000 },
  )
})
