// Why revenue moved: by any dimension the parts add up to the change, exactly, on real rollups.
import { describe, expect, test } from 'vitest'
import { type WhyQuestion, whyMoved } from '../../src/modules/mini-foundry/actions/why-moved.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld } from '../support/world.ts'

async function shop() {
  const world = await makeWorld('2026-03-01T12:00:00.000Z')
  const line = (id: string, day: string, net: number, product: string, customer: string, channel = 'web') =>
    saleOf(id, day, net, { productName: product, customerExtId: customer, channel })
  const actor = await makeShop(world, [
    line('1', '2026-01-05', 100, 'Lamp', 'ann'),
    line('2', '2026-01-06', 33.3333, 'Bulb', 'ben'),
    line('3', '2026-01-07', 50, 'Rug', 'ben', 'stall'),
    line('4', '2026-02-05', 120, 'Lamp', 'ann'),
    line('5', '2026-02-06', 120, 'Lamp', 'cleo'),
    line('6', '2026-02-07', 66.6667, 'Bulb', 'ben'),
    line('7', '2026-02-08', 10, 'Mug', 'dan', 'stall'),
  ])
  const ask = async (question: WhyQuestion) => {
    const answer = await whyMoved(world.services, actor, {
      from: '2026-02-01',
      to: '2026-02-28',
      compare: 'previous_year',
      ...question,
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.error))
    return answer.value
  }
  return { ask, world, actor }
}

const major = (value: number) => value / 10_000

describe('the change of revenue', () => {
  test.each(['product', 'category', 'channel', 'country', 'region', 'source', 'customer'])(
    'by %s is the sum of its parts to the cent',
    async (by) => {
      const { ask } = await shop()
      for (const metric of ['revenue', 'net_revenue']) {
        const answer = await ask({ by, metric, compare: 'previous_period' })
        const sum = answer.parts.reduce((all, part) => all + part.change, 0)
        expect(sum).toBe(answer.total.change)
        expect(major(answer.total.now)).toBe(316.67)
        expect(answer.total.change).toBe(answer.total.now - answer.total.before)
      }
    },
  )

  test('is told as price, volume, mix, new and gone, which add up to it', async () => {
    const { ask } = await shop()
    const { effects, total, parts } = await ask({ by: 'product', compare: 'previous_period' })
    if (!effects) throw new Error('no effects')
    expect(effects.volume + effects.mix + effects.price + effects.arrived + effects.left).toBe(total.change)
    expect(major(effects.arrived)).toBe(10)
    expect(major(effects.left)).toBe(-50)
    expect(parts.find(({ value }) => value === 'Mug')?.state).toBe('new')
    expect(parts.find(({ value }) => value === 'Rug')?.state).toBe('gone')
  })

  test('by customer tells the new from the returning', async () => {
    const { ask } = await shop()
    const { parts } = await ask({ by: 'customer', compare: 'previous_period' })
    const now = Object.fromEntries(parts.map(({ value, now: amount }) => [value, major(amount)]))
    expect(now).toEqual({ new: 130, returning: 186.67 })
  })

  test('orders are counted, and not split by what an order may hold several of', async () => {
    const { ask, world, actor } = await shop()
    const answer = await ask({ metric: 'orders', by: 'channel', compare: 'previous_period' })
    expect([answer.total.now, answer.total.before, answer.currency]).toEqual([4, 3, null])
    const refused = await whyMoved(world.services, actor, { metric: 'orders', by: 'product' })
    expect(refused).toMatchObject({ ok: false, error: { errors: [{ path: 'by' }] } })
  })

  test.each([
    [{ metric: 'profit' }, 'metric'],
    [{ by: 'moon' }, 'by'],
    [{ from: 'x' }, 'from'],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'to'],
    [{ by: 'customer', from: '2025-01-01', to: '2026-01-01' }, 'to'],
  ] as [WhyQuestion, string][])('asked as %o is refused at the field %s', async (question, path) => {
    const { world, actor } = await shop()
    const answer = await whyMoved(world.services, actor, question)
    expect(answer).toMatchObject({ ok: false, error: { errors: [{ path }] } })
  })
})
