import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import {
  createLookups,
  firstAnswer,
  readResolvers,
  remembered,
} from '../../../src/connectors/dns/resolver.ts'
import { spfResolver } from '../../../src/modules/security/domain/dns/lookup.ts'
import { encodeName } from '../../../src/modules/security/domain/dns/name.ts'
import { DNS_TYPES } from '../../../src/modules/security/domain/dns/record.ts'

interface Reply {
  code?: number
  authenticated?: boolean
  answers?: [name: string, type: keyof typeof DNS_TYPES, data: number[]][]
  question?: Uint8Array
}
type Asked = { unchecked: boolean; question: Uint8Array }

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A resolver on this machine that answers bytes to bytes. */
async function resolverWith(reply: (asked: Asked) => Reply | number) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const query = Buffer.concat(chunks)
      const question = query.subarray(12, query.length - 11)
      const one = { unchecked: ((query[3] ?? 0) & 0x10) !== 0, question }
      asked.push(one)
      const answer = reply(one)
      if (typeof answer === 'number') response.writeHead(answer).end()
      else response.writeHead(200, { 'Content-Type': 'application/dns-message' }).end(write(answer, question))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  closers.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`, asked }
}

function write(
  { code = 0, authenticated = false, answers = [], question }: Reply,
  asked: Uint8Array,
): Buffer {
  const head = [0, 0, 0x81, 0x80 | (authenticated ? 0x20 : 0) | code, 0, 1, 0, answers.length, 0, 0, 0, 0]
  const records = answers.flatMap(([name, type, data]) => [
    ...(encodeName(name) ?? []),
    ...[DNS_TYPES[type] >> 8, DNS_TYPES[type] & 255, 0, 1, 0, 0, 0, 60, 0, data.length],
    ...data,
  ])
  return Buffer.from([...head, ...(question ?? asked), ...records])
}

const lookupAt = (...urls: string[]) => firstAnswer(createLookups(urls, { allowPrivate: [] }))
const txt = (text: string) => [text.length, ...new TextEncoder().encode(text)]

it('follows the aliases of an answer and keeps only the type that was asked for', async () => {
  const { url } = await resolverWith(() => ({
    authenticated: true,
    answers: [
      ['www.Example.com.', 'CNAME', [...(encodeName('shop.example.net') ?? [])]],
      ['other.example.net.', 'A', [10, 0, 0, 1]],
      ['SHOP.example.net.', 'A', [192, 0, 2, 1]],
    ],
  }))
  expect(await lookupAt(url)({ name: 'www.example.com', type: 'A' })).toEqual({
    status: 'ok',
    isAuthenticated: true,
    records: ['192.0.2.1'],
    aliases: ['shop.example.net.'],
    ttl: 60,
  })
})

it('tells a name that does not exist from one without such records', async () => {
  const { url } = await resolverWith(({ question }) => ({ code: question[0] === 4 ? 3 : 0 }))
  const lookup = lookupAt(url)
  expect((await lookup({ name: 'gone.example', type: 'A' })).status).toBe('nxdomain')
  expect(await lookup({ name: 'quiet.example', type: 'A' })).toMatchObject({ status: 'ok', records: [] })
})

it('calls an answer bogus when it comes only while nobody checks it', async () => {
  const { url, asked } = await resolverWith(({ unchecked }) =>
    unchecked ? { answers: [['bad.example.', 'A', [192, 0, 2, 1]]] } : { code: 2 },
  )
  expect((await lookupAt(url)({ name: 'bad.example', type: 'A' })).status).toBe('bogus')
  expect(asked.map(({ unchecked }) => unchecked)).toEqual([false, true])
})

it('asks the next resolver when one fails, and says so when all do', async () => {
  const broken = await resolverWith(() => 503)
  const servfail = await resolverWith(() => ({ code: 2 }))
  const good = await resolverWith(() => ({ answers: [['a.example.', 'TXT', txt('hello')]] }))
  const question = { name: 'a.example', type: 'TXT' } as const
  expect((await lookupAt(broken.url, servfail.url, good.url)(question)).records).toEqual(['hello'])
  expect((await lookupAt(broken.url, servfail.url)(question)).status).toBe('failed')
})

it('refuses an answer to another question', async () => {
  const other = Uint8Array.from([...(encodeName('evil.example') ?? []), 0, 16, 0, 1])
  const { url } = await resolverWith(() => ({ question: other, answers: [['a.example.', 'TXT', txt('x')]] }))
  expect((await lookupAt(url)({ name: 'a.example', type: 'TXT' })).status).toBe('failed')
})

it('never sends a name that is none', async () => {
  const { url, asked } = await resolverWith(() => ({}))
  expect((await lookupAt(url)({ name: 'a..example', type: 'TXT' })).status).toBe('nxdomain')
  expect(asked).toEqual([])
})

it('asks a question once when it remembers', async () => {
  const { url, asked } = await resolverWith(() => ({ answers: [['a.example.', 'TXT', txt('x')]] }))
  const lookup = remembered(lookupAt(url))
  await Promise.all([
    lookup({ name: 'a.example', type: 'TXT' }),
    lookup({ name: 'A.example.', type: 'TXT' }),
    lookup({ name: 'a.example', type: 'MX' }),
  ])
  expect(asked).toHaveLength(2)
})

it('gives SPF what it understands', async () => {
  const { url } = await resolverWith(({ question }) =>
    question.includes(15)
      ? { answers: [['a.example.', 'MX', [0, 10, ...(encodeName('mx.example') ?? [])]]] }
      : { code: 2 },
  )
  const resolve = spfResolver(lookupAt(url))
  expect(await resolve('a.example', 'MX')).toEqual({ status: 'ok', records: ['10 mx.example.'] })
  expect((await resolve('a.example', 'TXT')).status).toBe('timeout')
})

it('reads its setting, and refuses one that is no address', () => {
  expect(readResolvers('')).toHaveLength(2)
  expect(readResolvers('https://a.example/dns-query, https://b.example/q')).toHaveLength(2)
  expect(() => readResolvers('resolver.example')).toThrow('DOH_URL')
})
