import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { addressesFrom, createHttpsRequest, createPageReader } from '../../../src/connectors/dns/pages.ts'
import { isCloudflare } from '../../../src/modules/security/domain/tls/cloudflare.ts'
import type { ProbeOutcome, TlsObservation } from '../../../src/modules/security/domain/tls/observation.ts'
import { observeTls } from '../../../src/modules/security/domain/tls/observe.ts'
import { isPublicAddress } from '../../../src/platform/address.ts'
import { fetchText } from '../../../src/platform/safe-fetch.ts'
import { type Zone, zoneLookup } from './zone.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function site() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`)
    if (request.url === '/inward') response.writeHead(302, { Location: 'http://inner.example/' }).end()
    else response.writeHead(200, { 'Content-Type': 'text/plain' }).end('hello')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  closers.push(() => server.close())
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

describe('what strangers name is looked up before it is fetched', () => {
  const zone: Zone = {
    'inner.example': { A: ['10.0.0.5'] },
    'mixed.example': { A: ['93.184.216.34'], AAAA: ['::1'] },
    'slow.example': { A: 'timeout' },
  }
  const addressesOf = addressesFrom(zoneLookup(zone))

  it.each([
    ['a private address', 'http://inner.example/'],
    ['one private address among public ones', 'http://mixed.example/'],
    ['a name that is gone', 'http://gone.example/'],
    ['a name server that is silent', 'http://slow.example/'],
  ])('%s is refused', async (_, url) => {
    const answer = await fetchText(url, {}, { allowPrivate: [], addressesOf })
    expect(answer).toMatchObject({ ok: false, error: { slug: 'address-refused' } })
  })

  it('a redirect is looked up as well', async () => {
    const { host, asked } = await site()
    const answer = await fetchText(`http://${host}/inward`, {}, { allowPrivate: [host], addressesOf })
    expect(answer).toMatchObject({ ok: false, error: { slug: 'address-refused' } })
    expect(asked).toEqual([`${host} /inward`])
  })
})

it.each([
  ['8.8.8.8', true],
  ['2606:4700::1', true],
  ['10.0.0.1', false],
  ['::ffff:8.8.8.8', true],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::808:808', false],
  ['2002:808:808::', false],
  ['2001:0:808:808::', false],
  ['fe80::1%eth0', false],
  ['134744072', false],
  ['8.8.2056', false],
  ['example.com', false],
])('%s is a public address: %s', (address, expected) => expect(isPublicAddress(address)).toBe(expected))

it('reads one answer, redirects as they are', async () => {
  const { host } = await site()
  const read = createPageReader({ allowPrivate: [host] })
  expect(await read(`http://${host}/`)).toEqual({ status: 200, contentType: 'text/plain', text: 'hello' })
  expect((await read(`http://${host}/inward`))?.status).toBe(302)
  expect(await read('http://10.0.0.1/')).toBeNull()
  expect(await createHttpsRequest({ allowPrivate: [host] })(host)).toBeNull()
})

describe('how a host is observed', () => {
  const accepted: ProbeOutcome = { kind: 'accepted', version: '1.2', cipher: 1 }
  const all = (outcome: ProbeOutcome): TlsObservation['probes'] => ({
    tls13: outcome,
    tls12: outcome,
    tls11: outcome,
    tls10: outcome,
    weak: outcome,
    dated: outcome,
  })
  const observe = async (
    status: number | null,
    probes: TlsObservation['probes'],
    address = '93.184.216.34',
  ) => {
    const probed: string[] = []
    const seen = await observeTls('shop.example', {
      lookup: zoneLookup({ 'shop.example': { A: [address] } }),
      probe: async (_, at) => {
        probed.push(at)
        return { probes, chain: [] }
      },
      request: async () => status,
      issued: async () => null,
    })
    return { ...seen, probed }
  }

  it.each([
    [200, all(accepted), 'trusted'],
    [404, all(accepted), 'trusted'],
    [526, all(accepted), 'untrusted'],
    [525, all({ kind: 'refused', alert: 40 }), 'closed'],
    [null, all({ kind: 'refused', alert: null }), 'closed'],
    [null, all({ kind: 'garbled' }), 'closed'],
    [null, all({ kind: 'silent' }), 'failed'],
    [null, all(accepted), 'failed'],
    [null, null, 'failed'],
  ] as const)('a request with %s is %s', async (status, probes, state) =>
    expect((await observe(status, probes)).https).toBe(state),
  )

  it('is not probed behind Cloudflare', async () => {
    expect(await observe(200, all(accepted), '104.21.5.6')).toMatchObject({ probes: null, probed: [] })
    expect((await observe(200, all(accepted))).probed).toEqual(['93.184.216.34'])
    expect(
      ['172.67.1.1', '2606:4700::6810:1', '::ffff:104.16.0.1', '8.8.8.8', 'x'].map(isCloudflare),
    ).toEqual([true, true, true, false, false])
  })
})
