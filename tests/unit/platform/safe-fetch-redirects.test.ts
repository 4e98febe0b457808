// Redirects of strangers: what goes along, what does not, and that nothing they answer throws.
import { afterEach, expect, test, vi } from 'vitest'
import { fetchText, refuseUrl } from '../../../src/platform/safe-fetch.ts'

afterEach(() => vi.unstubAllGlobals())

function answers(...list: Response[]): Request[] {
  const asked: Request[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(new Request(url, init))
    return list[asked.length - 1] ?? new Response('end')
  })
  return asked
}

const to = (Location: string, status = 302) => new Response(null, { status, headers: { Location } })
const init = {
  method: 'POST',
  body: 'secret body',
  headers: { Authorization: 'Bearer a', 'X-Api-Key': 'b', Cookie: 'c', Accept: 'text/html' },
}
const rules = { allowPrivate: [] }

test('nothing that could be a credential goes to another origin, nor does the body', async () => {
  for (const status of [302, 307, 308]) {
    const asked = answers(to('https://elsewhere.example/', status))
    await fetchText('https://shop.example/', init, rules)
    expect([...(asked[1]?.headers.keys() ?? [])].sort()).toEqual(['accept', 'user-agent'])
    expect(asked[1]?.method).toBe('GET')
  }
})

test('on the same origin a 307 goes on as it was, a 302 as a GET', async () => {
  const kept = answers(to('/next', 307))
  await fetchText('https://shop.example/', init, rules)
  expect([kept[1]?.method, kept[1]?.headers.get('X-Api-Key'), await kept[1]?.text()]).toEqual([
    'POST',
    'b',
    'secret body',
  ])
  const turned = answers(to('/next', 302))
  await fetchText('https://shop.example/', init, rules)
  expect([turned[1]?.method, turned[1]?.headers.get('X-Api-Key')]).toEqual(['GET', 'b'])
})

test('a redirect to nowhere or to a private place is a value, never a throw', async () => {
  answers(to('http://['))
  expect(await fetchText('https://shop.example/', init, rules)).toMatchObject({
    ok: false,
    error: { slug: 'bad-redirect' },
  })
  answers(to('http://169.254.169.254/latest'))
  expect(await fetchText('https://shop.example/', init, rules)).toMatchObject({
    ok: false,
    error: { slug: 'address-refused' },
  })
})

test('a dot at the end of a private name hides nothing', () => {
  for (const host of ['localhost.', 'metadata.google.internal.', 'printer.local..', 'host.home.arpa.'])
    expect(refuseUrl(`http://${host}/x`, [])).toContain('public internet')
  expect(refuseUrl('https://shop.example./x', [])).toBeNull()
})
