// What a shop owner sees of the reading of a source, and the same over the API.
import { expect, test } from 'vitest'
import { ask } from '../support/browser.ts'
import { emptyShop, fillShop } from '../support/fake-reader.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { connectShop } from '../support/sync-source.ts'

const NOW = '2026-11-22T12:00:00Z'

test('the page of a source says what it brings, what could not be read and what changed', async () => {
  const shop = fillShop(emptyShop(), Date.parse(NOW), 12, 50)
  shop.broken.add('o3')
  shop.extra = ['orders.loyalty']
  const { world, actor, sourceId } = await connectShop(shop)
  await world.drain()
  const { cookie } = await signInAs(actor.tenantId, 'admin', Date.now())
  const page = await ask(`/foundry/sources/${sourceId}`, { headers: { Cookie: cookie } })
  expect(page.status).toBe(200)
  const text = await page.text()
  for (const words of [
    'in order',
    'Read again',
    'Pause',
    'The amount is no number.',
    'orders.loyalty',
    'History of reads',
  ])
    expect(text).toContain(words)
  const runs = await ask(`/foundry/sources/${sourceId}/runs`, { headers: { Cookie: cookie } })
  expect(await runs.text()).toContain('complete')
  const progress = await ask(`/foundry/sources/${sourceId}/progress`, { headers: { Cookie: cookie } })
  expect(await progress.text()).toContain('source-streams')
})

test('streams, runs, records and changes of shape are answered over the API', async () => {
  const shop = fillShop(emptyShop(), Date.parse(NOW), 12, 50)
  shop.broken.add('o3')
  const { world, actor, sourceId } = await connectShop(shop)
  await world.drain()
  const key = await keyFor(actor.tenantId, ['foundry:read'], Date.now())
  const get = async (what: string) => {
    const answer = await ask(`/modules/mini-foundry/sources/${sourceId}/${what}`, {
      headers: { Authorization: key.authorization },
    })
    return (await answer.json()) as { data: Record<string, unknown>[] }
  }
  expect((await get('streams')).data.map(({ history_percent }) => history_percent)).toEqual([100, 100])
  expect((await get('runs')).data.every(({ status }) => status === 'ok')).toBe(true)
  expect((await get('records')).data).toMatchObject([{ ext_id: 'o3', status: 'open' }])
  expect(await get('drift')).toMatchObject({ data: [] })
})
