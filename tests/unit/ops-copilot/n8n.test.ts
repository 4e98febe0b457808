// Workflows of n8n as drafts: what is taken over, what is left to a person, and that nothing is lost.
import { describe, expect, test } from 'vitest'
import { draftSchema } from '../../../src/modules/ops-copilot/domain/automation.ts'
import { listsOf } from '../../../src/modules/ops-copilot/domain/definition.ts'
import type { Step } from '../../../src/modules/ops-copilot/domain/definition-model.ts'
import { importN8n } from '../../../src/modules/ops-copilot/domain/n8n.ts'
import { outlineOf, outlineText } from '../../../src/modules/ops-copilot/domain/outline.ts'

const wishes = {
  timeZone: 'America/New_York',
  actions: new Set([
    'mail.send',
    'http.request',
    'channel.post',
    'task.create',
    'automation.run',
    'ai.write',
  ]),
}
const names = { action: (action: string) => action, event: (event: string) => event }

interface Sketch {
  name: string
  type: string
  parameters?: Record<string, unknown>
  [more: string]: unknown
}

/** Nodes from left to right, and `from -> to` or `from:1 -> to` for its second output. */
function workflow(nodes: Sketch[], ways: string[] = [], more: Record<string, unknown> = {}) {
  const connections: Record<string, { main: { node: string; type: string; index: number }[][] }> = {}
  for (const way of ways) {
    const [left = '', to = ''] = way.split(' -> ')
    const [from = '', output = '0'] = left.split(':')
    connections[from] ??= { main: [] }
    const { main } = connections[from]
    while (main.length <= Number(output)) main.push([])
    main[Number(output)]?.push({ node: to, type: 'main', index: 0 })
  }
  const placed = nodes.map((node, at) => ({
    ...{ id: `id-${at}`, typeVersion: 1, position: [at * 200, 0], parameters: {} },
    ...node,
    type: node.type.includes('.') ? node.type : `n8n-nodes-base.${node.type}`,
  }))
  return { name: 'Theirs', nodes: placed, connections, ...more }
}

function imported(data: unknown) {
  const read = importN8n(JSON.stringify(data), wishes)
  if (!read.ok) throw new Error(read.error.detail)
  const [first] = read.value
  if (!first) throw new Error('nothing')
  expect(draftSchema.parse(first.draft)).toEqual(first.draft)
  return {
    ...first,
    lines: outlineText(outlineOf(first.draft, names).map((line) => ({ ...line, detail: '' }))).split('\n'),
    steps: new Map([...listsOf(first.draft.steps).values()].flat().map((step) => [step.id, step])),
    of: (node: string) => first.report.find((one) => one.node === node),
  }
}
const inputOf = (step: Step | undefined) => (step?.kind === 'action' ? step.input : {})

const hook: Sketch = { name: 'Webhook', type: 'webhook', typeVersion: 2, parameters: { path: 'x' } }
const isBig = {
  combinator: 'and',
  conditions: [
    { leftValue: '={{ $json.body.total }}', rightValue: 500, operator: { type: 'number', operation: 'gt' } },
  ],
}
const send = (name: string, more: Record<string, unknown> = {}): Sketch => ({
  ...{ name, type: 'gmail', typeVersion: 2 },
  parameters: { sendTo: '={{ $json.body.email }}', subject: 'Thanks', message: 'Hello', ...more },
})

describe('an import from n8n', () => {
  test('takes over a hook, a decision with two ways that meet again, and what follows', () => {
    const { lines, draft, report, steps } = imported(
      workflow(
        [
          hook,
          { name: 'Big?', type: 'if', typeVersion: 2, parameters: { conditions: isBig } },
          send('Thank them'),
          {
            name: 'Tell sales',
            type: 'slack',
            parameters: { channel: '#sales', text: '=New: {{ $json.body.total }}' },
          },
          {
            name: 'Log',
            type: 'httpRequest',
            parameters: { url: 'https://example.com/log', method: 'POST' },
          },
        ],
        [
          'Webhook -> Big?',
          'Big?:0 -> Tell sales',
          'Big?:1 -> Thank them',
          'Tell sales -> Log',
          'Thank them -> Log',
        ],
      ),
    )
    expect(draft.trigger.kind).toBe('hook')
    expect(lines).toEqual([
      'When another system calls its address',
      '1. Big?',
      '  If so:',
      '    1a.1. Tell sales',
      '  If not:',
      '    1b.1. Thank them',
      '2. Log',
    ])
    expect(inputOf(steps.get('tell_sales')).text).toBe('New: {{ trigger.body.total }}')
    expect(report.map(({ node, outcome }) => `${node}: ${outcome}`)).toEqual([
      'Webhook: mapped',
      'Big?: mapped',
      'Thank them: mapped',
      'Tell sales: needs_person',
      'Log: mapped',
    ])
  })

  test('ends the run where a filter lets nothing through, so that steps stay at one level', () => {
    const { draft } = imported(
      workflow(
        [
          hook,
          { name: 'Only big', type: 'filter', typeVersion: 2, parameters: { conditions: isBig } },
          send('Mail'),
        ],
        ['Webhook -> Only big', 'Only big -> Mail'],
      ),
    )
    const [filter, mail] = draft.steps
    expect(filter).toMatchObject({
      ...{ kind: 'if', yes: [], no: [{ kind: 'stop', outcome: 'completed' }] },
      condition: { all: [{ field: 'trigger.body.total', operator: 'greater_than', value: 500 }] },
    })
    expect(mail).toMatchObject({ kind: 'action', action: 'mail.send' })
  })

  test('reads the old form of If, and a Switch with a way for the rest', () => {
    const old = {
      string: [
        { value1: '={{$json["body"]["action"]}}', value2: 'opened' },
        { value1: '={{$json.body.x}}', operation: 'isEmpty' },
      ],
    }
    const rule = (value: string) => ({
      outputKey: value,
      conditions: {
        combinator: 'and',
        conditions: [
          { leftValue: '={{ $json.body.kind }}', rightValue: value, operator: { operation: 'equals' } },
        ],
      },
    })
    const { draft } = imported(
      workflow(
        [
          hook,
          { name: 'Old', type: 'if', parameters: { conditions: old, combineOperation: 'any' } },
          {
            name: 'Kinds',
            type: 'switch',
            typeVersion: 3,
            parameters: { rules: { values: [rule('a'), rule('b')] }, options: { fallbackOutput: 'extra' } },
          },
          ...['A', 'B', 'Rest'].map((name) => send(name)),
        ],
        ['Webhook -> Old', 'Old -> Kinds', 'Kinds:0 -> A', 'Kinds:1 -> B', 'Kinds:2 -> Rest'],
      ),
    )
    expect(draft.steps[0]).toMatchObject({
      condition: {
        any: [
          { field: 'trigger.body.action', operator: 'equals', value: 'opened' },
          { field: 'trigger.body.x', operator: 'is_empty' },
        ],
      },
    })
    expect(draft.steps[1]).toMatchObject({
      kind: 'switch',
      cases: [
        { name: 'a', steps: [{ name: 'A' }] },
        { name: 'b', steps: [{ name: 'B' }] },
      ],
      otherwise: [{ name: 'Rest' }],
    })
  })

  test('makes a loop of Split In Batches, whose elements later expressions read', () => {
    const { draft, of } = imported(
      workflow(
        [
          {
            name: 'Every day',
            type: 'scheduleTrigger',
            typeVersion: 1.2,
            parameters: { rule: { interval: [{ triggerAtHour: 7, triggerAtMinute: 30 }] } },
          },
          { name: 'Get', type: 'httpRequest', parameters: { url: 'https://example.com/people' } },
          { name: 'Loop', type: 'splitInBatches', typeVersion: 3 },
          send('Mail', { sendTo: '={{ $json.email }}' }),
          { name: 'Done', type: 'slack', parameters: { text: 'All done' } },
        ],
        ['Every day -> Get', 'Get -> Loop', 'Loop:0 -> Done', 'Loop:1 -> Mail', 'Mail -> Loop'],
      ),
    )
    expect(draft.trigger).toEqual({
      kind: 'schedule',
      cron: '30 7 * * *',
      time_zone: 'America/New_York',
      missed: 'latest',
    })
    expect(draft.steps).toMatchObject([
      { name: 'Get' },
      { kind: 'each', list: 'steps.get.body', steps: [{ name: 'Mail', input: { to: '{{ item.email }}' } }] },
      { name: 'Done' },
    ])
    expect(of('Mail')?.why).not.toMatch(/led back/)
  })

  test('says where a way led back, and goes on without it', () => {
    const { of, draft } = imported(
      workflow(
        [
          { name: 'Start', type: 'manualTrigger' },
          { name: 'Ask', type: 'httpRequest', parameters: { url: 'https://example.com/state' } },
          {
            name: 'Ready?',
            type: 'if',
            typeVersion: 2,
            parameters: {
              conditions: {
                conditions: [
                  { leftValue: '={{ $json.state }}', rightValue: 'done', operator: { operation: 'equals' } },
                ],
              },
            },
          },
          send('Mail'),
          { name: 'Wait', type: 'wait', typeVersion: 1.1, parameters: { amount: 20, unit: 'seconds' } },
        ],
        ['Start -> Ask', 'Ask -> Ready?', 'Ready?:0 -> Mail', 'Ready?:1 -> Wait', 'Wait -> Ask'],
      ),
    )
    expect(of('Wait')).toMatchObject({ outcome: 'needs_person' })
    expect(of('Wait')?.why).toMatch(/It led back to “Ask”/)
    expect(draft.steps[1]).toMatchObject({
      yes: [{ name: 'Mail' }],
      no: [{ kind: 'wait', for: { amount: 1, unit: 'minutes' } }],
    })
  })

  test('runs branches side by side where one output leads to several nodes', () => {
    const { draft } = imported(
      workflow(
        [hook, send('One'), send('Two'), send('After')],
        ['Webhook -> One', 'Webhook -> Two', 'One -> After', 'Two -> After'],
      ),
    )
    expect(draft.steps).toMatchObject([
      { kind: 'parallel', branches: [{ steps: [{ name: 'One' }] }, { steps: [{ name: 'Two' }] }] },
      { name: 'After' },
    ])
  })

  test('knows fields of a form, of kept values and of a node by its name', () => {
    const { steps, draft } = imported(
      workflow(
        [
          {
            name: 'Form',
            type: 'formTrigger',
            typeVersion: 2,
            parameters: {
              formTitle: 'Ask us',
              formFields: {
                values: [
                  { fieldLabel: 'Your E-mail', fieldType: 'email', requiredField: true },
                  {
                    fieldLabel: 'Size',
                    fieldType: 'dropdown',
                    fieldOptions: { values: [{ option: 'S' }, { option: 'L' }] },
                  },
                ],
              },
            },
          },
          {
            name: 'Keep',
            type: 'set',
            typeVersion: 3.4,
            parameters: {
              assignments: {
                assignments: [{ name: 'who', value: "={{ $json['Your E-mail'].toLowerCase() }}" }],
              },
            },
          },
          send('Mail', {
            sendTo: '={{ $json.who }}',
            subject: "=Size {{ $('Form').item.json.Size || 'unknown' }}",
            message: '={{ $json.Size + "!" }} on {{ $now.toFormat(\'dd.MM.yyyy\') }}',
          }),
        ],
        ['Form -> Keep', 'Keep -> Mail'],
      ),
    )
    expect(draft.trigger).toMatchObject({
      ...{ kind: 'form', title: 'Ask us' },
      fields: [
        { name: 'your_e_mail', label: 'Your E-mail', kind: 'email', required: true },
        { name: 'size', kind: 'choice', choices: ['S', 'L'] },
      ],
    })
    expect(steps.get('keep')).toMatchObject({ values: { who: '{{ trigger.your_e_mail | downcase }}' } })
    expect(inputOf(steps.get('mail'))).toMatchObject({
      to: '{{ vars.who }}',
      subject: "Size {{ trigger.size | default: 'unknown' }}",
      body: "{{ trigger.size }}! on {{ 'now' | date: '%d.%m.%Y' }}",
    })
  })

  test('leaves what no template can say to a person, in words, and harmless', () => {
    const { of, steps } = imported(
      workflow(
        [
          hook,
          send('Mail', { message: '=Hi {{ $json.body.name.split(" ").map(x => x[0]) }} and {% raw %}' }),
        ],
        ['Webhook -> Mail'],
      ),
    )
    expect(inputOf(steps.get('mail')).body).toBe(
      'Hi [$json.body.name.split(" ").map(x => x[0])] and { % raw %}',
    )
    expect(of('Mail')).toMatchObject({ outcome: 'needs_person' })
    expect(of('Mail')?.todo).toMatch(/Say again what these meant: “\$json\.body\.name/)
  })

  test('keeps the place of code and of apps without a step, switched off', () => {
    const { steps, of } = imported(
      workflow(
        [
          hook,
          { name: 'Sum up', type: 'code', parameters: { jsCode: 'return items' } },
          { name: 'Row', type: 'airtable', parameters: { operation: 'append' } },
          send('Mail', { subject: '={{ $json.total }}' }),
        ],
        ['Webhook -> Sum up', 'Sum up -> Row', 'Row -> Mail'],
      ),
    )
    expect(steps.get('sum_up')).toMatchObject({ kind: 'set', off: true })
    expect(steps.get('row')).toMatchObject({ action: 'http.request', off: true })
    expect(of('Sum up')?.todo).toMatch(/It was: “return items”/)
    expect(of('Row')?.why).toMatch(/no step for airtable here \(append\)/)
  })

  test('takes the branch for failures, tries again and goes on as the node did', () => {
    const { draft } = imported(
      workflow(
        [
          hook,
          {
            name: 'Call',
            type: 'httpRequest',
            parameters: { url: 'https://example.com' },
            onError: 'continueErrorOutput',
            retryOnFail: true,
            maxTries: 4,
          },
          { name: 'Tell', type: 'slack', parameters: { text: 'It failed' } },
          { ...send('Mail'), continueOnFail: true },
        ],
        ['Webhook -> Call', 'Call:0 -> Mail', 'Call:1 -> Tell'],
      ),
    )
    expect(draft.steps).toMatchObject([
      { on_error: 'branch', retry: { tries: 4, schedule: 'quick' }, failed: [{ name: 'Tell' }] },
      { on_error: 'continue' },
    ])
  })

  test('notes what has no step: stickers, models of an agent, answers to a caller, connections into nothing', () => {
    const data = workflow(
      [
        hook,
        { name: 'Note', type: 'stickyNote', parameters: { content: 'Remember the milk' } },
        {
          name: 'Agent',
          type: '@n8n/n8n-nodes-langchain.agent',
          parameters: { text: '={{ $json.body.q }}' },
        },
        { name: 'Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi' },
        { name: 'Answer', type: 'respondToWebhook' },
      ],
      ['Webhook -> Agent', 'Agent -> Answer', 'Answer -> Gone'],
    )
    Object.assign(data.connections, {
      Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
    })
    const { draft, of, steps } = imported(data)
    expect(draft.description).toContain('Remember the milk')
    expect(of('Model')).toMatchObject({ outcome: 'note', step: null })
    expect(of('Answer')?.why).toMatch(/led to “Gone”, which is not in the file/)
    expect(inputOf(steps.get('agent'))).toEqual({ prompt: '{{ trigger.body.q }}' })
  })

  test.each([
    [{ rule: { interval: [{ field: 'minutes', minutesInterval: 10 }] } }, '*/10 * * * *'],
    [{ rule: { interval: [{ field: 'hours', hoursInterval: 2 }] } }, '0 */2 * * *'],
    [{ rule: { interval: [{}] } }, '0 0 * * *'],
    [{ rule: { interval: [{ field: 'weeks', triggerAtDay: [1, 3], triggerAtHour: 8 }] } }, '0 8 * * 1,3'],
    [{ rule: { interval: [{ field: 'months', triggerAtDayOfMonth: 5, triggerAtHour: 9 }] } }, '0 9 5 * *'],
    [{ rule: { interval: [{ field: 'cronExpression', expression: '0 15 9 * * 1-5' }] } }, '15 9 * * 1-5'],
    [{ rule: { interval: [{ field: 'days', daysInterval: 360 }] } }, '0 9 * * *'],
  ])('reads the rhythm %j', (parameters, cron) => {
    const { draft } = imported(
      workflow([{ name: 'Clock', type: 'scheduleTrigger', parameters }, send('Mail')], ['Clock -> Mail']),
    )
    expect(draft.trigger).toMatchObject({ kind: 'schedule', cron })
  })

  test('reads lists of workflows, templates, single nodes and lists of nodes', () => {
    const one = workflow([hook, send('Mail')], ['Webhook -> Mail'])
    const count = (data: unknown) => {
      const read = importN8n(JSON.stringify(data), wishes)
      return read.ok ? read.value.map(({ report }) => report.length) : read.error.detail
    }
    expect(count([one, one])).toEqual([2, 2])
    expect(count({ data: [one] })).toEqual([2])
    expect(count({ workflow: one })).toEqual([2])
    expect(count(one.nodes[1])).toEqual([1])
    expect(count(one.nodes)).toEqual([2])
    expect(count({ nodes: one.nodes.slice(1), connections: {} })).toEqual([1])
    expect(count({ hello: 1 })).toMatch(/no n8n workflow/)
    expect(count([])).toMatch(/no n8n workflow/)
  })

  test.each(['', 'hello', '{"nodes":', 'null', '[1,2]', `${'['.repeat(100_000)}`])(
    'refuses %.20j in words',
    (text) => {
      const read = importN8n(text, wishes)
      expect(read.ok).toBe(false)
      if (!read.ok) expect(read.error.detail).toMatch(/^[A-Z].*\.$/)
    },
  )

  test('holds a workflow that is deeper and larger than automations are, and says what did not fit', () => {
    const nodes: Sketch[] = [hook]
    const ways: string[] = []
    for (let at = 0; at < 300; at++) {
      nodes.push({ name: `If ${at}`, type: 'if', typeVersion: 2, parameters: { conditions: isBig } })
      const from = at === 0 ? 'Webhook' : `If ${at - 1}`
      ways.push(`${from}:0 -> If ${at}`)
      if (at > 1) ways.push(`If ${at - 1}:1 -> If ${at - 2}`)
      else nodes.push(send(`Mail ${at}`))
    }
    const { report } = imported(workflow(nodes, ways))
    expect(report.length).toBe(nodes.length)
    expect(report.filter(({ why }) => /full|deeper|no place/.test(why)).length).toBeGreaterThan(0)
  })
})
