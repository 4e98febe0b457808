// The engine over real SQLite: once for each cause, once for each key, and what is left after any death.
import { describe, expect, test } from 'vitest'
import { act } from '../../support/automation-run.ts'
import { Lab, START } from '../../support/engine-lab.ts'

const DAY = 86_400_000
const THREE = [act('a'), act('b'), act('c')]
/** More than all writes and effects of a run of three steps. */
const MOMENTS = 60

describe('a run', () => {
  test('is written down before it begins, performed step by step, and leaves its history', async () => {
    const lab = new Lab()
    const id = lab.start(THREE)
    expect(lab.asked).toEqual([])
    expect(await lab.engine.tick()).toBeNull()
    expect(lab.did).toEqual([`run/${id}/a`, `run/${id}/b`, `run/${id}/c`])
    expect(lab.runOf(id).phase).toBe('completed')
    const entries = lab
      .rows<{ entries: string }>('SELECT entries FROM move ORDER BY n')
      .flatMap(({ entries }) => JSON.parse(entries))
    expect(entries.map(({ key, state }) => `${key} ${state}`)).toEqual(['a done', 'b done', 'c done'])
    expect(lab.rows('SELECT * FROM timer')).toEqual([])
  })

  test('is started once for each cause', async () => {
    const lab = new Lab()
    const once = lab.start(THREE)
    expect(lab.start(THREE)).toBe(once)
    expect(lab.start(THREE, {}, { source: 'click', key: 'k2' })).not.toBe(once)
    await lab.engine.tick()
    expect(lab.did).toHaveLength(6)
  })

  test('goes on with the steps it began with when the automation has changed since', async () => {
    const lab = new Lab()
    const id = lab.start([{ id: 'w', kind: 'wait', for: { amount: 1, unit: 'days' } }, act('old')])
    lab.start(
      [{ id: 'w', kind: 'wait', for: { amount: 1, unit: 'days' } }, act('new')],
      {},
      { source: 'click', key: 'k2' },
    )
    expect(await lab.engine.tick()).toBe(START + DAY)
    lab.now += DAY
    await lab.engine.tick()
    expect(lab.did[0]).toBe(`run/${id}/old`)
    expect(lab.did[1]).toContain('/new')
  })

  test('that waits wakes by itself, in another life too', async () => {
    const lab = new Lab()
    const id = lab.start([{ id: 'w', kind: 'wait', for: { amount: 3, unit: 'days' } }, act('a')])
    await lab.engine.tick()
    lab.boot()
    lab.now += 3 * DAY - 1
    expect(await lab.engine.tick()).toBe(START + 3 * DAY)
    expect(lab.did).toEqual([])
    lab.now += 1
    await lab.engine.tick()
    expect(lab.did).toEqual([`run/${id}/a`])
  })

  test('that listens hears the event that matches and no other', async () => {
    const lab = new Lab()
    const paid = {
      ...{ id: 'paid', kind: 'wait_event', event: 'invoice.paid', within: { amount: 5, unit: 'days' } },
      match: { field: 'event.invoice_id', operator: 'equals', value: '{{ trigger.invoice_id }}' },
    }
    const id = lab.start([paid, act('thanks')], { invoice_id: 'i7' })
    for (const invoice_id of ['i8', 'i7', 'i7']) lab.engine.hear('invoice.paid', { invoice_id })
    await lab.engine.tick()
    expect(lab.did).toEqual([`run/${id}/thanks`])
    expect([...lab.rows('SELECT * FROM listener'), ...lab.rows('SELECT * FROM timer')]).toEqual([])
  })

  test('whose step nobody knows fails in words', async () => {
    const lab = new Lab()
    const id = lab.start([act('a', { action: 'other.act' })])
    await lab.engine.tick()
    expect(lab.runOf(id)).toMatchObject({
      phase: 'failed',
      state: { error: expect.stringContaining('other.act') },
    })
  })

  test('tries again what failed, when its time comes', async () => {
    const lab = new Lab()
    const answers = [
      { ok: false as const, error: 'Busy.', retry: true, left: 'no' as const, afterMs: 60_000 },
    ]
    lab.answer = () => answers.pop() ?? { ok: true, output: null }
    const id = lab.start([act('a')])
    expect(await lab.engine.tick()).toBe(START + 60_000)
    lab.now += 60_000
    await lab.engine.tick()
    expect(lab.runOf(id).phase).toBe('completed')
    expect(lab.asked).toHaveLength(2)
    expect(lab.did).toHaveLength(1)
  })
})

describe('the ledger', () => {
  const perSubject = [act('mail', { once: { scope: 'custom', key: 'invoice {{ trigger.invoice }}' } })]

  test('does what has the same key once, whichever run asks, and counts what it prevented', async () => {
    const lab = new Lab()
    const runs = ['k1', 'k2', 'k3'].map((key) =>
      lab.start(perSubject, { invoice: 7 }, { source: 'event', key }),
    )
    await lab.engine.tick()
    lab.now += DAY
    await lab.engine.tick()
    expect(lab.did).toEqual(['custom/auto1/invoice 7'])
    expect(runs.map((id) => lab.runOf(id).phase)).toEqual(['completed', 'completed', 'completed'])
    expect(lab.rows('SELECT state, prevented FROM effect')).toEqual([{ state: 'sent', prevented: 2 }])
  })

  test('an effect that may have left asks a person, and is repeated only when they say so', async () => {
    const lab = new Lab()
    const answers = [{ ok: false as const, error: 'No answer.', retry: true, left: 'maybe' as const }]
    lab.answer = () => answers.pop() ?? { ok: true, output: null }
    const id = lab.start([act('a'), act('b')])
    expect(await lab.engine.tick()).toBeNull()
    expect(lab.runOf(id).state.open.a?.kind).toBe('unknown')
    lab.engine.happen(id, { kind: 'settled', key: 'a', choice: 'resend' })
    await lab.engine.tick()
    expect(lab.asked).toHaveLength(3)
    expect(lab.runOf(id).phase).toBe('completed')
  })

  test('with a provider that keeps keys the same is simply asked again', async () => {
    const lab = new Lab('keyed')
    const answers = [{ ok: false as const, error: 'No answer.', retry: true, left: 'maybe' as const }]
    lab.answer = () => answers.pop() ?? { ok: true, output: null }
    const id = lab.start([act('a')])
    lab.now = (await lab.engine.tick()) ?? 0
    await lab.engine.tick()
    expect(lab.asked).toEqual([`run/${id}/a`, `run/${id}/a`])
    expect(lab.did).toHaveLength(1)
  })
})

describe('death at any moment', () => {
  /** Every place at which a process can die: each write, each commit, the effect begun and done. */
  const places = Array.from({ length: MOMENTS }, (_, at) => at + 1)

  test.each(['unkeyed', 'keyed'] as const)('%s: once, twice or three times', async (effect) => {
    let deaths = 0
    for (const first of places) {
      for (const again of [0, 3, 7]) {
        const lab = new Lab(effect)
        lab.nextDeath(first)
        let id = ''
        for (let begun = false; !begun; ) {
          try {
            id = lab.start(THREE)
            begun = true
          } catch {
            lab.boot()
          }
        }
        if (lab.deathAt === null) deaths += 1
        if (again > 0 && lab.deathAt === null) lab.nextDeath(again)
        await lab.live()
        if (again > 0) {
          lab.nextDeath(again)
          await lab.live()
        }
        lab.deathAt = null
        const counts = new Map<string, number>()
        for (const key of lab.did) counts.set(key, (counts.get(key) ?? 0) + 1)
        const { phase, state } = lab.runOf(id)
        const open = Object.values(state.open)
        // nothing twice; and where nobody can know, a person is asked
        expect([...counts.values()].every((count) => count === 1)).toBe(true)
        expect(phase === 'completed' || open.some(({ kind }) => kind === 'unknown')).toBe(true)
        if (effect === 'keyed') expect([phase, lab.did.length]).toEqual(['completed', 3])
        expect(lab.rows('SELECT * FROM timer')).toEqual([])
        expect(lab.rows('SELECT count(*) AS n FROM run')).toEqual([{ n: 1 }])
      }
    }
    expect(deaths).toBeGreaterThan(0)
  })
})

test('six steps with two effects write at most 24 rows', async () => {
  const lab = new Lab()
  const steps = [
    { id: 's1', kind: 'set', values: { a: 1 } },
    { id: 's2', kind: 'if', condition: { all: [] }, yes: [act('e1')] },
    { id: 's3', kind: 'set', values: { b: 2 } },
    act('e2'),
    { id: 's4', kind: 'set', values: { c: 3 } },
  ]
  const before = lab.writes
  lab.start(steps)
  await lab.engine.tick()
  expect(lab.did).toHaveLength(2)
  expect(lab.writes - before).toBeLessThanOrEqual(24)
})
