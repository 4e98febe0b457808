import { expect, it } from 'vitest'
import { evaluateSpf } from '../../../src/modules/security/domain/spf.ts'
import { type Zone, zoneResolver } from './zone.ts'

interface Case {
  ip?: string
  sender?: string
  helo?: string
  zone: Zone
}

const spf = ({ ip = '192.0.2.1', sender = 'ann@example.com', helo = 'mail.example.com', zone }: Case) =>
  evaluateSpf({ ip, sender, helo, resolve: zoneResolver(zone) })

const record = (text: string, more: Zone = {}): Zone => ({ 'example.com': { TXT: [text] }, ...more })
const resultOf = async (text: string, more: Zone = {}, ip = '192.0.2.1') =>
  (await spf({ ip, zone: record(text, more) })).result

const HOST: Zone = {
  'host.example.net': { A: ['192.0.2.1'], AAAA: ['2001:db8::1'] },
  'mx.example.net': { MX: ['10 host.example.net.'] },
}

it.each([
  ['a domain that does not exist', 'ann@gone.example', 'none'],
  ['a name of one label', 'ann@localhost', 'none'],
  ['an address in brackets', 'ann@[192.0.2.9]', 'none'],
  ['a label of 64 letters', `ann@${'a'.repeat(64)}.example.com`, 'none'],
  ['an empty label', 'ann@mail..example.com', 'none'],
  ['a domain without a policy', 'ann@silent.example', 'none'],
  ['a name server that does not answer', 'ann@slow.example', 'temperror'],
  ['two policies', 'ann@twice.example', 'permerror'],
])('%s gives the right start', async (_, sender, result) => {
  const zone: Zone = {
    'silent.example': { TXT: ['v=spf10 -all', 'google-site-verification=1', ' v=spf1 -all', 'v=spf1\t-all'] },
    'slow.example': { TXT: 'timeout' },
    'twice.example': { TXT: ['v=spf1 -all', 'V=SPF1'] },
  }
  expect((await spf({ sender, zone })).result).toBe(result)
})

it('judges a bounce by the HELO name and gives it the local part postmaster', async () => {
  const zone: Zone = {
    'mail.example.com': { TXT: ['v=spf1 -all exp=why.%{d}'] },
    'why.mail.example.com': { TXT: ['%{s} from %{o} is %{l}'] },
  }
  const answer = await spf({ sender: '', zone })
  expect(answer).toMatchObject({
    result: 'fail',
    explanation: 'postmaster@mail.example.com from mail.example.com is postmaster',
  })
  expect((await spf({ sender: '@mail.example.com', zone })).explanation).toBe(answer.explanation)
})

it.each([
  ['v=spf1', 'neutral'],
  ['v=spf1 ', 'neutral'],
  ['V=sPf1   -ALL  ', 'fail'],
  ['v=spf1 ~all', 'softfail'],
  ['v=spf1 ?all', 'neutral'],
  ['v=spf1 +all', 'pass'],
  ['v=spf1 all', 'pass'],
  ['v=spf1 -all:example.com', 'permerror'],
  ['v=spf1 -all/8', 'permerror'],
  ['v=spf1 -all.', 'permerror'],
  ['v=spf1 --all', 'permerror'],
  ['v=spf1 !all', 'permerror'],
  ['v=spf1 mystery:example.com -all', 'permerror'],
  ['v=spf1 ip4:192.0.2.1 nonsense', 'permerror'],
  ['v=spf1 ip4:192.0.2.1\t-all', 'permerror'],
  ['v=spf1 a:caf\u00e9.example.com -all', 'permerror'],
  ['v=spf1 moo=%{d} -all', 'fail'],
  ['v=spf1 moo.cow-far_out=man:dog/cat ip4:192.0.2.1', 'pass'],
  ['v=spf1 moo=%abc -all', 'permerror'],
  ['v=spf1 =moo -all', 'permerror'],
  ['v=spf1 1moo=cow -all', 'permerror'],
  ['v=spf1 default=pass', 'neutral'],
])('%s means %s', async (text, result) => expect(await resultOf(text)).toBe(result))

it.each([
  ['ip4:192.0.2.1', 'pass'],
  ['ip4:192.0.2.255/24', 'pass'],
  ['ip4:192.0.2.2/31', 'fail'],
  ['ip4:192.0.2.0/30', 'pass'],
  ['ip4:0.0.0.0/0', 'pass'],
  ['ip4:192.0.2.1/33', 'permerror'],
  ['ip4:192.0.2.1/032', 'permerror'],
  ['ip4:192.0.2.1/00', 'permerror'],
  ['ip4:192.0.2.1//32', 'permerror'],
  ['ip4:192.0.2', 'permerror'],
  ['ip4:192.0.2.256', 'permerror'],
  ['ip4:192.0.2.01', 'permerror'],
  ['ip4:192.0.2.1:25', 'permerror'],
  ['ip4', 'permerror'],
  ['ip4:', 'permerror'],
  ['ip4:2001:db8::1', 'permerror'],
  ['ip6:2001:db8::1', 'fail'],
  ['ip6:::/0', 'fail'],
  ['ip6:::ffff:192.0.2.1', 'fail'],
  ['ip6:2001:db8::1/129', 'permerror'],
  ['ip6:::1.1.1.1//33', 'permerror'],
  ['ip6:192.0.2.1', 'permerror'],
  ['ip6:fe80::1%eth0', 'permerror'],
  ['ip6', 'permerror'],
])('%s gives %s for an IPv4 sender', async (term, result) =>
  expect(await resultOf(`v=spf1 ${term} -all`)).toBe(result),
)

it.each([
  ['ip6:2001:db8::1', 'pass'],
  ['ip6:2001:db8:0:0::ffff/64', 'pass'],
  ['ip6:2001:db9::/32', 'fail'],
  ['ip6:2001:db9::/31', 'pass'],
  ['ip6:::/0', 'pass'],
  ['ip4:0.0.0.0/0', 'fail'],
  ['a:host.example.net', 'pass'],
  ['a:host.example.net//0', 'pass'],
  ['mx:mx.example.net', 'pass'],
  ['a:host.example.net/0', 'pass'],
])('%s gives %s for an IPv6 sender', async (term, result) =>
  expect(await resultOf(`v=spf1 ${term} -all`, HOST, '2001:db8::1')).toBe(result),
)

it('takes IPv4 inside IPv6 for IPv4', async () =>
  expect(await resultOf('v=spf1 ip4:192.0.2.1 -all', {}, '::FFFF:192.0.2.1')).toBe('pass'))

it.each([
  ['a:host.example.net', 'pass'],
  ['a:HOST.example.NET.', 'pass'],
  ['a:host.example.net/24', 'pass'],
  ['a:host.example.net/24//96', 'pass'],
  ['a:host.example.net/0', 'pass'],
  ['a:host.example.net//0', 'pass'],
  ['a:gone.example.net', 'fail'],
  ['a:gone.example.net/0', 'fail'],
  ['a:foo:bar/baz.example.net', 'fail'],
  ['a:label..example.net', 'fail'],
  [`a:${'a'.repeat(64)}.example.net`, 'fail'],
  ['a:host.example.net/33', 'permerror'],
  ['a:host.example.net//129', 'permerror'],
  ['a:host.example.net/24/24', 'permerror'],
  ['a:host.example.net/', 'permerror'],
  ['a:host.example.net:25', 'permerror'],
  ['a:', 'permerror'],
  ['a:museum', 'permerror'],
  ['a:museum.', 'permerror'],
  ['a:192.0.2.1', 'permerror'],
  ['a:example.-com', 'permerror'],
  ['a:example.com-', 'permerror'],
  ['a:example.xn--zckzah', 'fail'],
  ['a/24', 'fail'],
  ['a.example.net', 'permerror'],
  ['mx:mx.example.net', 'pass'],
  ['mx:mx.example.net/24//64', 'pass'],
  ['mx:null.example.net', 'fail'],
  ['mx:host.example.net', 'fail'],
  ['mx:', 'permerror'],
  ['exists:host.example.net', 'pass'],
  ['exists:gone.example.net', 'fail'],
  ['exists', 'permerror'],
  ['exists:', 'permerror'],
  ['exists:host.example.net/24', 'permerror'],
  ['include', 'permerror'],
  ['include:', 'permerror'],
  ['include:host.example.net/24', 'permerror'],
  ['ptr:', 'permerror'],
  ['ptr:example.net/24', 'permerror'],
])('%s gives %s', async (term, result) => {
  const zone = { ...HOST, 'null.example.net': { MX: ['0 .'] } }
  expect(await resultOf(`v=spf1 ${term} -all`, zone)).toBe(result)
})

it('asks exists for an IPv4 address even when the sender has IPv6', async () => {
  const zone: Zone = {
    'six.example.net': { AAAA: ['2001:db8::1'] },
    'four.example.net': { A: ['192.0.2.9'] },
  }
  expect(await resultOf('v=spf1 exists:six.example.net -all', zone, '2001:db8::1')).toBe('fail')
  expect(await resultOf('v=spf1 exists:four.example.net -all', zone, '2001:db8::1')).toBe('pass')
})

it.each(['a:slow.example.net', 'mx:slow.example.net', 'exists:slow.example.net', 'include:slow.example.net'])(
  'a name server that fails behind %s ends in temperror',
  async (term) => {
    const slow: Zone = { 'slow.example.net': { A: 'timeout', MX: 'timeout', TXT: 'timeout' } }
    expect(await resultOf(`v=spf1 ${term} -all`, slow)).toBe('temperror')
  },
)

const POLICIES: Zone = {
  'pass.example.net': { TXT: ['v=spf1 +all'] },
  'fail.example.net': { TXT: ['v=spf1 -all'] },
  'soft.example.net': { TXT: ['v=spf1 ~all'] },
  'neutral.example.net': { TXT: ['v=spf1'] },
  'broken.example.net': { TXT: ['v=spf1 ipv4:192.0.2.1'] },
  'loop.example.net': { TXT: ['v=spf1 include:loop.example.net'] },
  'ring.example.net': { TXT: ['v=spf1 redirect=ring.example.net'] },
  'none.example.net': { TXT: ['hello'] },
}

it.each([
  ['include:pass.example.net ?all', 'pass'],
  ['-include:pass.example.net ?all', 'fail'],
  ['include:fail.example.net ?all', 'neutral'],
  ['include:soft.example.net -all', 'fail'],
  ['include:neutral.example.net ~all', 'softfail'],
  ['include:broken.example.net -all', 'permerror'],
  ['include:none.example.net -all', 'permerror'],
  ['include:gone.example.net -all', 'permerror'],
  ['include:loop.example.net -all', 'permerror'],
  ['redirect=soft.example.net', 'softfail'],
  ['redirect=neutral.example.net', 'neutral'],
  ['redirect=pass.example.net -all', 'fail'],
  ['redirect=none.example.net', 'permerror'],
  ['redirect=gone.example.net', 'permerror'],
  ['redirect=ring.example.net', 'permerror'],
  ['redirect=', 'permerror'],
  ['redirect=pass.example.net redirect=pass.example.net', 'permerror'],
  ['redirect:pass.example.net', 'permerror'],
])('%s gives %s', async (terms, result) => expect(await resultOf(`v=spf1 ${terms}`, POLICIES)).toBe(result))

it('matches ptr by names that lead back to the sender, of the domain or below', async () => {
  const reverse: Zone = {
    '1.2.0.192.in-addr.arpa': { PTR: ['forged.example.com.', 'Mail.Example.net.', 'slow.example.com.'] },
    'forged.example.com': { A: ['192.0.2.77'] },
    'slow.example.com': { A: 'timeout' },
    'mail.example.net': { A: ['192.0.2.1'] },
  }
  expect(await resultOf('v=spf1 ptr:example.net -all', reverse)).toBe('pass')
  expect(await resultOf('v=spf1 ptr -all', reverse)).toBe('fail')
  expect(await resultOf('v=spf1 ptr:ample.net -all', reverse)).toBe('fail')
  expect(await resultOf('v=spf1 ptr -all', { '1.2.0.192.in-addr.arpa': { PTR: 'timeout' } })).toBe('fail')
})

it('looks at the first ten names of an address only', async () => {
  const names = Array.from({ length: 11 }, (_, index) => `n${index}.example.com.`)
  const zone: Zone = { '1.2.0.192.in-addr.arpa': { PTR: names }, 'n10.example.com': { A: ['192.0.2.1'] } }
  expect(await resultOf('v=spf1 ptr -all', zone)).toBe('fail')
  const nearer: Zone = { ...zone, 'n9.example.com': { A: ['192.0.2.1'] } }
  expect(await resultOf('v=spf1 ptr -all', nearer)).toBe('pass')
})

const many = (count: number) => Array.from({ length: count }, () => 'a:host.example.net/32').join(' ')
const ELSEWHERE: Zone = { 'host.example.net': { A: ['198.51.100.1'] } }

it.each([
  ['ten terms that ask', `${many(10)} -all`, 'fail', 10],
  ['eleven', `${many(11)} -all`, 'permerror', 11],
  ['a match before the eleventh', `${many(9)} ip4:192.0.2.1 ${many(5)}`, 'pass', 9],
  ['ten and an explanation', `${many(10)} -all exp=why.example.com`, 'fail', 10],
  ['ten and a redirect', `${many(10)} redirect=fail.example.net`, 'permerror', 11],
])('counts look-ups: %s', async (_, terms, result, lookups) => {
  const answer = await spf({ zone: record(`v=spf1 ${terms}`, { ...ELSEWHERE, ...POLICIES }) })
  expect(answer).toMatchObject({ result, lookups })
})

it('counts the terms of included records too', async () => {
  const zone = record('v=spf1 include:inc.example.net include:inc.example.net -all', {
    ...ELSEWHERE,
    'inc.example.net': { TXT: [`v=spf1 ${many(4)} -all`] },
  })
  expect(await spf({ zone })).toMatchObject({ result: 'fail', lookups: 10 })
  const more = { ...zone, 'inc.example.net': { TXT: [`v=spf1 ${many(5)} -all`] } }
  expect((await spf({ zone: more })).result).toBe('permerror')
})

it.each([
  ['exists:v1.example.net exists:v2.example.net ?all', 'neutral'],
  ['exists:v1.example.net exists:v2.example.net exists:v3.example.net ?all', 'permerror'],
  ['a:v1.example.net mx:v2.example.net a:v3.example.net ?all', 'permerror'],
])('two terms may lead nowhere, not three: %s gives %s', async (terms, result) =>
  expect(await resultOf(`v=spf1 ${terms}`)).toBe(result),
)

it('refuses a domain with more than ten mail servers', async () => {
  const servers = (count: number): Zone => ({
    'mx.example.net': { MX: Array.from({ length: count }, (_, index) => `${index} m${index}.example.net.`) },
    'm9.example.net': { A: ['192.0.2.1'] },
  })
  expect(await resultOf('v=spf1 mx:mx.example.net -all', servers(10))).toBe('pass')
  expect(await resultOf('v=spf1 mx:mx.example.net -all', servers(11))).toBe('permerror')
})

it('can count past the limit for a report', async () => {
  const { result, lookups } = await evaluateSpf({
    ip: '192.0.2.1',
    sender: 'ann@example.com',
    helo: 'mail.example.com',
    resolve: zoneResolver(record(`v=spf1 ${many(14)} -all`, ELSEWHERE)),
    limits: { lookups: 50, voids: 50 },
  })
  expect({ result, lookups }).toEqual({ result: 'fail', lookups: 14 })
})
