import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/modules/security/domain/check.ts'
import { evaluateMail } from '../../../src/modules/security/domain/mail/evaluate.ts'
import type { FetchedPolicy } from '../../../src/modules/security/domain/mail/observation.ts'
import { observeMail } from '../../../src/modules/security/domain/mail/observe.ts'
import { type Zone, zoneLookup } from './zone.ts'

const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64')
const STRONG = `v=DKIM1; k=rsa; p=${rsa(2048)}`
const SHORT = `v=DKIM1; k=rsa; p=${rsa(1024)}`
const POLICY = 'version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n'

const txt = (...records: string[]) => ({ TXT: records })

/** A shop that did everything right. */
const GOOD: Zone = {
  'example.com': { MX: ['10 mx.example.com.'], TXT: ['v=spf1 mx -all', 'site-verification=1'] },
  'mx.example.com': { A: ['198.51.100.5'] },
  '_dmarc.example.com': txt('v=DMARC1; p=reject; rua=mailto:dmarc@example.com'),
  'default._domainkey.example.com': txt(STRONG),
  '_mta-sts.example.com': txt('v=STSv1; id=1'),
  '_smtp._tls.example.com': txt('v=TLSRPTv1; rua=mailto:tls@example.com'),
  'default._bimi.example.com': txt('v=BIMI1; l=https://example.com/logo.svg'),
}
const SILENT: Zone = {
  'example.com': { MX: ['0 .'], TXT: ['v=spf1 -all'] },
  '_dmarc.example.com': txt('v=DMARC1; p=reject; rua=mailto:dmarc@example.com'),
}

interface Change {
  zone?: Zone
  base?: Zone
  policy?: Partial<FetchedPolicy> | null
  bogus?: string[]
  signed?: boolean
}

async function judge({
  zone = {},
  base = GOOD,
  policy = {},
  bogus = [],
  signed = false,
}: Change): Promise<CheckResult[]> {
  const read = async () =>
    policy ? { status: 200, contentType: 'text/plain', text: POLICY, ...policy } : null
  const sources = { lookup: zoneLookup({ ...base, ...zone }, bogus, signed), read }
  const seen = await observeMail('example.com', sources)
  // what is kept is plain data
  return evaluateMail(JSON.parse(JSON.stringify(seen)))
}

const outcome = async (id: string, change: Change) => {
  const result = (await judge(change)).find(({ check }) => check === id)
  return [result?.status, result?.evidence.outcome]
}

const apex = (texts: string[], more: Record<string, string[]> = {}): Change => ({
  zone: { 'example.com': { MX: ['10 mx.example.com.'], TXT: texts, ...more } },
})
const at = (name: string, ...texts: string[]): Change => ({
  zone: { [`${name}.example.com`]: txt(...texts) },
})
const dmarc = (tags: string): Change => at('_dmarc', `v=DMARC1; ${tags}`)
const RUA = 'rua=mailto:dmarc@example.com'

it('passes a shop that did everything right, one result a check', async () => {
  const results = await judge({})
  expect(results.map(({ check }) => check)).toEqual(
    Array.from({ length: 15 }, (_, index) => `EML-${String(index + 1).padStart(2, '0')}`),
  )
  const others = results.filter(({ status }) => status !== 'pass').map(({ check, status }) => [check, status])
  expect(others).toEqual([['EML-14', 'not_applicable']])
})

it('passes a domain without mail that says so', async () => {
  const results = await judge({ base: SILENT })
  const failing = results.filter(({ status }) => ['fail', 'warn', 'not_tested'].includes(status))
  expect(failing).toEqual([])
  expect(results.filter(({ status }) => status === 'pass').map(({ check }) => check)).toContain('EML-14')
})

it('tests nothing while the name servers are silent, and passes nothing', async () => {
  const silent = Object.fromEntries(
    [
      'example.com',
      'mx.example.com',
      ...['_dmarc', '_mta-sts', '_smtp._tls', 'default._bimi'].map((name) => `${name}.example.com`),
    ].map((name) => [name, { TXT: 'timeout', MX: 'timeout' }] as const),
  )
  const results = await judge({ zone: silent, base: {} })
  expect(results.filter(({ status }) => status === 'pass')).toEqual([])
  const tested = results.filter(({ status }) => status !== 'not_tested').map(({ check }) => check)
  expect(tested).toEqual(['EML-05', 'EML-06'])
})

const long = Array.from({ length: 11 }, (_, index) => `a:h${index}.example.net`).join(' ')
const HOSTS: Zone = Object.fromEntries(
  Array.from({ length: 11 }, (_, index) => [`h${index}.example.net`, { A: ['198.51.100.9'] }]),
)

describe.each<[string, [string, Change, string, string][]]>([
  [
    'EML-01',
    [
      ['no policy', apex(['hello']), 'fail', 'spf-missing'],
      ['two', apex(['v=spf1 -all', 'v=spf1 ~all']), 'fail', 'spf-twice'],
      ['an answer that does not validate', { bogus: ['example.com'] }, 'not_tested', 'dns-silent'],
    ],
  ],
  [
    'EML-02',
    [
      ['no policy', apex([]), 'not_applicable', 'spf-missing'],
      ['a wrong term', apex(['v=spf1 ipv4:192.0.2.0/24 -all']), 'fail', 'spf-broken'],
      [
        'eleven look-ups',
        { zone: { ...apex([`v=spf1 ${long} -all`]).zone, ...HOSTS } },
        'fail',
        'spf-too-long',
      ],
      [
        'an included policy that is gone',
        apex(['v=spf1 include:gone.example.net -all']),
        'fail',
        'spf-broken',
      ],
      [
        'an included policy that is silent',
        {
          zone: {
            ...apex(['v=spf1 include:slow.example.net -all']).zone,
            'slow.example.net': { TXT: 'timeout' },
          },
        },
        'not_tested',
        'spf-silent',
      ],
    ],
  ],
  [
    'EML-03',
    [
      ['a doubt', apex(['v=spf1 mx ~all']), 'pass', 'spf-doubts'],
      ['no end', apex(['v=spf1 mx']), 'fail', 'spf-open'],
      ['a neutral end', apex(['v=spf1 mx ?all']), 'fail', 'spf-open'],
      ['everybody', apex(['v=spf1 mx +all']), 'fail', 'spf-all-allowed'],
      [
        'an end elsewhere',
        {
          zone: {
            ...apex(['v=spf1 redirect=_spf.example.net']).zone,
            '_spf.example.net': txt('v=spf1 -all'),
          },
        },
        'pass',
        'spf-refuses',
      ],
    ],
  ],
  [
    'EML-04',
    [
      ['half of the internet', apex(['v=spf1 ip4:0.0.0.0/1 -all']), 'fail', 'spf-wide'],
      ['a wide network of IPv6', apex(['v=spf1 ip6:2001::/16 -all']), 'fail', 'spf-wide'],
      ['a network of 65,536', apex(['v=spf1 ip4:198.51.0.0/16 -all']), 'pass', 'spf-narrow'],
      ['ptr', apex(['v=spf1 ptr -all']), 'warn', 'spf-ptr'],
      [
        'a wide network in an included policy',
        {
          zone: {
            ...apex(['v=spf1 include:wide.example.net -all']).zone,
            'wide.example.net': txt('v=spf1 ip4:64.0.0.0/8'),
          },
        },
        'fail',
        'spf-wide',
      ],
    ],
  ],
  [
    'EML-05',
    [
      ['a short key', at('default._domainkey', SHORT), 'warn', 'dkim-short'],
      ['a withdrawn key', at('default._domainkey', 'v=DKIM1; p='), 'fail', 'dkim-unusable'],
      ['no key', at('default._domainkey'), 'warn', 'dkim-missing'],
      ['a domain without mail', { base: SILENT }, 'not_applicable', 'mail-none'],
    ],
  ],
  [
    'EML-06',
    [
      ['a key in test', at('default._domainkey', `${STRONG}; t=y`), 'fail', 'dkim-testing'],
      ['a broken key', at('default._domainkey', 'v=DKIM1; p=AAAA'), 'fail', 'dkim-broken'],
      ['an old withdrawn key beside a good one', at('mail._domainkey', 'v=DKIM1; p='), 'pass', 'dkim-in-use'],
      ['no key', at('default._domainkey'), 'not_applicable', 'dkim-missing'],
    ],
  ],
  [
    'EML-07',
    [
      ['no record', at('_dmarc'), 'fail', 'dmarc-missing'],
      ['two records', at('_dmarc', 'v=DMARC1; p=none', 'v=DMARC1; p=reject'), 'fail', 'dmarc-twice'],
      ['a policy that is no word', dmarc('p=block'), 'fail', 'dmarc-unusable'],
      ['a broken tag', dmarc(`p=reject; ${RUA}; adkim=x`), 'fail', 'dmarc-broken'],
      ['no policy', dmarc(RUA), 'warn', 'dmarc-without-policy'],
    ],
  ],
  [
    'EML-08',
    [
      ['no record', at('_dmarc'), 'fail', 'dmarc-missing'],
      ['watching only', dmarc(`p=none; ${RUA}`), 'fail', 'dmarc-none'],
      ['a test', dmarc(`p=reject; t=y; ${RUA}`), 'fail', 'dmarc-testing'],
      ['weaker subdomains', dmarc(`p=reject; sp=none; ${RUA}`), 'fail', 'dmarc-subdomains-weaker'],
      ['weaker made-up names', dmarc(`p=reject; np=none; ${RUA}`), 'fail', 'dmarc-subdomains-weaker'],
      ['a share', dmarc(`p=reject; pct=10; ${RUA}`), 'warn', 'dmarc-partly'],
      ['quarantine', dmarc(`p=quarantine; ${RUA}`), 'pass', 'dmarc-enforced'],
    ],
  ],
  [
    'EML-09',
    [
      ['no address', dmarc('p=reject'), 'fail', 'reports-missing'],
      [
        'an address elsewhere without consent',
        dmarc('p=reject; rua=mailto:x@example.net'),
        'fail',
        'reports-not-consented',
      ],
      [
        'an address elsewhere with consent',
        {
          zone: {
            '_dmarc.example.com': txt('v=DMARC1; p=reject; rua=mailto:x@example.net'),
            'example.com._report._dmarc.example.net': txt('v=DMARC1;'),
          },
        },
        'pass',
        'reports-arrive',
      ],
    ],
  ],
  [
    'EML-10',
    [
      ['a removed tag', dmarc(`p=reject; pct=100; ${RUA}`), 'warn', 'dmarc-removed-tags'],
      ['no record', at('_dmarc'), 'not_applicable', 'dmarc-missing'],
    ],
  ],
  [
    'EML-11',
    [
      ['no record', at('_mta-sts'), 'fail', 'mta-sts-missing'],
      ['a broken record', at('_mta-sts', 'v=STSv1'), 'fail', 'mta-sts-record-broken'],
      ['no file', { policy: null }, 'fail', 'mta-sts-unreachable'],
      ['a file that is not found', { policy: { status: 404 } }, 'fail', 'mta-sts-unreachable'],
      ['a page', { policy: { contentType: 'text/html' } }, 'fail', 'mta-sts-not-plain'],
      ['a broken file', { policy: { text: 'mode: enforce' } }, 'fail', 'mta-sts-broken'],
      [
        'a policy that is off',
        { policy: { text: POLICY.replace('enforce', 'none') } },
        'fail',
        'mta-sts-off',
      ],
      ['a test', { policy: { text: POLICY.replace('enforce', 'testing') } }, 'warn', 'mta-sts-testing'],
      ['a short policy', { policy: { text: POLICY.replace('604800', '86400') } }, 'warn', 'mta-sts-short'],
      [
        'another server',
        { policy: { text: POLICY.replace('mx.', 'old.') } },
        'fail',
        'mta-sts-server-missing',
      ],
      ['a domain without mail', { base: SILENT }, 'not_applicable', 'mail-none'],
    ],
  ],
  [
    'EML-12',
    [
      ['no record', at('_smtp._tls'), 'fail', 'tls-rpt-missing'],
      ['a broken record', at('_smtp._tls', 'v=TLSRPTv1; rua=me'), 'fail', 'tls-rpt-broken'],
      ['two', at('_smtp._tls', 'v=TLSRPTv1; rua=mailto:a@b.example', 'v=TLSRPTv1'), 'fail', 'tls-rpt-twice'],
      ['a domain without mail', { base: SILENT }, 'not_applicable', 'mail-none'],
    ],
  ],
  [
    'EML-13',
    [
      ['no record', at('default._bimi'), 'not_applicable', 'bimi-missing'],
      ['a declined logo', at('default._bimi', 'v=BIMI1; l=; a='), 'not_applicable', 'bimi-declined'],
      [
        'a picture of another kind',
        at('default._bimi', 'v=BIMI1; l=https://example.com/l.png'),
        'fail',
        'bimi-broken',
      ],
      ['watching only', dmarc(`p=none; ${RUA}`), 'warn', 'bimi-without-dmarc'],
    ],
  ],
  [
    'EML-14',
    [
      ['mail in use', {}, 'not_applicable', 'mail-in-use'],
      ['nothing said', { base: { 'example.com': {} } }, 'fail', 'silence-missing'],
      ['no null MX', { base: SILENT, zone: { 'example.com': txt('v=spf1 -all') } }, 'warn', 'silence-partly'],
      [
        'a doubt',
        { base: SILENT, zone: { 'example.com': { MX: ['0 .'], TXT: ['v=spf1 ~all'] } } },
        'fail',
        'silence-missing',
      ],
    ],
  ],
  [
    'EML-15',
    [
      ['an address', apex(['v=spf1 -all'], { MX: ['10 192.0.2.1.'] }), 'fail', 'mx-address'],
      [
        'an alias',
        {
          zone: {
            'mx.example.com': { CNAME: ['real.example.net.'] },
            'real.example.net': { A: ['192.0.2.1'] },
          },
        },
        'fail',
        'mx-alias',
      ],
      [
        'a null MX beside another',
        apex(['v=spf1 -all'], { MX: ['0 .', '10 mx.example.com.'] }),
        'fail',
        'mx-null-among-others',
      ],
      ['a domain without mail', { base: SILENT }, 'not_applicable', 'mail-none'],
    ],
  ],
])('%s', (id, cases) => {
  it.each(cases)('%s', async (_, change, status, word) =>
    expect(await outcome(id, change)).toEqual([status, word]),
  )
})

it('weighs a list that allows everybody as critical', async () => {
  const results = await judge(apex(['v=spf1 +all']))
  expect(results.find(({ check }) => check === 'EML-03')?.severity).toBe('critical')
})

it('notes DANE, only where it is signed and binds to a key', async () => {
  const tlsa = (record: string): Zone => ({ '_25._tcp.mx.example.com': { TLSA: [record] } })
  const without = { '_mta-sts.example.com': txt() }
  const judged = async (zone: Zone, signed: boolean) => {
    const results = await judge({ zone: { ...zone, ...without }, signed })
    const note = results.find(({ check }) => check === 'EML-15')?.evidence.summary.includes('DANE')
    return [note, results.find(({ check }) => check === 'EML-11')?.status]
  }
  expect(await judged(tlsa('3 1 1 00ff'), true)).toEqual([true, 'warn'])
  expect(await judged(tlsa('3 1 1 00ff'), false)).toEqual([false, 'fail'])
  expect(await judged(tlsa('1 1 1 00ff'), true)).toEqual([false, 'fail'])
})

it('counts the look-ups past the limit', async () => {
  const results = await judge({ zone: { ...apex([`v=spf1 ${long} -all`]).zone, ...HOSTS } })
  expect(results.find(({ check }) => check === 'EML-02')?.evidence.summary).toContain('11 look-ups')
})
