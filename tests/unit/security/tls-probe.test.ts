import type { AddressInfo } from 'node:net'
import { createServer as createPlainServer, connect as openSocket, type Server } from 'node:net'
import { Duplex as NodeDuplex } from 'node:stream'
import { createServer, type TlsOptions } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { probeTls } from '../../../src/connectors/tls/probe.ts'
import { evaluateTls } from '../../../src/modules/security/domain/tls/evaluate.ts'
import type { TlsContext, TlsObservation } from '../../../src/modules/security/domain/tls/observation.ts'
import { fail, ok } from '../../../src/platform/result.ts'
import type { Dial } from '../../../src/platform/safe-connect.ts'
import { certify, ecParty, keyPem, type Party, pem, rsaParty, type Wishes } from './certificates.ts'

const DAY_MS = 86_400_000
const HOST = 'shop.example'
const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

let root: Party
let middle: Party
let leaf: Party
let rsa: Party

beforeAll(() => {
  root = ecParty('Root')
  middle = ecParty('Middle')
  leaf = ecParty(HOST)
  rsa = rsaParty(HOST, 2048)
})

const ago = (days: number) => new Date(Date.now() - days * DAY_MS)
const issuer = () => pem(certify({ subject: middle, issuer: root, authority: true }))

/** Options of a server with a whole chain; `wishes` change its own certificate. */
function chainOf(wishes: Partial<Wishes> = {}, more: string = issuer()): TlsOptions {
  const subject = wishes.subject ?? leaf
  const own = certify({ subject, issuer: middle, names: [HOST, `www.${HOST}`], ...wishes })
  return { key: keyPem(subject), cert: pem(own) + more }
}

const dial: Dial = (address, port) =>
  new Promise((resolve) => {
    const socket = openSocket({ host: address, port })
    socket.on('error', () => resolve(fail('unavailable', 'unreachable', 'No.')))
    socket.on('connect', () => {
      const { readable, writable } = NodeDuplex.toWeb(socket)
      const close = async () => {
        socket.destroy()
      }
      resolve(
        ok({
          readable: readable as unknown as ReadableStream<Uint8Array>,
          writable: writable as WritableStream,
          close,
        }),
      )
    })
  })

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return (server.address() as AddressInfo).port
}

async function observe(
  options: TlsOptions,
  https: TlsObservation['https'] = 'trusted',
): Promise<TlsObservation> {
  const server = createServer(options)
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  const seen = await probeTls(HOST, '127.0.0.1', dial, { port, timeoutMs: 3000 })
  return { host: HOST, https, issued: null, ...seen }
}

const judge = (seen: TlsObservation, context: Partial<TlsContext> = {}) =>
  Object.fromEntries(
    evaluateTls(JSON.parse(JSON.stringify(seen)), {
      now: Date.now(),
      hosts: [`www.${HOST}`],
      approvedIssuers: null,
      caaIssuers: null,
      knownHosts: [],
      ...context,
    }).map(({ check, status, evidence }) => [check, `${status} ${evidence.outcome}`]),
  )

const VERY_OLD = { minVersion: 'TLSv1', ciphers: 'ALL@SECLEVEL=0' } as const

describe('a server in good order', () => {
  it('shows its versions, its chain, and nothing weak', async () => {
    const seen = await observe({
      ...chainOf(),
      ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:TLS_AES_128_GCM_SHA256',
    })
    expect(seen.probes).toMatchObject({
      tls13: { kind: 'accepted', version: '1.3', cipher: 0x1301 },
      tls12: { kind: 'accepted', version: '1.2', cipher: 0xc02b },
      tls11: { kind: 'refused' },
      tls10: { kind: 'refused' },
      weak: { kind: 'refused' },
      dated: { kind: 'refused' },
    })
    expect(seen.chain.map(({ subject }) => subject.commonName)).toEqual([HOST, 'Middle'])
    expect(judge(seen)).toEqual({
      'TLS-01': 'pass certificate-trusted',
      'TLS-04': 'pass tls13-offered',
      'TLS-05': 'pass old-tls-refused',
      'TLS-06': 'pass certificate-fresh',
      'TLS-07': 'pass names-covered',
      'TLS-08': 'pass key-strong',
      'TLS-09': 'pass chain-whole',
      'TLS-10': 'pass weak-ciphers-refused',
      'TLS-11': 'not_tested logs-unseen',
      'TLS-12': 'not_tested logs-unseen',
    })
  })

  it('with 1.3 alone hides its chain, which is then not tested', async () => {
    const results = judge(await observe({ ...chainOf(), minVersion: 'TLSv1.3' }))
    expect(results).toMatchObject({
      'TLS-04': 'pass tls13-offered',
      'TLS-05': 'pass old-tls-refused',
      'TLS-06': 'not_tested certificate-unseen',
      'TLS-08': 'not_tested certificate-unseen',
      'TLS-10': 'pass weak-ciphers-refused',
    })
  })
})

describe('versions and ciphers', () => {
  it('sees a server without 1.3', async () =>
    expect(judge(await observe({ ...chainOf(), maxVersion: 'TLSv1.2' }))).toMatchObject({
      'TLS-04': 'fail tls13-missing',
    }))

  it.each([
    ['TLSv1', 'TLS 1.0'],
    ['TLSv1.1', 'TLS 1.1'],
  ] as const)('sees a server that speaks only %s, with its chain', async (version, name) => {
    const seen = await observe({
      ...chainOf({ subject: rsa }),
      ...VERY_OLD,
      minVersion: version,
      maxVersion: version,
    })
    expect(seen.chain).toHaveLength(2)
    expect(judge(seen)).toMatchObject({ 'TLS-04': 'fail tls13-missing', 'TLS-05': 'fail old-tls-accepted' })
    const result = evaluateTls(seen, {
      now: Date.now(),
      hosts: [],
      approvedIssuers: null,
      caaIssuers: null,
      knownHosts: [],
    })
    expect(result.find(({ check }) => check === 'TLS-05')?.evidence.seen).toEqual([name])
  })

  it('sees a server that still allows the old versions beside the new', async () =>
    expect(judge(await observe({ ...chainOf(), ...VERY_OLD }))).toMatchObject({
      'TLS-04': 'pass tls13-offered',
      'TLS-05': 'fail old-tls-accepted',
    }))

  it('sees a cipher without forward secrecy', async () => {
    const seen = await observe({ ...chainOf({ subject: rsa }), ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2' })
    expect(seen.probes?.weak).toEqual({ kind: 'accepted', version: '1.2', cipher: 0x002f })
    expect(judge(seen)).toMatchObject({ 'TLS-10': 'fail weak-cipher-accepted' })
  })

  it('sees a cipher of CBC with SHA-1', async () => {
    const ciphers = 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-GCM-SHA256'
    expect(judge(await observe({ ...chainOf(), ciphers }))).toMatchObject({
      'TLS-10': 'warn dated-cipher-accepted',
    })
  })
})

describe('certificates', () => {
  it.each<[string, () => TlsOptions, Record<string, string>]>([
    [
      'expired',
      () => chainOf({ notBefore: ago(100), notAfter: ago(2) }),
      { 'TLS-01': 'fail certificate-expired', 'TLS-06': 'fail certificate-expired' },
    ],
    [
      'not valid yet',
      () => chainOf({ notBefore: ago(-2), notAfter: ago(-90) }),
      { 'TLS-01': 'fail certificate-early', 'TLS-06': 'fail certificate-early' },
    ],
    [
      'in its last week',
      () => chainOf({ notBefore: ago(30), notAfter: ago(-6) }),
      { 'TLS-06': 'fail certificate-expires-now' },
    ],
    [
      'in its last tenth',
      () => chainOf({ notBefore: ago(360), notAfter: ago(-30) }),
      { 'TLS-06': 'fail certificate-expires-now' },
    ],
    [
      'in its last quarter',
      () => chainOf({ notBefore: ago(70), notAfter: ago(-20) }),
      { 'TLS-06': 'warn certificate-expires-soon' },
    ],
    [
      'of another host',
      () => chainOf({ names: ['other.example'] }),
      { 'TLS-01': 'fail certificate-other-host', 'TLS-07': 'fail name-missing' },
    ],
    ['without www', () => chainOf({ names: [HOST] }), { 'TLS-07': 'fail name-missing' }],
    ['with a star for www only', () => chainOf({ names: [`*.${HOST}`] }), { 'TLS-07': 'fail name-missing' }],
    [
      'signed by itself',
      () => ({ key: keyPem(leaf), cert: pem(certify({ subject: leaf, names: [HOST, `www.${HOST}`] })) }),
      { 'TLS-01': 'fail certificate-of-its-own', 'TLS-09': 'not_applicable certificate-of-its-own' },
    ],
    [
      'without its issuer',
      () => chainOf({}, ''),
      { 'TLS-01': 'fail certificate-alone', 'TLS-09': 'fail intermediate-missing' },
    ],
    [
      'with another issuer',
      () => chainOf({}, pem(certify({ subject: ecParty('Other'), issuer: root, authority: true }))),
      { 'TLS-09': 'fail intermediate-other' },
    ],
    [
      'in the wrong order',
      () => chainOf({}, pem(certify({ subject: root, authority: true })) + issuer()),
      { 'TLS-09': 'warn chain-disordered' },
    ],
    [
      'with a short key',
      () => ({ ...chainOf({ subject: rsaParty(HOST, 1024) }), ciphers: 'ALL@SECLEVEL=0' }),
      { 'TLS-08': 'fail key-short' },
    ],
    [
      'signed with SHA-1',
      () => ({ ...chainOf({ hash: 'sha1' }), ciphers: 'ALL@SECLEVEL=0' }),
      { 'TLS-08': 'fail signature-old' },
    ],
  ])('%s', async (_, options, results) => {
    expect(judge(await observe(options(), 'untrusted'))).toMatchObject(results)
  })

  it('weighs an expired one as critical', async () => {
    const seen = await observe(chainOf({ notBefore: ago(100), notAfter: ago(2) }))
    const context = { now: Date.now(), hosts: [], approvedIssuers: null, caaIssuers: null, knownHosts: [] }
    expect(evaluateTls(seen, context).find(({ check }) => check === 'TLS-06')?.severity).toBe('critical')
  })
})

describe('servers that do not help', () => {
  const plain = async (onConnect: Parameters<typeof createPlainServer>[1]) => {
    const port = await listen(createPlainServer(onConnect))
    return probeTls(HOST, '127.0.0.1', dial, { port, timeoutMs: 300 })
  }

  it('nobody listens: no probe can be made', async () => {
    const port = await listen(createPlainServer())
    servers.pop()?.close()
    const seen = await probeTls(HOST, '127.0.0.1', dial, { port })
    expect(seen).toEqual({ probes: null, chain: [] })
    expect(judge({ host: HOST, https: null, issued: null, ...seen })).toEqual(
      Object.fromEntries(
        ['01', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((id) => [
          `TLS-${id}`,
          expect.stringMatching(/^not_tested /),
        ]),
      ),
    )
  })

  it('a server that stays silent twice is asked no more', async () => {
    let connections = 0
    const silent = await plain(() => {
      connections++
    })
    expect(Object.values(silent.probes ?? {}).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => 'silent'),
    )
    expect(connections).toBe(2)
  })

  it('silence and other protocols pass nothing', async () => {
    const silent = await plain(() => {})
    expect(silent.probes?.tls12).toEqual({ kind: 'silent' })
    const web = await plain((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(web.probes?.tls12).toEqual({ kind: 'garbled' })
    const closing = await plain((socket) => socket.end())
    expect(closing.probes?.tls12).toEqual({ kind: 'refused', alert: null })
    for (const seen of [silent, web, closing]) {
      const results = Object.values(judge({ host: HOST, https: null, issued: null, ...seen }))
      expect(results.filter((result) => result.startsWith('pass'))).toEqual([])
    }
  })

  it('an endless answer ends at the limit', async () => {
    const endless = await plain((socket) => {
      socket.on('error', () => {})
      const record = Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0]), Buffer.alloc(0x4000)])
      // a certificate message that promises 16 MB
      record.set([2, 0, 0, 38, 3, 3], 5)
      record.set([11, 255, 255, 255], 5 + 42)
      const pour = () => {
        while (socket.writable && socket.write(record));
      }
      socket.on('drain', pour)
      pour()
    })
    expect(endless.probes?.tls12).toEqual({ kind: 'garbled' })
  })
})
