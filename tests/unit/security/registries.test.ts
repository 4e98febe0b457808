import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createRegistry } from '../../../src/connectors/dns/registry.ts'
import { createIssuedReader } from '../../../src/connectors/tls/issued.ts'
import { judgeLoggedHosts, judgeLoggedIssuers } from '../../../src/modules/security/domain/tls/judge-logs.ts'
import type { IssuedCertificate, TlsContext } from '../../../src/modules/security/domain/tls/observation.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A registry on this machine: paths to status and body. */
async function standIn(answer: (path: string) => { status?: number; body?: unknown; location?: string }) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const { status = 200, body = '', location } = answer(request.url ?? '')
    response.writeHead(status, location ? { Location: location } : {})
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  closers.push(() => server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { base: `http://${host}`, asked, rules: { allowPrivate: [host] } }
}

describe('the registry of domains', () => {
  const body = {
    objectClassName: 'domain',
    status: ['active'],
    events: [{ eventAction: 'expiration', eventDate: '2027-01-01T00:00:00Z' }],
  }

  it('follows to the registry of the ending', async () => {
    const { base, asked, rules } = await standIn((path) =>
      path.startsWith('/domain/') ? { status: 302, location: '/com/v1' } : { body },
    )
    expect(await createRegistry(base, rules)('example.com')).toEqual({
      expiresAt: Date.UTC(2027, 0, 1),
      statuses: ['active'],
      registrar: null,
    })
    expect(asked).toEqual(['/domain/example.com', '/com/v1'])
  })

  it.each([
    [{ status: 404, body }],
    [{ status: 429 }],
    [{ body: '<html>' }],
    [{ body: { objectClassName: 'entity' } }],
  ])('gives nothing for %j', async (answer) => {
    const { base, rules } = await standIn(() => answer)
    expect(await createRegistry(base, rules)('example.com')).toBeNull()
  })
})

describe('the public logs', () => {
  const issuance = (id: string, day: string, issuer: object) => ({
    id,
    dns_names: ['Shop.example', '*.shop.example'],
    issuer,
    not_before: `${day}T00:00:00Z`,
    not_after: '2027-02-01T00:00:00-00:00',
  })

  it('gives the newest first, and where to go on', async () => {
    const { base, asked, rules } = await standIn(() => ({
      body: [
        issuance('7', '2026-10-01', { name: "C=US, O=Let's Encrypt, CN=E5" }),
        issuance('9', '2026-11-01', { friendly_name: 'Sectigo', caa_domains: ['sectigo.com'] }),
      ],
    }))
    const found = await createIssuedReader(base, rules)('shop.example', '5')
    expect(found?.cursor).toBe('9')
    expect(found?.certificates.map(({ id, issuer, issuerDomains }) => [id, issuer, issuerDomains])).toEqual([
      ['9', 'Sectigo', ['sectigo.com']],
      ['7', "Let's Encrypt", []],
    ])
    expect(found?.certificates[0]).toMatchObject({
      dnsNames: ['shop.example', '*.shop.example'],
      notBefore: Date.UTC(2026, 10, 1),
      notAfter: Date.UTC(2027, 1, 1),
    })
    expect(asked).toEqual([
      '/v1/issuances?domain=shop.example&include_subdomains=true&after=5&expand=dns_names&expand=issuer',
    ])
  })

  it('keeps its place when nothing is new, and gives nothing when it is refused', async () => {
    const empty = await standIn(() => ({ body: [] }))
    expect(await createIssuedReader(empty.base, empty.rules)('a.example', '5')).toEqual({
      certificates: [],
      cursor: '5',
    })
    const busy = await standIn(() => ({ status: 429, body: { code: 'rate_limited' } }))
    expect(await createIssuedReader(busy.base, busy.rules)('a.example', null)).toBeNull()
  })
})

describe('TLS-11 and TLS-12', () => {
  const NOW = Date.UTC(2026, 10, 23)
  const logged = (over: Partial<IssuedCertificate> = {}): IssuedCertificate => ({
    id: '1',
    issuer: "Let's Encrypt",
    issuerDomains: [],
    dnsNames: ['shop.example', '*.shop.example'],
    notBefore: NOW - 1000,
    notAfter: NOW + 1000,
    ...over,
  })
  const judge = (issued: IssuedCertificate[] | null, over: Partial<TlsContext> = {}) => {
    const context = {
      now: NOW,
      hosts: [],
      approvedIssuers: null,
      caaIssuers: null,
      knownHosts: ['Shop.example'],
      ...over,
    }
    const seen = { host: 'shop.example', https: null, probes: null, chain: [], issued }
    return [judgeLoggedIssuers(seen, context), judgeLoggedHosts(seen, context)].map(
      ({ status, evidence }) => `${status} ${evidence.outcome}`,
    )
  }
  const other = logged({ issuer: 'Sectigo', issuerDomains: ['sectigo.com'] })

  it.each([
    ['the issuer is in CAA', [logged()], { caaIssuers: ['letsencrypt.org'] }, 'pass issuers-expected'],
    [
      'the log gives the name in CAA',
      [logged({ issuer: 'New CA', issuerDomains: ['new.example'] })],
      { caaIssuers: ['new.example'] },
      'pass issuers-expected',
    ],
    ['the owner uses it', [other], { approvedIssuers: ['sectigo'] }, 'pass issuers-expected'],
    ['nobody uses it', [logged(), other], { caaIssuers: ['letsencrypt.org'] }, 'fail issuer-strange'],
    [
      'a strange one that has run out',
      [logged(), { ...other, notAfter: NOW }],
      { caaIssuers: ['letsencrypt.org'] },
      'pass issuers-expected',
    ],
    ['nothing says what is used', [logged()], {}, 'not_tested issuers-unknown'],
  ])('%s', (_, issued, context, result) => expect(judge(issued, context)[0]).toBe(result))

  it('knows hosts by the owner’s list; stars are no hosts', () => {
    expect(judge([logged()])[1]).toBe('pass hosts-known')
    expect(judge([logged({ dnsNames: ['old.shop.example'] })])[1]).toBe('warn host-strange')
    expect(judge([logged({ dnsNames: ['old.shop.example'], notAfter: NOW - 1 })])[1]).toBe('pass hosts-known')
    expect(judge(null)).toEqual(['not_tested logs-unseen', 'not_tested logs-unseen'])
  })
})
