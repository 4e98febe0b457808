// What is found in a draft before it goes live.
import { describe, expect, test } from 'vitest'
import { manifest as miniFoundry } from '../../../src/modules/mini-foundry/index.ts'
import { type CheckWorld, draftIssues } from '../../../src/modules/ops-copilot/domain/checks.ts'
import { stepsSchema } from '../../../src/modules/ops-copilot/domain/definition.ts'
import { GALLERY } from '../../../src/modules/ops-copilot/domain/gallery.ts'
import { manifest as opsCopilot } from '../../../src/modules/ops-copilot/index.ts'
import { manifest as workspace } from '../../../src/modules/workspace/index.ts'

const wings = [workspace, miniFoundry, opsCopilot]
const steps = wings.flatMap((wing) => wing.steps ?? [])
const events = wings.flatMap((wing) => wing.events)

const world = (more: Partial<CheckWorld> = {}): CheckWorld => ({
  event: (type) => events.find((one) => one.type === type) ?? null,
  records: wings.flatMap((wing) => wing.records ?? []),
  action: (action) => {
    if (action === 'shopify.add_tags')
      return { title: 'Add tags', fields: [], outputs: [], connection: 'shopify' }
    const found = steps.find((one) => one.action === action)
    return found ? { ...found, connection: null } : null
  },
  actions: steps.map(({ action }) => action),
  events: events.map(({ type }) => type),
  connections: [{ id: 'shop1', kind: 'shopify' }],
  choices: { channel: ['c1'] },
  self: 'me',
  others: [],
  ...more,
})

const mail = (id: string, input: Record<string, unknown> = {}) => ({
  ...{ id, kind: 'action', action: 'mail.send' },
  input: { to: '{{ trigger.contact.email }}', subject: 'Hello', body: 'Hello there', ...input },
})
const task = (id: string, more: Record<string, unknown> = {}) => ({
  ...{ id, kind: 'action', action: 'task.create', input: { title: 'Call', ...more } },
})

function issuesOf(list: unknown[], more: Partial<CheckWorld> = {}, event = 'invoice.overdue') {
  return draftIssues(
    {
      name: 'Mine',
      trigger: { kind: 'event', event, condition: { all: [] }, again_after_days: null },
      stop_on: [],
      steps: stepsSchema.parse(list),
    },
    world(more),
  )
}
const words = (list: unknown[], more: Partial<CheckWorld> = {}, event?: string) =>
  issuesOf(list, more, event).map(
    ({ severity, step, message, fix }) => `${severity} ${step}: ${message} ${fix}`,
  )

describe('checks before publishing', () => {
  test.each(GALLERY.map((item) => [item.key, item] as const))(
    'find nothing in %s of the gallery but what is to be chosen',
    (_, { draft, needs }) => {
      const errors = draftIssues(draft, world()).filter(({ severity }) => severity === 'error')
      expect(errors.filter(({ message }) => !message.endsWith('is missing.'))).toEqual([])
      expect(errors.length > 0).toBe(needs.length > 0)
    },
  )

  test('find nothing in a draft that is whole', () => {
    expect(words([mail('a'), task('b')])).toEqual([])
  })

  test('say that nothing is done when every step is off', () => {
    expect(words([{ ...mail('a'), off: true }])).toEqual([
      'error null: It does nothing yet. Add what it should do.',
    ])
  })

  test('name a field that is missing, and a mail without a text', () => {
    expect(words([task('b', { title: ' ' }), mail('a', { body: '' })])).toEqual([
      'error b: What is to be done is missing. Fill it in.',
      'error a: The mail has no text. Write it, or choose a template.',
    ])
  })

  test('guess at an action and an event that nobody knows', () => {
    const [action, waited, trigger] = [
      words([{ ...mail('a'), action: 'mail.sent' }]),
      words([{ id: 'w', kind: 'wait_event', event: 'invoice.payed', within: { amount: 1, unit: 'days' } }]),
      words([mail('a')], {}, 'invoice.overdu'),
    ]
    expect(action).toEqual(['error a: Nobody here knows how to do mail.sent. Did you mean mail.send?'])
    expect(waited).toEqual(['error w: Nothing here tells of invoice.payed. Did you mean invoice.paid?'])
    expect(trigger[0]).toBe('error null: Nothing here tells of invoice.overdu. Did you mean invoice.overdue?')
  })

  test('guess at a field that will be empty', () => {
    expect(words([mail('a', { body: 'Pay {{ trigger.invoice.totl }}' })])).toEqual([
      'warning a: Nothing here is called trigger.invoice.totl: it will be empty. Did you mean trigger.invoice.total?',
    ])
  })

  test('tell a step that comes later from one that does not exist', () => {
    const find = { id: 'find', kind: 'action', action: 'records.find', input: { kind: 'invoice' } }
    const uses = (path: string) => task('t', { notes: `{{ ${path} }}` })
    expect(words([find, uses('steps.find.count')])).toEqual([])
    expect(words([uses('steps.find.count'), find])[0]).toMatch(
      /^warning t: steps\.find\.count may be empty here/,
    )
    expect(words([find, uses('steps.fnd.count')])).toEqual([
      'error t: steps.fnd.count: there is no step called fnd. Did you mean steps.find?',
    ])
    expect(words([find, uses('steps.find.cuont')])[0]).toMatch(/Did you mean steps\.find\.count\?$/)
  })

  test('know an element only inside its loop', () => {
    const find = { id: 'find', kind: 'action', action: 'records.find', input: { kind: 'invoice' } }
    const each = (inside: unknown[]) => ({
      id: 'all',
      kind: 'each',
      list: 'steps.find.records',
      steps: inside,
    })
    expect(words([find, each([task('t', { notes: '{{ item.number }}' })])])).toEqual([])
    expect(words([find, each([task('t')]), task('u', { notes: '{{ item.number }}' })])).toEqual([
      'error u: item.number is known only inside a loop. Move the step into it.',
    ])
  })

  test('let everything through that another system sends to a hook', () => {
    const draft = {
      ...{
        name: 'Mine',
        stop_on: [],
        steps: stepsSchema.parse([mail('a', { body: '{{ trigger.body.x.y }}' })]),
      },
      trigger: { kind: 'hook' as const, proof: 'address' as const, id_path: null },
    }
    expect(draftIssues(draft, world())).toEqual([])
  })

  test('say that braces do not close, and that a choice does not exist', () => {
    expect(words([task('t', { title: 'Call {{ trigger.contact.name' })])[0]).toMatch(/cannot be read/)
    expect(words([task('t', { priority: 'very' })])[0]).toMatch(/“very” is none of the choices/)
    expect(
      words([{ id: 'p', kind: 'action', action: 'channel.post', input: { channel: 'gone', text: 'Hi' } }]),
    ).toEqual(['error p: Channel: what was chosen is no more. Choose another.'])
  })

  test('ask for a connection where one is needed', () => {
    const step = { id: 's', kind: 'action', action: 'shopify.add_tags' }
    expect(words([step])[0]).toMatch(/needs a connection to shopify. Choose which/)
    expect(words([step], { connections: [] })[0]).toMatch(/Connect it under Settings/)
    expect(words([{ ...step, connection: 'shop1' }])).toEqual([])
    expect(words([{ ...step, connection: 'other' }])[0]).toMatch(/no more, or is not yours/)
  })

  test('find what is never reached, also behind a decision of which both ways end', () => {
    const stop = (id: string) => ({ id, kind: 'stop' })
    const condition = { field: 'trigger.amount', operator: 'greater_than', value: 1 }
    expect(words([stop('s'), mail('a'), mail('b')])).toEqual([
      'warning a: This is never reached: the run always ends before it. Move or remove it.',
    ])
    const both = { id: 'i', kind: 'if', condition, yes: [stop('x')], no: [stop('y')] }
    expect(words([both, mail('a')])[0]).toMatch(/^warning a: This is never reached/)
    expect(words([{ ...both, no: [] }, mail('a')])).toEqual([])
  })

  test('find branches and loops that do nothing', () => {
    const condition = { field: 'trigger.amount', operator: 'greater_than', value: 1 }
    expect(words([{ id: 'i', kind: 'if', condition }])[0]).toMatch(/Neither way/)
    expect(words([{ id: 'i', kind: 'if', condition: { all: [] }, yes: [mail('a')] }])[0]).toMatch(
      /always goes the way/,
    )
    expect(words([{ id: 'p', kind: 'parallel', branches: [{ name: 'One', steps: [] }] }])[0]).toMatch(
      /“One” is empty/,
    )
  })

  test('find approvals that cannot be given or wait for ever', () => {
    const ask = { id: 'q', kind: 'approval', title: 'May we?', approvers: ['p1'], needed: 2 }
    expect(words([ask])).toEqual([
      'error q: 2 must agree, but fewer are asked. Ask more people, or need fewer.',
      'warning q: It waits until somebody decides, for ever. Say how long it may take.',
    ])
  })

  test('warn of a mail to a whole list without an unsubscribe link', () => {
    const find = { id: 'find', kind: 'action', action: 'records.find', input: { kind: 'contact' } }
    const each = (stream: string) => ({
      ...{ id: 'all', kind: 'each', list: 'steps.find.records' },
      steps: [mail('a', { to: '{{ item.email }}', stream })],
    })
    expect(words([find, each('workspace')])[0]).toMatch(/no unsubscribe link/)
    expect(words([find, each('marketing')])).toEqual([])
  })

  test('find a circle of automations that start each other, and one through an event', () => {
    const runs = (automation: string) => ({
      id: 'run',
      kind: 'action',
      action: 'automation.run',
      input: { automation },
    })
    const other = {
      ...{ id: 'b', name: 'Theirs', trigger: { kind: 'manual' as const, fields: [] } },
      steps: stepsSchema.parse([runs('me')]),
    }
    expect(words([runs('b')], { others: [other] })[0]).toMatch(/^error run: .*“Mine” → “Theirs” → “Mine”/)
    expect(words([runs('b')], { others: [{ ...other, steps: stepsSchema.parse([task('t')]) }] })).toEqual([])
    expect(words([task('t')], {}, 'task.created')[0]).toMatch(
      /^error t: This starts a circle: “Mine” → “Mine”/,
    )
    const condition = { field: 'trigger.title', operator: 'contains', value: 'x' }
    expect(words([{ id: 'i', kind: 'if', condition, yes: [task('t')] }], {}, 'task.created')[0]).toMatch(
      /^warning t/,
    )
  })
})
