// The core of automations: which step comes next, what it sees, what waits, what is tried again, how runs end.
import { describe, expect, test } from 'vitest'
import { act, START, TestRun } from '../../support/automation-run.ts'

const DAY = 86_400_000
const more = (field: string, value: unknown) => ({ field, operator: 'greater_than', value })

describe('steps one after another', () => {
  test('each is performed once the one before has ended, and sees what it gave', () => {
    const run = new TestRun(
      [
        act('find', { input: { id: '{{ trigger.invoice.id }}' } }),
        act('mail', {
          input: {
            to: '{{ steps.find.email }}',
            lines: '{{ steps.find.lines }}',
            text: 'Hi {{ steps.find.name }}',
          },
        }),
      ],
      { invoice: { id: 'i1' } },
    )
    expect(run.of('perform')).toMatchObject([
      { key: 'find', input: { id: 'i1' }, attempt: 1, once: 'run/run1/find' },
    ])
    run.happen({
      kind: 'done',
      key: 'find',
      attempt: 1,
      output: { email: 'a@b.c', name: 'Ann', lines: [1, 2] },
    })
    expect(run.of('perform')[1]).toMatchObject({
      key: 'mail',
      input: { to: 'a@b.c', lines: [1, 2], text: 'Hi Ann' },
    })
    run.settleAll()
    expect(run.state).toMatchObject({ phase: 'completed', error: null, threads: [], open: {} })
    expect(run.entries.map(({ key, state }) => [key, state])).toEqual([
      ['find', 'done'],
      ['mail', 'done'],
    ])
  })

  test('a step that is switched off is passed over, and an automation without steps is done at once', () => {
    const run = new TestRun([act('a', { off: true }), act('b')])
    expect(run.performed).toEqual(['b'])
    expect(run.entries[0]).toMatchObject({ key: 'a', state: 'skipped' })
    expect(new TestRun([]).state.phase).toBe('completed')
  })

  test('values that were set are there for later steps, with their types', () => {
    const run = new TestRun(
      [
        {
          id: 'keep',
          kind: 'set',
          values: { total: '{{ trigger.total }}', note: 'Total {{ trigger.total }}' },
        },
        act('use', { input: { total: '{{ vars.total }}', note: '{{ vars.note }}' } }),
      ],
      { total: 12 },
    )
    expect(run.of('perform')[0]?.input).toEqual({ total: 12, note: 'Total 12' })
  })
})

describe('branches', () => {
  const paths = [
    {
      ...{ id: 'large', kind: 'if', condition: more('trigger.total', 100) },
      ...{ yes: [act('call')], no: [act('mail')] },
    },
    act('after'),
  ]

  test('an if takes one of them, says why with the values, and goes on behind', () => {
    const run = new TestRun(paths, { total: '420.00' })
    run.settleAll()
    expect(run.performed).toEqual(['call', 'after'])
    expect(run.entries[0]?.why).toBe('Yes, because total (420.00) is more than 100.')
    const other = new TestRun(paths, { total: '42.00' })
    other.settleAll()
    expect(other.performed).toEqual(['mail', 'after'])
    expect(other.entries[0]?.why).toBe('No, because it is not so that total (42.00) is more than 100.')
  })

  test('a switch takes the first case that holds, else what is there otherwise', () => {
    const steps = [
      {
        ...{ id: 'size', kind: 'switch', otherwise: [act('small')] },
        cases: [
          { name: 'huge', condition: more('trigger.total', 1000), steps: [act('huge')] },
          { name: 'large', condition: more('trigger.total', 100), steps: [act('large')] },
        ],
      },
    ]
    expect([5000, 500, 5].map((total) => new TestRun(steps, { total }).performed)).toEqual([
      ['huge'],
      ['large'],
      ['small'],
    ])
  })

  test('a condition may compare with what another step gave', () => {
    const steps = [
      act('limit'),
      {
        id: 'over',
        kind: 'if',
        condition: more('trigger.total', '{{ steps.limit.max }}'),
        yes: [act('ask')],
      },
    ]
    const run = new TestRun(steps, { total: 60 })
    run.settleAll(() => ({ max: 50 }))
    expect(run.performed).toEqual(['limit', 'ask'])
  })
})

describe('loops', () => {
  const loop = (steps: unknown[], extra = {}) => [
    { id: 'each', kind: 'each', list: 'trigger.lines', steps, ...extra },
    act('after', { input: { last: '{{ steps.each.count }}' } }),
  ]

  test('go through a list in its order, each round with its own element, place and outputs', () => {
    const steps = loop([
      act('one', { input: { sku: '{{ item.sku }}', n: '{{ index }}' } }),
      act('two', { input: { of: '{{ steps.one.made }}' } }),
    ])
    const run = new TestRun(steps, { lines: [{ sku: 'A' }, { sku: 'B' }] })
    run.settleAll((key) => ({ made: `of ${key}` }))
    expect(run.of('perform').map(({ key, input }) => [key, input])).toEqual([
      ['each#0/one', { sku: 'A', n: 0 }],
      ['each#0/two', { of: 'of each#0/one' }],
      ['each#1/one', { sku: 'B', n: 1 }],
      ['each#1/two', { of: 'of each#1/one' }],
      ['after', { last: 2 }],
    ])
    expect(run.state.phase).toBe('completed')
  })

  test('inside each other see the inner element and everything around', () => {
    const inner = {
      ...{ id: 'inner', kind: 'each', list: 'item.parts' },
      steps: [act('part', { input: { item: '{{ item }}', outer: '{{ steps.head.name }}' } })],
    }
    const run = new TestRun(loop([act('head'), inner]), {
      lines: [{ parts: ['x', 'y'] }, { parts: [] }, { parts: ['z'] }],
    })
    run.settleAll((key) => ({ name: key }))
    expect(
      run
        .of('perform')
        .filter(({ key }) => key.endsWith('part'))
        .map(({ key, input }) => [key, input]),
    ).toEqual([
      ['each#0/inner#0/part', { item: 'x', outer: 'each#0/head' }],
      ['each#0/inner#1/part', { item: 'y', outer: 'each#0/head' }],
      ['each#2/inner#0/part', { item: 'z', outer: 'each#2/head' }],
    ])
  })

  test('leave out what is more than the most and say so; what is no list fails in words', () => {
    const run = new TestRun(loop([act('one')], { most: 2 }), { lines: [1, 2, 3, 4, 5] })
    run.settleAll()
    expect(run.performed.filter((key) => key.endsWith('one'))).toHaveLength(2)
    expect(run.entries[0]?.why).toContain('3 more are left out')
    const none = new TestRun(loop([act('one')]), { lines: 'no list' })
    expect(none.state).toMatchObject({
      phase: 'failed',
      error: expect.stringContaining('no list at trigger.lines'),
    })
  })

  test('a run that goes in circles ends when its budget of steps is spent', () => {
    const inner = {
      id: 'inner',
      kind: 'each',
      list: 'trigger.lines',
      most: 500,
      steps: [{ id: 's', kind: 'set', values: { a: 1 } }],
    }
    const run = new TestRun(loop([inner], { most: 500 }), { lines: Array.from({ length: 100 }, () => 1) })
    expect(run.state).toMatchObject({ phase: 'failed', error: expect.stringContaining('1000 steps') })
  })
})

describe('branches at once', () => {
  const both = [
    {
      ...{ id: 'both', kind: 'parallel' },
      branches: [
        { name: 'left', steps: [act('a'), act('b')] },
        { name: 'right', steps: [act('c')] },
      ],
    },
    act('after'),
  ]

  test('go on independently, and what follows waits for all of them, in any order', () => {
    const run = new TestRun(both)
    expect(run.performed).toEqual(['a', 'c'])
    run.happen({ kind: 'done', key: 'c', attempt: 1, output: null })
    run.happen({ kind: 'done', key: 'a', attempt: 1, output: null })
    expect(run.performed).toEqual(['a', 'c', 'b'])
    run.happen({ kind: 'done', key: 'b', attempt: 1, output: null })
    expect(run.performed).toEqual(['a', 'c', 'b', 'after'])
    run.settleAll()
    expect(run.state.phase).toBe('completed')
  })

  test('inside a loop each branch sees the element of its round', () => {
    const steps = [
      {
        ...{ id: 'each', kind: 'each', list: 'trigger' },
        steps: [
          {
            ...{ id: 'both', kind: 'parallel' },
            branches: [
              { name: 'l', steps: [act('a', { input: { item: '{{ item }}' } })] },
              { name: 'r', steps: [act('b', { input: { item: '{{ item }}' } })] },
            ],
          },
        ],
      },
    ]
    const run = new TestRun(steps, ['x', 'y'])
    run.settleAll()
    expect(run.of('perform').map(({ key, input }) => `${key}=${input.item}`)).toEqual([
      'each#0/a=x',
      'each#0/b=x',
      'each#1/a=y',
      'each#1/b=y',
    ])
    expect(run.state.phase).toBe('completed')
  })
})

describe('waiting', () => {
  test('for a while, until an instant, and on to office hours', () => {
    const until = (step: object) => {
      const run = new TestRun([{ id: 'w', kind: 'wait', ...step }, act('after')], { due: '2026-03-20' })
      const [wake] = run.of('wake')
      return wake ? new Date(wake.at).toISOString() : run.performed
    }
    expect(until({ for: { amount: 3, unit: 'days' } })).toBe('2026-03-13T10:00:00.000Z')
    expect(until({ until: '{{ trigger.due }}' })).toBe('2026-03-20T00:00:00.000Z')
    expect(until({ until: '{{ trigger.due }}', hours: 'business' })).toBe('2026-03-20T09:00:00.000Z')
    expect(until({ for: { amount: 4, unit: 'days' }, hours: 'business' })).toBe('2026-03-16T09:00:00.000Z')
    expect(until({ until: '2026-03-01' })).toEqual(['after'])
  })

  test('a timer that comes early or twice changes nothing', () => {
    const run = new TestRun([{ id: 'w', kind: 'wait', for: { amount: 2, unit: 'days' } }, act('after')])
    run.now += DAY
    run.happen({ kind: 'woke', key: 'w' })
    expect(run.performed).toEqual([])
    run.wakeNext()
    run.happen({ kind: 'woke', key: 'w' })
    expect(run.performed).toEqual(['after'])
  })

  const forPayment = [
    {
      ...{
        id: 'paid',
        kind: 'wait_event',
        event: 'invoice.paid',
        within: { amount: 5, unit: 'business_days' },
      },
      match: { field: 'event.invoice_id', operator: 'equals', value: '{{ trigger.invoice_id }}' },
      timeout: [act('remind')],
    },
    act('after', { input: { came: '{{ steps.paid.arrived }}' } }),
  ]

  test('for an event: it comes, or its time runs out and the branch for that is taken', () => {
    const came = new TestRun(forPayment, { invoice_id: 'i7' })
    expect(came.of('listen')).toMatchObject([
      { event: 'invoice.paid', match: { value: 'i7' }, until: Date.parse('2026-03-17T10:00:00Z') },
    ])
    came.happen({ kind: 'arrived', key: 'paid', event: { invoice_id: 'i7' } })
    expect(came.of('perform')).toMatchObject([{ key: 'after', input: { came: true } }])
    expect(came.of('drop')).toEqual([{ kind: 'drop', key: 'paid' }])
    const late = new TestRun(forPayment, { invoice_id: 'i7' })
    late.wakeNext()
    late.settleAll()
    late.happen({ kind: 'arrived', key: 'paid', event: {} })
    expect(late.performed).toEqual(['remind', 'after'])
    expect(late.of('perform')[1]?.input).toEqual({ came: false })
  })
})

describe('approvals', () => {
  const approval = (extra = {}) => [
    {
      ...{
        id: 'ok',
        kind: 'approval',
        title: 'Pay {{ trigger.amount }}?',
        approvers: ['role:admin', '{{ trigger.boss }}'],
      },
      ...{
        within: { amount: 2, unit: 'days' },
        rejected: [act('tell')],
        expired: [act('escalate')],
        ...extra,
      },
    },
    act('pay', { input: { note: '{{ steps.ok.note }}' } }),
  ]
  const asked = (extra = {}) => new TestRun(approval(extra), { amount: 90, boss: 'p9' })

  test('ask people with everything filled in, and go on with what they wrote', () => {
    const run = asked()
    expect(run.of('ask')).toMatchObject([{ title: 'Pay 90?', approvers: ['role:admin', 'p9'] }])
    run.happen({ kind: 'decided', key: 'ok', verdict: 'approved', output: { approved: true, note: 'fine' } })
    expect(run.of('perform')).toMatchObject([{ key: 'pay', input: { note: 'fine' } }])
    run.happen({ kind: 'decided', key: 'ok', verdict: 'rejected', output: {} })
    expect(run.performed).toEqual(['pay'])
  })

  test('what was refused is never done: the branch for it is the end of the run', () => {
    const run = asked()
    run.happen({ kind: 'decided', key: 'ok', verdict: 'rejected', output: { approved: false } })
    run.settleAll()
    expect(run.performed).toEqual(['tell'])
    expect(run.state.phase).toBe('completed')
  })

  test.each([
    ['reject', ['tell']],
    ['branch', ['escalate']],
    ['approve', ['pay']],
  ])('when nobody decides in time: %s', (on_timeout, expected) => {
    const run = asked({ on_timeout })
    run.wakeNext()
    run.settleAll()
    expect(run.performed).toEqual(expected)
    expect(run.state.phase).toBe('completed')
  })
})

describe('failures', () => {
  const fails = (run: TestRun, key = 'a', retry = true) => {
    const open = run.state.open[key]
    if (open?.kind !== 'effect') throw new Error(`${key} is not being performed`)
    run.happen({ kind: 'failed', key, attempt: open.attempt, error: 'No answer.', retry })
  }

  test('are tried again after longer and longer pauses, then end the run', () => {
    const run = new TestRun([act('a', { retry: { tries: 4, schedule: 'quick' } }), act('b')])
    const pauses: number[] = []
    for (let i = 0; i < 3; i++) {
      fails(run)
      const at = run.of('wake').at(-1)?.at ?? 0
      pauses.push((at - run.now) / 1000)
      run.wakeNext()
    }
    expect(pauses).toEqual([5, 30, 120])
    fails(run)
    expect(run.state).toMatchObject({ phase: 'failed', error: 'a: No answer.' })
    expect(run.of('perform').map(({ attempt, once }) => [attempt, once])).toEqual(
      [1, 2, 3, 4].map((attempt) => [attempt, 'run/run1/a']),
    )
  })

  test('that trying again cannot mend end it at once, unless the step says otherwise', () => {
    const of = (extra: object) => {
      const run = new TestRun([act('a', extra), act('b', { input: { error: '{{ steps.a.error }}' } })])
      fails(run, 'a', false)
      run.settleAll()
      return [run.state.phase, run.performed]
    }
    expect(of({})).toEqual(['failed', ['a']])
    expect(of({ on_error: 'continue' })).toEqual(['completed', ['a', 'b']])
    expect(of({ on_error: 'branch', failed: [act('sorry')] })).toEqual(['completed', ['a', 'sorry', 'b']])
  })

  test('a failed run goes on at the step that failed when a person says so', () => {
    const run = new TestRun([act('a'), act('b')])
    run.settleAll((key) => ({ key }))
    const again = new TestRun([act('a'), act('b')])
    again.happen({ kind: 'done', key: 'a', attempt: 1, output: null })
    fails(again, 'b', false)
    again.happen({ kind: 'retry' })
    again.settleAll()
    expect(again.performed).toEqual(['a', 'b', 'b'])
    expect(again.of('perform').map(({ once }) => once)).toEqual(['run/run1/a', 'run/run1/b', 'run/run1/b'])
    expect(again.state.phase).toBe('completed')
  })

  test('an effect that nobody knows of waits for a person, who sends again, skips or gives up', () => {
    const unknown = () => {
      const run = new TestRun([act('a'), act('b')])
      run.happen({ kind: 'unknown', key: 'a', attempt: 1, error: 'It may have left.' })
      expect(run.state.phase).toBe('running')
      expect(run.performed).toEqual(['a'])
      return run
    }
    const resent = unknown()
    resent.happen({ kind: 'settled', key: 'a', choice: 'resend' })
    expect(resent.of('perform').at(-1)).toMatchObject({ key: 'a', attempt: 2, once: 'run/run1/a' })
    const skipped = unknown()
    skipped.happen({ kind: 'settled', key: 'a', choice: 'skip' })
    expect(skipped.performed).toEqual(['a', 'b'])
    const ended = unknown()
    ended.happen({ kind: 'settled', key: 'a', choice: 'fail' })
    expect(ended.state).toMatchObject({ phase: 'failed', error: 'a: It may have left.' })
  })

  test('a template that cannot be filled in fails its step in words', () => {
    const run = new TestRun([act('a', { input: { x: '{{ trigger | nonsense }}' } })])
    expect(run.state).toMatchObject({ phase: 'failed', error: expect.stringContaining('nonsense') })
    expect(run.performed).toEqual([])
  })
})

describe('people at the wheel', () => {
  test('a cancelled run drops all it waits for and hears nothing any more', () => {
    const run = new TestRun([{ id: 'w', kind: 'wait', for: { amount: 1, unit: 'days' } }, act('after')])
    run.happen({ kind: 'cancel', by: 'p1' })
    expect(run.state).toMatchObject({ phase: 'cancelled', error: 'cancelled', open: {} })
    expect(run.of('drop')).toEqual([{ kind: 'drop', key: 'w' }])
    run.now = START + 2 * DAY
    run.happen({ kind: 'woke', key: 'w' })
    run.happen({ kind: 'resume' })
    expect(run.performed).toEqual([])
  })

  test('a paused run keeps what comes in and begins nothing until it goes on', () => {
    const run = new TestRun([act('a'), act('b')])
    run.happen({ kind: 'pause' })
    run.happen({ kind: 'done', key: 'a', attempt: 1, output: null })
    expect(run.performed).toEqual(['a'])
    run.happen({ kind: 'resume' })
    expect(run.performed).toEqual(['a', 'b'])
  })

  test('a stop ends everything, as it says', () => {
    const run = new TestRun(
      [
        {
          ...{ id: 'both', kind: 'parallel' },
          branches: [
            { name: 'l', steps: [{ id: 'w', kind: 'wait', for: { amount: 1, unit: 'days' } }] },
            {
              name: 'r',
              steps: [{ id: 'end', kind: 'stop', outcome: 'failed', message: 'Too much: {{ trigger.n }}' }],
            },
          ],
        },
      ],
      { n: 3 },
    )
    expect(run.state).toMatchObject({ phase: 'failed', error: 'Too much: 3', open: {} })
  })
})

describe('the key of an effect', () => {
  const once = (scope: object, more = {}, trigger = {}) =>
    new TestRun([act('m', { once: scope, input: { to: 'Ann@Example.com' } })], trigger, more).of('perform')[0]
      ?.once

  test('is as wide as its author chose, and never wider than what is known', () => {
    expect(once({ scope: 'run' })).toBe('run/run1/m')
    expect(once({ scope: 'subject' }, { subject: 'i7' })).toBe('subject/auto1/m/i7')
    expect(once({ scope: 'subject' })).toBe('run/run1/m')
    expect(once({ scope: 'contact' })).toBe('contact/auto1/m/ann@example.com')
    expect(once({ scope: 'custom', key: '{{ trigger.week }}' }, {}, { week: 'W11' })).toBe('custom/auto1/W11')
    expect(once({ scope: 'custom', key: '{{ trigger.none }}' })).toBe('run/run1/m')
  })
})
