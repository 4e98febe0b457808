import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { happenedAt, orderEvidence, parseDate } from '../../src/modules/mini-foundry/domain/import/dates.ts'
import { markEvidence, parseNumber } from '../../src/modules/mini-foundry/domain/import/numbers.ts'
import type { DateOrder, DecimalMark } from '../../src/modules/mini-foundry/domain/import/types.ts'
import { formatUnits } from '../../src/platform/money.ts'

const units = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 })
const mark = fc.constantFrom<DecimalMark>('.', ',')

/** A number as a person of some place would write it. */
function written(
  value: number,
  decimal: DecimalMark,
  group: string,
  around: (body: string) => string,
): string {
  const [whole = '', fraction = ''] = formatUnits(Math.abs(value), 4).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  return around(`${value < 0 ? '-' : ''}${grouped}${decimal}${fraction}`)
}

describe('numbers of files', () => {
  it('come back as they were, whatever groups, currencies and signs stand around them', () => {
    const groups = fc.constantFrom('', ' ', '\u00a0', '\u202f', "'", 'other')
    const coats = fc.constantFrom(
      (body: string) => body,
      (body: string) => `$${body}`,
      (body: string) => `${body} €`,
      (body: string) => `EUR ${body}`,
      (body: string) => `${body} zł`,
      (body: string) => ` ${body} `,
      (body: string) => (body.startsWith('-') ? `(${body.slice(1)})` : body),
      (body: string) => (body.startsWith('-') ? `${body.slice(1)}-` : body),
      (body: string) => body.replace('-', '−'),
    )
    fc.assert(
      fc.property(units, mark, groups, coats, (value, decimal, group, coat) => {
        const separator = group === 'other' ? (decimal === '.' ? ',' : '.') : group
        const text = written(value, decimal, separator, coat)
        expect(parseNumber(text, decimal), text).toEqual({ units: value === 0 ? 0 : value, percent: false })
        expect(['not-a-number', decimal === '.' ? 'comma' : 'dot']).not.toContain(markEvidence(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('are refused in the other writing when reading them would change their value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const text = `${whole},${String(cents).padStart(2, '0')}`
        expect(parseNumber(text, '.')).toBeNull()
        expect(parseNumber(text, ',')?.units).toBe(whole * 10_000 + cents * 100)
      }),
    )
  })

  it('never throw, and what is no number is none', () => {
    fc.assert(fc.property(fc.string(), mark, (text, decimal) => void parseNumber(text, decimal)))
    for (const text of [
      '',
      'abc',
      'C536379',
      '85123A',
      '1-2',
      '12:30',
      '2020-01-02',
      '1.2.3',
      '--5',
      '1,23,4',
    ]) {
      expect(parseNumber(text, '.'), text).toBeNull()
    }
  })

  it('read percent, exponents and Indian groups', () => {
    expect(parseNumber('20 %', '.')).toEqual({ units: 200_000, percent: true })
    expect(parseNumber('1.2E+05', '.')?.units).toBe(1_200_000_000)
    expect(parseNumber('12,34,567.5', '.')?.units).toBe(12_345_675_000)
    expect(markEvidence('1,234')).toBe('comma-or-group')
    expect(markEvidence('0,234')).toBe('comma')
    expect(markEvidence('1.234.567')).toBe('comma')
  })
})

const pad = (n: number) => String(n).padStart(2, '0')
const day = fc
  .date({ min: new Date('1980-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => ({
    y: date.getUTCFullYear(),
    m: date.getUTCMonth() + 1,
    d: date.getUTCDate(),
  }))

describe('dates of files', () => {
  it('come back as they were in each order, with any separator and time', () => {
    const times = fc.constantFrom(
      ['', null],
      [' 8:26', '08:26:00'],
      [' 11:05:09 PM', '23:05:09'],
      ['T00:00:00', '00:00:00'],
    )
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('/', '-', '.'),
        times,
        fc.boolean(),
        ({ y, m, d }, mid, [suffix, time], zeros) => {
          const two = zeros ? pad : String
          const iso = `${y}-${pad(m)}-${pad(d)}`
          const writings: [DateOrder, string][] = [
            ['dmy', [two(d), two(m), y].join(mid)],
            ['mdy', [two(m), two(d), y].join(mid)],
            ['ymd', [y, two(m), two(d)].join(mid)],
          ]
          for (const [order, text] of writings) {
            expect(parseDate(`${text}${suffix}`, order), `${text}${suffix}`).toEqual({
              day: iso,
              time,
              instant: null,
            })
            const evidence = orderEvidence(`${text}${suffix}`)
            if (d > 12) expect(evidence).toBe(order === 'ymd' ? 'fixed' : order)
            else expect(evidence).toBe(order === 'ymd' || d === m ? 'fixed' : 'either')
          }
        },
      ),
    )
  })

  it('with a zone are instants', () => {
    expect(parseDate('2013-12-09 22:21:55 -0500', 'dmy')?.instant).toBe(Date.parse('2013-12-10T03:21:55Z'))
    expect(parseDate('2016-11-08T10:00:00+05:45', 'dmy')?.instant).toBe(Date.parse('2016-11-08T04:15:00Z'))
    expect(parseDate('2016-11-08T10:00:00.123Z', 'dmy')?.instant).toBe(Date.parse('2016-11-08T10:00:00Z'))
    expect(parseDate('1478563200', 'dmy')?.instant).toBe(1_478_563_200_000)
  })

  it('are read with names of months in eight languages, and as serials of spreadsheets', () => {
    for (const text of [
      '8 Nov 2016',
      'Nov 8, 2016',
      'Tuesday, November 8, 2016',
      '08-Nov-16',
      '8. November 2016',
      '8 novembre 2016',
      '8 de noviembre de 2016',
      '8 november 2016',
      '8 listopada 2016',
      '8 de novembro de 2016',
      '2016-Nov-8',
      '42682',
      '20161108',
    ]) {
      expect(parseDate(text, 'mdy'), text).toEqual({ day: '2016-11-08', time: null, instant: null })
    }
    expect(parseDate('9 août 2021', 'dmy')?.day).toBe('2021-08-09')
    expect(parseDate('1. März 2020', 'dmy')?.day).toBe('2020-03-01')
    expect(parseDate('42682.75', 'dmy')).toEqual({ day: '2016-11-08', time: '18:00:00', instant: null })
    expect(happenedAt({ day: '2016-11-08', time: '18:00:00', instant: null })).toBe('2016-11-08T18:00:00')
  })

  it('that do not exist are none', () => {
    for (const text of [
      '31/04/2016',
      '29/02/2015',
      '00/01/2016',
      '2016-13-01',
      'hello',
      '',
      '12345.67',
      '5/2016',
      '10:30',
    ]) {
      expect(parseDate(text, 'dmy'), text).toBeNull()
    }
    fc.assert(fc.property(fc.string(), (text) => void parseDate(text, 'dmy')))
  })
})
