import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteReader, toHex } from '../../src/modules/security/domain/byte-reader.ts'
import { decodeMessage, encodeQuery } from '../../src/modules/security/domain/dns/message.ts'
import { encodeName, readName } from '../../src/modules/security/domain/dns/name.ts'
import { DNS_TYPES, type DnsType } from '../../src/modules/security/domain/dns/record.ts'

const label = fc.stringMatching(/^[a-z0-9_-]{1,63}$/)
const name = fc
  .array(label, { minLength: 1, maxLength: 8 })
  .map((labels) => `${labels.join('.')}.`)
  .filter((text) => text.length <= 254)
const type = fc.constantFrom(...(Object.keys(DNS_TYPES) as DnsType[]))
const u16 = fc.nat(0xffff)
const u32 = fc.nat(0xffffffff)

const bytesOf = (text: string) => encodeName(text) ?? new Uint8Array()
const be = (value: number, size: number) =>
  Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256)

interface Sample {
  type: string
  data: number[]
  text: string
}

/** Records written here by hand, so that the reader is not its own judge. */
const sample: fc.Arbitrary<Sample> = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => ({
    type: 'A',
    data: octets,
    text: octets.join('.'),
  })),
  fc.tuple(fc.constantFrom('NS', 'CNAME', 'PTR'), name).map(([kind, target]) => ({
    type: kind,
    data: [...bytesOf(target)],
    text: target,
  })),
  fc.tuple(u16, name).map(([priority, target]) => ({
    type: 'MX',
    data: [...be(priority, 2), ...bytesOf(target)],
    text: `${priority} ${target}`,
  })),
  fc.array(fc.stringMatching(/^[ -~]{0,255}$/), { minLength: 1, maxLength: 4 }).map((texts) => ({
    type: 'TXT',
    data: texts.flatMap((text) => [text.length, ...new TextEncoder().encode(text)]),
    text: texts.join(''),
  })),
  fc.tuple(name, name, fc.array(u32, { minLength: 5, maxLength: 5 })).map(([host, mail, numbers]) => ({
    type: 'SOA',
    data: [...bytesOf(host), ...bytesOf(mail), ...numbers.flatMap((number) => be(number, 4))],
    text: [host, mail, ...numbers].join(' '),
  })),
  fc
    .tuple(fc.nat(255), fc.stringMatching(/^[a-z0-9]{1,15}$/), fc.stringMatching(/^[a-z0-9.;=/: ]{0,60}$/))
    .map(([flags, tag, value]) => ({
      type: 'CAA',
      data: [flags, tag.length, ...new TextEncoder().encode(tag + value)],
      text: `${flags} ${tag} "${value}"`,
    })),
  fc
    .tuple(u16, fc.nat(255), fc.nat(255), fc.uint8Array({ minLength: 20, maxLength: 48 }))
    .map(([tag, algorithm, digest, hash]) => ({
      type: 'DS',
      data: [...be(tag, 2), algorithm, digest, ...hash],
      text: `${tag} ${algorithm} ${digest} ${toHex(hash)}`,
    })),
  fc
    .tuple(fc.nat(3), fc.nat(1), fc.nat(2), fc.uint8Array({ minLength: 1, maxLength: 64 }))
    .map(([usage, selector, matching, hash]) => ({
      type: 'TLSA',
      data: [usage, selector, matching, ...hash],
      text: `${usage} ${selector} ${matching} ${toHex(hash)}`,
    })),
)

/** An answer to a question at byte 12; each record's own name is a pointer to it. */
function answer(question: string, samples: readonly Sample[], ttl: number): Uint8Array {
  const head = [0, 0, 0x81, 0xa0, 0, 1, ...be(samples.length, 2), 0, 0, 0, 0]
  const records = samples.flatMap(({ type: kind, data }) => [
    ...[0xc0, 12, ...be(DNS_TYPES[kind as DnsType], 2), 0, 1],
    ...be(ttl, 4),
    ...be(data.length, 2),
    ...data,
  ])
  return Uint8Array.from([...head, ...bytesOf(question), 0, 1, 0, 1, ...records])
}

it('a name comes back as it was written', () =>
  fc.assert(
    fc.property(name, (text) => {
      expect(readName(new ByteReader(bytesOf(text)))).toBe(text)
    }),
  ))

it('a name of any bytes comes back the same when its text is written again', () =>
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { minLength: 1, maxLength: 3 }),
      (labels) => {
        const bytes = Uint8Array.from([...labels.flatMap((one) => [one.length, ...one]), 0])
        expect(bytesOf(readName(new ByteReader(bytes)))).toEqual(bytes)
      },
    ),
  ))

it('a query says what was asked for', () =>
  fc.assert(
    fc.property(name, type, fc.boolean(), (text, kind, unchecked) => {
      const bytes = encodeQuery({ name: text, type: kind, unchecked }) ?? new Uint8Array()
      const message = decodeMessage(bytes)
      expect(message).toMatchObject({
        isResponse: false,
        questions: [{ name: text, type: kind }],
        answers: [],
      })
      expect((bytes[3] ?? 0) & 0x10).toBe(unchecked ? 0x10 : 0)
    }),
  ))

it('records come back as text, under the name that their pointer leads to', () =>
  fc.assert(
    fc.property(name, fc.array(sample, { maxLength: 6 }), u32, (question, samples, ttl) => {
      const message = decodeMessage(answer(question, samples, ttl))
      expect(message?.isAuthenticated).toBe(true)
      expect(message?.answers).toEqual(
        samples.map(({ type: kind, text }) => ({ name: question, type: kind, ttl, data: text })),
      )
    }),
  ))

it('an answer that is cut anywhere is no answer', () =>
  fc.assert(
    fc.property(
      name,
      fc.array(sample, { minLength: 1, maxLength: 3 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (question, samples, share) => {
        const whole = answer(question, samples, 60)
        expect(decodeMessage(whole.subarray(0, Math.floor(whole.length * share)))).toBeNull()
      },
    ),
  ))

it('any bytes at all are read or refused, and never read for ever', () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      decodeMessage(bytes)
    }),
    { numRuns: 2000 },
  ))

it('a damaged answer is read or refused', () =>
  fc.assert(
    fc.property(
      name,
      fc.array(sample, { maxLength: 4 }),
      fc.nat(),
      fc.nat(255),
      (question, samples, at, byte) => {
        const bytes = answer(question, samples, 60)
        bytes[at % bytes.length] = byte
        decodeMessage(bytes)
      },
    ),
    { numRuns: 1000 },
  ))

it.each([
  ['itself', [0xc0, 12]],
  ['a later place', [0xc0, 40]],
  ['each other', [0xc0, 14, 0xc0, 12]],
  ['behind the end', [0xff, 0xff]],
])('a pointer to %s is refused', (_, labels) => {
  const head = [0, 0, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0]
  expect(
    decodeMessage(Uint8Array.from([...head, ...labels, 0, 1, 0, 1, 1, 97, 0, 0, 1, 0, 1, 0, 0])),
  ).toBeNull()
})

it('labels that do not fit are no name', () => {
  expect(encodeName('a..example')).toBeNull()
  expect(encodeName(`${'a'.repeat(64)}.example`)).toBeNull()
  expect(encodeName(Array.from({ length: 50 }, () => 'abcde').join('.'))).toBeNull()
  expect(encodeName('.')).toEqual(Uint8Array.of(0))
})
