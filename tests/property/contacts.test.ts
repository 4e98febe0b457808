// Contacts under any order of events: one card of one person, consent that older data never lifts, replays that say nothing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STAGES, tidyTags } from '../../src/modules/workspace/domain/contact.ts'
import { type LandRecord, planLanding } from '../../src/modules/workspace/domain/contact-landing.ts'
import { type CardState, emptyCard, mergeTelling } from '../../src/modules/workspace/domain/contact-merge.ts'
import { cleanPhone } from '../../src/modules/workspace/domain/contact-phone.ts'

const instant = fc.integer({ min: 0, max: 5 }).map((day) => `2026-11-0${day + 1}T00:00:00.000Z`)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const word = fc.constantFrom('Ada', 'Bob', 'Cem')

const telling = fc.record({
  at: instant,
  name: maybe(word),
  phone: maybe(fc.constantFrom('+491', '+492')),
  company: maybe(word),
  stage: fc.constantFrom(...STAGES),
  tags: fc.array(fc.constantFrom('a', 'b', 'c')),
  consent: fc.option(
    fc.record({
      state: fc.constantFrom('given' as const, 'withdrawn' as const),
      at: maybe(instant),
      source: maybe(word),
    }),
    { nil: undefined },
  ),
})

const seen = ({ fieldsAt: _at, ...card }: CardState) => card

describe('merging', () => {
  test('gives the same card in any order', () => {
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (tellings, ranks) => {
        const keyed = tellings.map((one) => ({ one, rank: Number(ranks.next().value) }))
        const shuffled = keyed.sort((a, b) => a.rank - b.rank).map(({ one }) => one)
        const forwards = tellings.reduce(mergeTelling, emptyCard('lead'))
        expect(seen(shuffled.reduce(mergeTelling, emptyCard('lead')))).toEqual(seen(forwards))
      }),
    )
  })

  test('says nothing new the second time', () => {
    fc.assert(
      fc.property(fc.array(telling, { minLength: 1, maxLength: 6 }), (tellings) => {
        const card = tellings.reduce(mergeTelling, emptyCard('lead'))
        expect(tellings.reduce(mergeTelling, card)).toBe(card)
      }),
    )
  })

  test('never lifts a withdrawal by something older or undated', () => {
    const at = '2026-11-04T00:00:00.000Z'
    const consent = { state: 'withdrawn' as const, at, source: null, text: null }
    fc.assert(
      fc.property(telling, (told) => {
        const when = told.consent?.at
        fc.pre(when === null || when === undefined || when <= at)
        expect(mergeTelling({ ...emptyCard('lead'), consent }, told).consent.state).toBe('withdrawn')
      }),
    )
  })

  test('never makes a customer less than that', () => {
    fc.assert(
      fc.property(telling, (told) => mergeTelling({ ...emptyCard('customer') }, told).stage === 'customer'),
    )
  })
})

describe('a batch', () => {
  const records = fc.array(
    fc.record({ n: fc.nat({ max: 3 }), telling }).map(
      ({ n, telling: told }): LandRecord => ({
        ...told,
        email: `P${n}@Example.com`,
        externalId: `x${n}-${told.at}`,
        hash: JSON.stringify(told),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )

  test('makes one card for each address however often it is named, and none the second time', () => {
    fc.assert(
      fc.property(records, (batch) => {
        let id = 0
        const plan = planLanding(batch, { cards: [], sources: [] }, () => `c${id++}`)
        const addresses = new Set(batch.map(({ email }) => email?.toLowerCase()))
        expect(plan.cards.length).toBe(addresses.size)
        const cards = plan.cards.map((card) => ({ ...card.after, id: card.id, version: 1 }))
        const last = new Map(plan.sources.map((source) => [source.externalId, source]))
        const again = planLanding(batch, { cards, sources: [...last.values()] }, () => 'new')
        expect(again.cards.filter(({ before }) => before === null)).toEqual([])
      }),
    )
  })
})

describe('words', () => {
  test('tags are short, few, and each there once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 80 }), { maxLength: 80 }), (words) => {
        const tags = tidyTags(words)
        expect(tags.length).toBeLessThanOrEqual(50)
        expect(new Set(tags.map((tag) => tag.toLowerCase())).size).toBe(tags.length)
        expect(tags.every((tag) => tag === tag.trim() && Array.from(tag).length <= 50)).toBe(true)
        expect(tidyTags(tags)).toEqual(tags)
      }),
    )
  })

  test.each([
    ['(212) 555-0100', 'US', '+12125550100'],
    ['1 212 555 0100', 'US', '+12125550100'],
    ['030 / 123 456', 'DE', '+4930123456'],
    ['+49 (0)30 123456', 'US', '+4930123456'],
    ['0044 20 7946 0958', 'DE', '+442079460958'],
    ['06 1234 5678', 'IT', '+390612345678'],
    ['ext. 12', 'US', 'ext. 12'],
    ['555 0100', 'US', '555 0100'],
    ['12345', 'XX', '12345'],
    ['no number', 'US', null],
  ])('%s in %s is %s', (written, country, clean) => {
    expect(cleanPhone(written, country)).toBe(clean)
  })

  test('a cleaned number stays as it is', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[+0-9 ()-]{1,20}$/),
        fc.constantFrom('US', 'DE', 'IT', 'XX'),
        (text, country) => {
          const once = cleanPhone(text, country)
          if (once?.startsWith('+')) expect(cleanPhone(once, country)).toBe(once)
        },
      ),
    )
  })
})
