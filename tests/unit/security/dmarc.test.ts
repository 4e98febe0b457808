import { describe, expect, it } from 'vitest'
import { isDmarcRecord, parseDmarc } from '../../../src/modules/security/domain/dmarc.ts'
import { outsideHosts, parseReportAddresses } from '../../../src/modules/security/domain/dmarc-address.ts'
import { namesUpwards, policyFor, walkDmarc } from '../../../src/modules/security/domain/dmarc-walk.ts'
import { Remarks } from '../../../src/modules/security/domain/remark.ts'
import { type Zone, zoneResolver } from './zone.ts'

const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code)
const RUA = 'rua=mailto:reports@example.com'

describe('a record', () => {
  it.each([
    `v=DMARC1; p=none; ${RUA}`,
    `v = DMARC1 ;p = reject ;${RUA};`,
    `V=DMARC1;P=ReJeCt;${RUA}`,
    `v=DMARC1; p=quarantine; sp=none; np=reject; t=y; psd=n; adkim=s; aspf=R; ${RUA}`,
    `v=DMARC1; p=none; ${RUA},mailto:more@example.net; ruf=mailto:ruf@example.com; fo=1:d:s`,
    `v=DMARC1; p=none; rua=mailto:reports@example.com?subject=x`,
  ])('%s is valid and needs no remark', (record) => {
    expect(parseDmarc(record)).toMatchObject({ valid: true, errors: [], warnings: [] })
  })

  it.each([
    ['v=dmarc1; p=none', 'version-wrong'],
    ['p=none; v=DMARC1', 'version-wrong'],
    ['v=DMARC2; p=none', 'version-wrong'],
    [' v=DMARC1; p=none', 'version-wrong'],
    ['v=DMARC1 p=none', 'version-wrong'],
    ['v=DMARC1; p=block', 'value-wrong'],
    ['v=DMARC1; p=none; sp=all', 'value-wrong'],
    ['v=DMARC1; p=none; np=', 'tag-empty'],
    ['v=DMARC1; p=none; t=yes', 'value-wrong'],
    ['v=DMARC1; p=none; psd=x', 'value-wrong'],
    ['v=DMARC1; p=none; adkim=relaxed', 'value-wrong'],
    ['v=DMARC1; p=none; fo=2', 'value-wrong'],
    ['v=DMARC1; p=none; p=reject', 'tag-twice'],
    ['v=DMARC1; p=none; nonsense', 'tag-broken'],
    ['v=DMARC1; p=none; sp2=none', 'tag-broken'],
    ['v=DMARC1; p=none; rua=reports@example.com', 'address-wrong'],
    ['v=DMARC1; p=none; rua=mailto:reports', 'address-wrong'],
    ['v=DMARC1; p=none; rua=mailto:a@example.com;mailto:b@example.com', 'tag-broken'],
    ['v=DMARC1; p=none; rua=mailto:a@example.com mailto:b@example.com', 'address-wrong'],
    ['v=DMARC1; p=none\u00a0; sp=none', 'tag-broken'],
  ])('%s is invalid: %s', (record, code) => {
    const { valid, errors } = parseDmarc(record)
    expect([valid, codes(errors)[0]]).toEqual([false, code])
  })

  it.each([
    ['v=DMARC1', 'policy-missing'],
    [`v=DMARC1; ${RUA}`, 'policy-missing'],
    [`v=DMARC1; ${RUA}; p=none`, 'policy-late'],
    ['v=DMARC1; p=none', 'reports-missing'],
    [`v=DMARC1; p=none; pct=50; ${RUA}`, 'tag-removed'],
    [`v=DMARC1; p=none; rf=afrf; ${RUA}`, 'tag-removed'],
    [`v=DMARC1; p=none; ri=86400; ${RUA}`, 'tag-removed'],
    [`v=DMARC1; p=none; constructor=1; ${RUA}`, 'tag-unknown'],
    [`v=DMARC1; p=none; ${RUA}!10m`, 'size-limit-obsolete'],
    [`v=DMARC1; p=none; rua=https://example.com/dmarc`, 'scheme-uncommon'],
    [`v=DMARC1; p=none; fo=1; ${RUA}`, 'fo-without-ruf'],
    [`v=DMARC1; p=none; fo=0:1; ${RUA}; ruf=mailto:a@example.com`, 'fo-mixed'],
    [`v=DMARC1; p=none; psd=y; ${RUA}; ruf=mailto:a@example.com`, 'psd-with-ruf'],
    [`v=DMARC1;; p=none; ${RUA}`, 'separator-doubled'],
  ])('%s is valid, with the remark %s', (record, code) => {
    const { valid, warnings } = parseDmarc(record)
    expect(valid).toBe(true)
    expect(codes(warnings)).toContain(code)
  })

  it('gives what was published, words in small letters, broken values left out', () => {
    const { tags } = parseDmarc('v=DMARC1; P=Reject; sp=maybe; pct=20; rua=mailto:Ann@Example.com')
    expect({ ...tags }).toEqual({ v: 'DMARC1', p: 'reject', pct: '20', rua: 'mailto:Ann@Example.com' })
  })

  it('counts as one only when the version comes first in capitals', () => {
    const texts = ['v=DMARC1', 'v=DMARC1;p=none', 'v=DMARC12;', 'v=dmarc1;', 'x;v=DMARC1', 'v=spf1 -all']
    expect(texts.filter(isDmarcRecord)).toEqual(['v=DMARC1', 'v=DMARC1;p=none'])
  })
})

describe('the tree walk', () => {
  const txt = (...records: string[]) => ({ TXT: records })
  const walk = (domain: string, zone: Zone) => walkDmarc(domain, zoneResolver(zone))

  it('asks for eight names at most, the whole name first', () => {
    expect(namesUpwards('a.b.c.d.e.f.g.h.i.j.mail.example.com')).toEqual([
      'a.b.c.d.e.f.g.h.i.j.mail.example.com',
      'g.h.i.j.mail.example.com',
      'h.i.j.mail.example.com',
      'i.j.mail.example.com',
      'j.mail.example.com',
      'mail.example.com',
      'example.com',
      'com',
    ])
    expect(namesUpwards('a.b.c.d.e.f.g.h')).toHaveLength(8)
    expect(namesUpwards('a.example.com')).toEqual(['a.example.com', 'example.com', 'com'])
  })

  it.each<[string, string, Zone, string, string | null]>([
    [
      'the shortest name with a record is the organisation',
      'a.mail.example.com',
      { '_dmarc.mail.example.com': txt('v=DMARC1; p=none'), '_dmarc.example.com': txt('v=DMARC1; p=reject') },
      'example.com',
      'example.com',
    ],
    [
      'a record of its own goes first',
      'mail.example.com',
      { '_dmarc.mail.example.com': txt('v=DMARC1; p=none'), '_dmarc.example.com': txt('v=DMARC1; p=reject') },
      'example.com',
      'mail.example.com',
    ],
    [
      'psd=n ends the walk',
      'a.mail.example.com',
      { '_dmarc.mail.example.com': txt('v=DMARC1; psd=n'), '_dmarc.example.com': txt('v=DMARC1; p=reject') },
      'mail.example.com',
      'mail.example.com',
    ],
    [
      'below psd=y is the organisation, and the suffix has the policy',
      'a.mail.example.com',
      { '_dmarc.com': txt('v=DMARC1; p=reject; psd=y') },
      'example.com',
      'com',
    ],
    [
      'a public suffix is no organisation below itself',
      'gov.example',
      { '_dmarc.gov.example': txt('v=DMARC1; p=reject; psd=y') },
      'gov.example',
      'gov.example',
    ],
    [
      'two records at one name are none',
      'a.example.com',
      {
        '_dmarc.a.example.com': txt('v=DMARC1; p=none', 'v=DMARC1; p=reject'),
        '_dmarc.example.com': txt('v=DMARC1'),
      },
      'example.com',
      'example.com',
    ],
    ['without any record the domain stands for itself', 'a.example.com', {}, 'a.example.com', null],
  ])('%s', async (_, domain, zone, organizationalDomain, policyDomain) => {
    const found = await walk(domain, zone)
    expect(found.organizationalDomain).toBe(organizationalDomain)
    expect(found.policy?.domain ?? null).toBe(policyDomain)
  })

  it('says nothing when a name server does not answer', async () => {
    const found = await walk('example.com', { '_dmarc.example.com': { TXT: 'timeout' } })
    expect(found).toMatchObject({ organizationalDomain: null, policy: null })
  })

  it.each([
    ['p=reject', 'example.com', true, 'reject'],
    ['p=reject; sp=none', 'shop.example.com', true, 'none'],
    ['p=reject; sp=none', 'shop.example.com', false, 'none'],
    ['p=none; sp=quarantine; np=reject', 'gone.example.com', false, 'reject'],
    ['p=none; np=reject', 'shop.example.com', true, 'none'],
    ['p=reject; t=y', 'example.com', true, 'quarantine'],
    ['p=quarantine; t=y', 'example.com', true, 'none'],
    ['p=none; t=y', 'example.com', true, 'none'],
    ['adkim=s', 'example.com', true, null],
    [`adkim=s; ${RUA}`, 'example.com', true, 'none'],
    ['p=reject; sp=oops', 'example.com', true, null],
    ['p=reject; p=reject', 'example.com', true, null],
    [`p=reject; np=oops; ${RUA}`, 'example.com', true, 'none'],
  ])('%s holds for %s (exists: %s) as %s', async (tags, domain, exists, policy) => {
    const { policy: found } = await walk(domain, { '_dmarc.example.com': txt(`v=DMARC1; ${tags}`) })
    expect(found && policyFor(found, domain, exists)).toBe(policy)
  })
})

it('names the hosts outside the organisation that have to consent', () => {
  const list =
    'mailto:a@example.co.uk,mailto:b@dmarc.example.co.uk,mailto:c@Reports.example.net,https://example.org/x'
  const addresses = parseReportAddresses(list, new Remarks(), 'rua')
  expect(outsideHosts(addresses, 'shop.example.co.uk')).toEqual(['reports.example.net'])
})
