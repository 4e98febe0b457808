import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { takeRecords } from '../../src/modules/mini-foundry/domain/import/records.ts'
import { sniff } from '../../src/modules/mini-foundry/domain/import/sniff.ts'
import type { Dialect, Encoding } from '../../src/modules/mini-foundry/domain/import/types.ts'

const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '日', '"', ',', ';', '\n', '\r\n', ' ', '1'),
  maxLength: 6,
})
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
const text = fc.tuple(table, fc.constantFrom('\n', '\r\n'), fc.boolean()).map(([rows, newline, ends]) => {
  const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
  return quoted.join(newline) + (ends ? newline : '')
})
/** Anything at all, as long as its quotation marks are closed in the eyes of papaparse. */
const wild = fc
  .string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r', ' ', 'b'), maxLength: 40 })
  .filter((source) => whole(source).errors.every((error) => error.code !== 'MissingQuotes'))

function whole(source: string) {
  const settings = {
    delimiter: ',',
    newline: '\n',
    preview: 0,
    fastMode: false,
    quoteChar: '"',
    escapeChar: '"',
  }
  return new Papa.Parser(settings).parse(source, 0, false)
}

function encode(source: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(source)
  const units = Array.from({ length: source.length }, (_, i) => source.charCodeAt(i))
  return new Uint8Array(
    units.flatMap((unit) => (encoding === 'utf-16le' ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  )
}

/** Reads through looks of `window` bytes and `max` records, growing a look that holds no whole record, as an import does. */
function readThrough(bytes: Uint8Array, dialect: Dialect, window: number, max: number) {
  const records: { cells: string[]; line: number }[] = []
  let at = 0
  let line = 1
  for (let size = window; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + size)
    const taken = takeRecords(bytes.subarray(at, end), dialect, line, max, end === bytes.length)
    records.push(...taken.records)
    size = taken.bytes === 0 ? size * 2 : window
    at += taken.bytes
    line += taken.lines
  }
  return records
}

const expected = (source: string): string[][] => {
  const rows = whole(source).data.map((row) => row.map((value) => value.trim()))
  if (source.endsWith('\n') && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') rows.pop()
  return rows
}

describe('records of a file', () => {
  it('are the same however the file is cut, in every encoding', () => {
    fc.assert(
      fc.property(
        fc.oneof(text, wild),
        fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be'),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 5 }),
        (source, encoding, window, max) => {
          const dialect: Dialect = { encoding, delimiter: ',', newline: '\n' }
          const found = readThrough(encode(source, encoding), dialect, window * 2, max)
          expect(found.map((record) => record.cells)).toEqual(expected(source))
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('know the line they start on', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (source, window) => {
        const lines = source.split('\n')
        for (const record of readThrough(new TextEncoder().encode(source), utf8, window, 3)) {
          expect(lines[record.line - 1]?.startsWith('"')).toBe(true)
        }
        const starts = readThrough(new TextEncoder().encode(source), utf8, 10_000, 1000).map(
          (record) => record.line,
        )
        expect(
          readThrough(new TextEncoder().encode(source), utf8, window, 2).map((record) => record.line),
        ).toEqual(starts)
      }),
    )
  })

  it('go on after a quotation mark that is never closed', () => {
    const source = 'a,b\n1,"open\n2,3\n4,5\n'
    const bytes = new TextEncoder().encode(source)
    const taken = takeRecords(bytes, utf8, 1, 100, true)
    expect(taken.records.map((record) => record.cells)).toEqual([['a', 'b']])
    expect(taken.unclosed).toEqual({ cells: ['1', '"open'], line: 2 })
    const rest = takeRecords(bytes.subarray(taken.bytes), utf8, 1 + taken.lines, 100, true)
    expect(rest.records).toEqual([
      { cells: ['2', '3'], line: 3 },
      { cells: ['4', '5'], line: 4 },
    ])
  })
})

const utf8: Dialect = { encoding: 'utf-8', delimiter: ',', newline: '\n' }

describe('sniffing', () => {
  it('finds delimiter, encoding and header of a file in any of them', () => {
    const header = ['Bestellung', 'Größe', 'Preis']
    for (const delimiter of [',', ';', '\t', '|']) {
      for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
        for (const mark of ['', '\ufeff']) {
          const rows = [header, ['1', 'groß', '"3,50"'], ['2', 'klein', '"4,00"']]
          const bytes = encode(mark + rows.map((row) => row.join(delimiter)).join('\r\n'), encoding)
          const found = sniff(bytes, true)
          expect(found, `${delimiter} ${encoding} ${mark}`).toMatchObject({
            delimiter,
            encoding,
            columns: header,
          })
          expect(found?.sample).toEqual([
            ['1', 'groß', '3,50'],
            ['2', 'klein', '4,00'],
          ])
        }
      }
    }
  })

  it('takes what is not UTF-8 for the Windows page, skips blank lines above the header, and names columns once', () => {
    const windows = new Uint8Array([
      0x0a,
      ...Buffer.from('Gr'),
      0xf6,
      ...Buffer.from('sse,Preis,Preis,\n1,2,3,4\n'),
    ])
    expect(sniff(windows, true)).toMatchObject({
      encoding: 'windows-1252',
      columns: ['Grösse', 'Preis', 'Preis (2)', 'Column 4'],
      dataLine: 3,
    })
    expect(sniff(new TextEncoder().encode('sep=;\na;b\n1;2\n'), true)).toMatchObject({
      delimiter: ';',
      columns: ['a', 'b'],
      dataLine: 3,
    })
    expect(sniff(new Uint8Array(0), true)).toBeNull()
  })
})
