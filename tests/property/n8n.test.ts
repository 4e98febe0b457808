// Whatever a file holds, the import answers: a draft with every node accounted for, or why not.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftSchema } from '../../src/modules/ops-copilot/domain/automation.ts'
import { importN8n } from '../../src/modules/ops-copilot/domain/n8n.ts'

const wishes = { timeZone: 'Europe/Berlin', actions: new Set(['mail.send', 'http.request']) }

const TYPES = [
  'if',
  'switch',
  'filter',
  'merge',
  'splitInBatches',
  'splitOut',
  'aggregate',
  'wait',
  'set',
  'httpRequest',
  'gmail',
  'slack',
  'code',
  'noOp',
  'stopAndError',
  'webhook',
  'scheduleTrigger',
  'formTrigger',
  'stickyNote',
  'openAi',
  'airtable',
]
const name = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H')
const expression = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '={{ $json.a }}',
    "={{ $('A').item.json.b }}",
    '={{ $json["a"].b || 1 }}',
    '={{ (',
    '={{ $json.a + }} x',
    '{{ x }}',
    '={%',
  ),
)
const value = fc.oneof(expression, fc.jsonValue({ maxDepth: 3 }))
const condition = fc.record({
  leftValue: value,
  rightValue: value,
  operator: fc.record({ operation: fc.constantFrom('equals', 'gt', 'empty', 'odd') }),
})
const parameters = fc.record(
  {
    ...{
      url: value,
      text: value,
      message: value,
      sendTo: value,
      amount: value,
      unit: value,
      rule: value,
      prompt: value,
    },
    conditions: fc.oneof(value, fc.record({ conditions: fc.array(condition), combinator: value })),
    rules: fc.oneof(
      value,
      fc.record({
        values: fc.array(
          fc.record({ conditions: fc.record({ conditions: fc.array(condition) }), outputKey: value }),
        ),
      }),
    ),
    assignments: fc.oneof(value, fc.record({ assignments: fc.array(fc.record({ name: value, value })) })),
    formFields: fc.oneof(
      value,
      fc.record({ values: fc.array(fc.record({ fieldLabel: value, fieldType: value })) }),
    ),
    options: value,
  },
  { requiredKeys: [] },
)
const node = fc.record({
  name,
  type: fc.constantFrom(...TYPES).map((type) => `n8n-nodes-base.${type}`),
  typeVersion: fc.constantFrom(1, 2, 3),
  parameters,
  disabled: fc.boolean(),
  position: fc.tuple(fc.integer(), fc.integer()),
  onError: fc.constantFrom('continueErrorOutput', 'stop'),
})
const connections = fc.dictionary(
  name,
  fc.record({ main: fc.array(fc.array(fc.record({ node: name }), { maxLength: 3 }), { maxLength: 4 }) }),
)

test('any graph becomes a draft that parses, with one entry a node', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 12 }), connections, (nodes, links) => {
      const read = importN8n(JSON.stringify({ nodes, connections: links }), wishes)
      if (!read.ok) throw new Error(read.error.detail)
      const [first] = read.value
      expect(first?.report.length).toBe(nodes.length)
      expect(draftSchema.safeParse(first?.draft).error).toBeUndefined()
    }),
    { numRuns: 400 },
  )
})

test('mangled files are refused in words and never throw', () => {
  const whole = JSON.stringify({
    nodes: [
      {
        name: 'A',
        type: 'n8n-nodes-base.if',
        parameters: { conditions: { string: [{ value1: '={{ $json.a }}' }] } },
      },
    ],
    connections: { A: { main: [[{ node: 'A', type: 'main', index: 0 }]] } },
  })
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(20), fc.string(), (at, length, put) => {
      const read = importN8n(whole.slice(0, at) + put + whole.slice(at + length), wishes)
      if (!read.ok) expect(read.error.detail.length).toBeGreaterThan(10)
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const read = importN8n(text, wishes)
      if (!read.ok) expect(read.error.detail.length).toBeGreaterThan(10)
    }),
  )
})
