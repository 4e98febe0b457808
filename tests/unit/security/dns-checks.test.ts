import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/modules/security/domain/check.ts'
import { evaluateDns } from '../../../src/modules/security/domain/dns/evaluate.ts'
import type { DnsContext } from '../../../src/modules/security/domain/dns/observation.ts'
import { observeDns } from '../../../src/modules/security/domain/dns/observe.ts'
import { parseRegistration } from '../../../src/modules/security/domain/dns/registration.ts'
import { vendorsOf } from '../../../src/modules/security/domain/dns/tokens.ts'
import { type Zone, zoneLookup } from './zone.ts'

const NOW = Date.parse('2026-11-23T00:00:00Z')
const DAY = 86_400_000

const rdap = (days: number | null, status: string[] = ['client transfer prohibited', 'active']) => ({
  objectClassName: 'domain',
  ldhName: 'EXAMPLE.COM',
  status,
  events: [
    { eventAction: 'registration', eventDate: '2010-01-01T00:00:00Z' },
    ...(days === null
      ? []
      : [{ eventAction: 'expiration', eventDate: new Date(NOW + days * DAY + 1000).toISOString() }]),
  ],
  entities: [
    {
      roles: ['registrar'],
      vcardArray: [
        'vcard',
        [
          ['version', {}, 'text', '4.0'],
          ['fn', {}, 'text', 'Names Ltd'],
        ],
      ],
    },
  ],
})

const GOOD: Zone = {
  'example.com': {
    SOA: ['ns1.example.net. host.example.com. 1 2 3 4 5'],
    NS: ['ns1.example.net.', 'ns2.example.net.'],
    MX: ['10 mx.example.net.'],
    A: ['93.184.216.34'],
    CAA: ['0 issue "letsencrypt.org"', '0 iodef "mailto:security@example.com"'],
    TXT: ['v=spf1 -all', 'google-site-verification=abc'],
  },
  'www.example.com': { CNAME: ['example.com.'] },
  'ns1.example.net': { A: ['198.41.0.4'] },
  'ns2.example.net': { AAAA: ['2001:503:ba3e::2:30'] },
  'mx.example.net': { A: ['198.41.0.5'] },
}

interface Change {
  zone?: Zone
  hosts?: string[]
  page?: { status: number; text: string } | null
  registry?: unknown
  context?: Partial<DnsContext>
  bogus?: string[]
  signed?: boolean
}

async function judge(change: Change): Promise<CheckResult[]> {
  const { zone = {}, hosts = ['www.example.com'], page = null, registry = rdap(200), context = {} } = change
  const lookup = zoneLookup({ ...GOOD, ...zone }, change.bogus, change.signed ?? true)
  const register = async () => parseRegistration(registry)
  const seen = await observeDns('example.com', hosts, 'q7x2k9', { lookup, read: async () => page, register })
  const known = {
    now: NOW,
    issuer: "Let's Encrypt",
    hasWildcardName: false,
    wildcardDeclared: false,
    vendors: ['Google LLC'],
  }
  return evaluateDns(JSON.parse(JSON.stringify(seen)), { ...known, ...context })
}

const outcome = async (id: string, change: Change) => {
  const result = (await judge(change)).find(({ check }) => check === id)
  return [result?.status, result?.evidence.outcome]
}

const apex = (types: Record<string, string[] | 'timeout'>): Change => ({
  zone: { 'example.com': { ...GOOD['example.com'], ...types } },
})
const alias = (target: string, more: Zone = {}): Zone => ({
  'shop.example.com': { CNAME: [`${target}.`] },
  ...more,
})
const shop = (target: string, page: Change['page'] = null): Change => ({
  hosts: ['shop.example.com'],
  zone: alias(target, { [target]: { A: ['185.199.108.153'] } }),
  page,
})

it('passes a domain that is in order, one result a check', async () => {
  const results = await judge({})
  expect(results.map(({ check }) => check)).toEqual(
    Array.from({ length: 11 }, (_, index) => `DNS-${String(index + 1).padStart(2, '0')}`),
  )
  expect(results.filter(({ status }) => status !== 'pass')).toEqual([])
})

it('tests nothing while everything is silent, and passes nothing', async () => {
  const silent = Object.fromEntries(
    ['SOA', 'NS', 'MX', 'A', 'AAAA', 'CAA', 'TXT'].map((type) => [type, 'timeout' as const]),
  )
  const zone = { 'example.com': silent, 'q7x2k9.example.com': silent, 'www.example.com': silent }
  const results = await judge({ zone, registry: null })
  expect(results.filter(({ status }) => status !== 'not_tested')).toEqual([])
})

describe.each<[string, [string, Change, string, string][]]>([
  [
    'DNS-01',
    [
      ['no signatures', { signed: false }, 'fail', 'dnssec-missing'],
      ['broken ones', { bogus: ['example.com'] }, 'fail', 'dnssec-bogus'],
      ['a silent server', apex({ SOA: 'timeout' }), 'not_tested', 'dns-silent'],
    ],
  ],
  [
    'DNS-02',
    [
      ['no rule', apex({ CAA: [] }), 'fail', 'caa-missing'],
      ['a contact only', apex({ CAA: ['0 iodef "mailto:a@example.com"'] }), 'fail', 'caa-missing'],
      ['nobody allowed', apex({ CAA: ['0 issue ";"'] }), 'pass', 'caa-found'],
    ],
  ],
  [
    'DNS-03',
    [
      ['another issuer', { context: { issuer: 'DigiCert Inc' } }, 'fail', 'caa-other-issuer'],
      [
        'no contact',
        apex({ CAA: ['0 issue "letsencrypt.org; validationmethods=dns-01"'] }),
        'warn',
        'caa-without-iodef',
      ],
      ['a certificate that was not seen', { context: { issuer: null } }, 'not_tested', 'issuer-unknown'],
      ['an issuer that we do not know', { context: { issuer: 'Tiny CA' } }, 'not_tested', 'issuer-unlisted'],
      ['no rule', apex({ CAA: [] }), 'not_applicable', 'caa-missing'],
      [
        'a name with a star under its own rule',
        {
          ...apex({
            CAA: ['0 issue "letsencrypt.org"', '0 issuewild ";"', '0 iodef "mailto:a@example.com"'],
          }),
          context: { hasWildcardName: true },
        },
        'fail',
        'caa-other-issuer',
      ],
    ],
  ],
  [
    'DNS-04',
    [
      [
        'an abandoned page',
        shop('acme.github.io', { status: 404, text: "There isn't a GitHub Pages site here." }),
        'fail',
        'takeover-possible',
      ],
      ['a page in use', shop('acme.github.io', { status: 200, text: 'Welcome' }), 'pass', 'aliases-in-use'],
      ['a page that does not answer', shop('acme.github.io'), 'not_tested', 'alias-unclear'],
      [
        'a name that can be had again',
        { hosts: ['shop.example.com'], zone: alias('acme.azurewebsites.net') },
        'fail',
        'takeover-possible',
      ],
      [
        'a name that is gone',
        { hosts: ['shop.example.com'], zone: alias('old.example.net') },
        'warn',
        'alias-dangling',
      ],
    ],
  ],
  [
    'DNS-05',
    [
      ['a mail server that is gone', apex({ MX: ['10 gone.example.net.'] }), 'fail', 'target-gone'],
      [
        'a name server that is gone',
        apex({ NS: ['ns1.example.net.', 'gone.example.net.'] }),
        'fail',
        'target-gone',
      ],
      ['a null MX', apex({ MX: ['0 .'] }), 'pass', 'targets-exist'],
      [
        'a server that is silent',
        { zone: { 'mx.example.net': { A: 'timeout' } } },
        'not_tested',
        'dns-silent',
      ],
    ],
  ],
  ['DNS-06', [['one name server', apex({ NS: ['ns1.example.net.'] }), 'fail', 'name-server-alone']]],
  [
    'DNS-07',
    [
      ['a catch-all', { zone: { 'q7x2k9.example.com': { A: ['93.184.216.34'] } } }, 'fail', 'catch-all'],
      [
        'a wanted one',
        { zone: { 'q7x2k9.example.com': { A: ['93.184.216.34'] } }, context: { wildcardDeclared: true } },
        'not_applicable',
        'catch-all-declared',
      ],
    ],
  ],
  [
    'DNS-08',
    [
      [
        'an inner address',
        { hosts: ['nas.example.com'], zone: { 'nas.example.com': { A: ['192.168.1.5'] } } },
        'fail',
        'private-address',
      ],
      [
        'a local one of IPv6',
        { hosts: ['nas.example.com'], zone: { 'nas.example.com': { AAAA: ['fd00::1'] } } },
        'fail',
        'private-address',
      ],
    ],
  ],
  [
    'DNS-09',
    [
      ['31 days', { registry: rdap(31) }, 'pass', 'domain-paid'],
      ['30 days', { registry: rdap(30) }, 'warn', 'domain-expires-soon'],
      ['7 days', { registry: rdap(7) }, 'warn', 'domain-expires-soon'],
      ['6 days', { registry: rdap(6) }, 'fail', 'domain-expires-now'],
      ['the past', { registry: rdap(-2) }, 'fail', 'domain-expired'],
      ['no date', { registry: rdap(null) }, 'not_tested', 'expiry-hidden'],
      ['no answer', { registry: { errorCode: 404 } }, 'not_tested', 'registry-silent'],
    ],
  ],
  [
    'DNS-10',
    [
      ['no lock', { registry: rdap(200, ['active']) }, 'fail', 'transfer-open'],
      [
        'a lock in the words of EPP',
        { registry: rdap(200, ['clientTransferProhibited']) },
        'pass',
        'transfer-locked',
      ],
      ['no statuses', { registry: rdap(200, []) }, 'not_tested', 'lock-hidden'],
    ],
  ],
  [
    'DNS-11',
    [
      [
        'an unknown vendor',
        apex({ TXT: ['google-site-verification=a', 'stripe-verification=b'] }),
        'warn',
        'tokens-unknown',
      ],
      ['no register', { context: { vendors: null } }, 'not_tested', 'vendors-unknown'],
      ['no tokens', apex({ TXT: ['v=spf1 -all'] }), 'not_applicable', 'tokens-missing'],
    ],
  ],
])('%s', (id, cases) => {
  it.each(cases)('%s', async (_, change, status, word) =>
    expect(await outcome(id, change)).toEqual([status, word]),
  )
})

it('takes the rule for issuers from the nearest name upwards', async () => {
  const lookup = zoneLookup(GOOD)
  const sources = { lookup, read: async () => null, register: async () => null }
  const seen = await observeDns('a.b.example.com', [], 'x', sources)
  expect(seen.caa.domain).toBe('example.com')
})

it('weighs broken signatures as high', async () => {
  const results = await judge({ bogus: ['example.com'] })
  expect(results[0]?.severity).toBe('high')
})

it('reads the registry: date, locks and the registrar', () => {
  expect(parseRegistration(rdap(0))).toEqual({
    expiresAt: NOW + 1000,
    statuses: ['client transfer prohibited', 'active'],
    registrar: 'Names Ltd',
  })
  expect([parseRegistration(null), parseRegistration('x'), parseRegistration({})]).toEqual([null, null, null])
})

it('names the vendors behind tokens, known ones and others', () => {
  expect(
    vendorsOf([
      'MS=ms12345678',
      'google-site-verification=x',
      'google-site-verification=y',
      'acme-domain-verification=1',
      'v=spf1 -all',
      'hello world',
    ]),
  ).toEqual(['Google', 'Microsoft', 'acme'])
})
