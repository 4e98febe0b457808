// Which files are taken: name and contents must agree, and nothing that can act is on the list.
import { describe, expect, test } from 'vitest'
import { contentCheck } from '../../src/modules/workspace/domain/file-content.ts'
import {
  ACCEPTED,
  FILE_KINDS,
  type FileKind,
  fileKindOf,
} from '../../src/modules/workspace/domain/file-type.ts'

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  )

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const ZIP = [0x50, 0x4b, 0x03, 0x04]

const BEGINNINGS: Record<string, Uint8Array> = {
  pdf: bytes('%PDF-1.7\n'),
  png: bytes(PNG, 'rest'),
  jpg: bytes([0xff, 0xd8, 0xff, 0xe0]),
  jpeg: bytes([0xff, 0xd8, 0xff, 0xe1]),
  gif: bytes('GIF89a'),
  webp: bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '),
  heic: bytes([0, 0, 0, 24], 'ftypheic'),
  heif: bytes([0, 0, 0, 24], 'ftypmif1'),
  csv: bytes('a,b\n1,2\n'),
  txt: bytes('Dear customer'),
  json: bytes('{"a":1}'),
  docx: bytes(ZIP),
  xlsx: bytes(ZIP),
  pptx: bytes(ZIP),
  zip: bytes(ZIP),
  mp4: bytes([0, 0, 0, 32], 'ftypisom'),
  m4v: bytes([0, 0, 0, 32], 'ftypM4V '),
  mp3: bytes('ID3', [4, 0]),
}

const kindOf = (name: string): FileKind => {
  const kind = fileKindOf(name, BEGINNINGS[name.split('.').at(-1) ?? ''] ?? bytes(''))
  if (!kind.ok) throw new Error(kind.error.detail)
  return kind.value
}

const refusal = (name: string, head: Uint8Array): string => {
  const kind = fileKindOf(name, head)
  return kind.ok ? `taken as ${kind.value.type}` : kind.error.detail
}

const verdict = (name: string, ...chunks: Uint8Array[]): string | null => {
  const check = contentCheck(kindOf(name))
  for (const chunk of chunks) check.add(chunk)
  return check.end()
}

describe('a file by its name and beginning', () => {
  test.each(FILE_KINDS.flatMap((kind) => kind.extensions.map((extension) => ({ extension, kind }))))(
    '.$extension with its own beginning is taken',
    ({ extension, kind }) => {
      const beginning = BEGINNINGS[extension]
      expect(beginning).toBeDefined()
      expect(fileKindOf(`Report.${extension.toUpperCase()}`, beginning ?? bytes(''))).toEqual({
        ok: true,
        value: kind,
      })
    },
  )

  test('is refused with the beginning of any other kind', () => {
    const binary = Object.keys(BEGINNINGS).filter((name) => !['csv', 'txt', 'json'].includes(name))
    const zips = ['docx', 'xlsx', 'pptx', 'zip']
    const alike = (a: string, b: string) =>
      kindOf(`x.${a}`) === kindOf(`x.${b}`) || (zips.includes(a) && zips.includes(b))
    for (const extension of binary)
      for (const [other, head] of Object.entries(BEGINNINGS))
        if (!alike(extension, other)) expect(refusal(`x.${extension}`, head)).toMatch(/^The name ends in/)
  })

  test('is refused when a page calls itself a picture, and a program a document', () => {
    expect(refusal('logo.png', bytes('<!doctype html><script>alert(1)</script>'))).toContain('no PNG image')
    expect(refusal('logo.png', bytes('<svg xmlns="http://www.w3.org/2000/svg">'))).toContain('no PNG image')
    expect(refusal('invoice.pdf', bytes('MZ', [0x90, 0]))).toContain('no PDF')
    expect(refusal('invoice.pdf', bytes('\n%PDF-1.7'))).toContain('no PDF')
  })

  test.each(['html', 'htm', 'svg', 'js', 'xml', 'swf'])('.%s is refused because it can act', (extension) => {
    expect(refusal(`page.${extension}`, bytes('<html>'))).toContain('can act when they are opened')
  })

  test.each(['exe', 'bat', 'sh', 'xlsm', 'apk'])('.%s is refused as a program', (extension) => {
    expect(refusal(`offer.pdf.${extension}`, bytes('%PDF-1.7'))).toContain('Programs and macros')
  })

  test('without an ending, or with one nobody knows, is refused with the list of what is taken', () => {
    expect(refusal('README', bytes('x'))).toContain('without an ending')
    expect(refusal('drawing.dwg', bytes('x'))).toMatch(/\.dwg are not taken\. Taken are PDF/)
  })

  test('that is empty is refused', () => {
    expect(refusal('empty.txt', bytes(''))).toContain('The file is empty')
  })

  test('that is a picture with a page behind it is a picture still', () => {
    expect(refusal('logo.png', bytes(PNG, '<script>alert(1)</script>'))).toBe('taken as image/png')
  })

  test('is offered by the file field exactly when it is taken', () => {
    expect(ACCEPTED.split(',').sort()).toEqual(
      Object.keys(BEGINNINGS)
        .map((name) => `.${name}`)
        .sort(),
    )
  })
})

describe('the whole of a text', () => {
  test('may be UTF-8, also when a letter lies across two chunks', () => {
    const text = bytes('Łódź, ₹ 日本')
    expect(verdict('a.csv', text)).toBeNull()
    for (let at = 0; at <= text.length; at++)
      expect(verdict('a.csv', text.subarray(0, at), text.subarray(at))).toBeNull()
  })

  test('may be UTF-16 with its mark, whichever end first', () => {
    expect(verdict('a.txt', bytes([0xff, 0xfe, 0x41, 0x00]))).toBeNull()
    expect(verdict('a.txt', bytes([0xff]), bytes([0xfe, 0x41, 0x00]))).toBeNull()
    expect(verdict('a.txt', bytes([0xfe, 0xff, 0x00, 0x41]))).toBeNull()
  })

  test('may be one letter', () => {
    expect(verdict('a.txt', bytes('a'))).toBeNull()
  })

  test('is refused when it is no text', () => {
    expect(verdict('a.txt', bytes('MZ', [0, 1]))).toContain('not readable text')
    expect(verdict('a.txt', bytes('fine'), bytes([0xc3, 0x28]))).toContain('not readable text')
    expect(verdict('a.csv', bytes('cut off', [0xe2, 0x82]))).toContain('not readable text')
    expect(verdict('a.csv', bytes([0xff]))).toContain('not readable text')
    expect(verdict('a.csv', bytes('Gr', [0xfc], 'n'))).toContain('UTF-8')
  })
})

describe('the whole of an office document', () => {
  const part = (name: string) => bytes(ZIP, [20, 0, 0, 0, 8, 0], name)

  test('names its list of parts, wherever the chunks are cut', () => {
    const document = bytes([...part('[Content_Types].xml')], [...part('word/document.xml')])
    for (let at = 0; at <= document.length; at++)
      expect(verdict('a.docx', document.subarray(0, at), document.subarray(at))).toBeNull()
    expect(verdict('a.docx', ...Array.from(document, (byte) => bytes([byte])))).toBeNull()
  })

  test('is refused when it is any other zip', () => {
    expect(verdict('a.xlsx', part('photos/holiday.jpg'))).toContain('no Excel workbook')
  })

  test('is refused with macros in it', () => {
    const document = bytes([...part('[Content_Types].xml')], [...part('word/vbaProject.bin')])
    expect(verdict('a.docx', document)).toContain('macros')
  })

  test('is never unpacked: a zip of any promised size is looked at by its bytes only', () => {
    const bomb = bytes([...part('[Content_Types].xml')], new Array(1000).fill(0x00))
    const check = contentCheck(kindOf('a.xlsx'))
    for (let chunks = 0; chunks < 1000; chunks++) check.add(bomb)
    expect(check.end()).toBeNull()
  })
})
