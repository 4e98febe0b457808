// What people type as names of files and as comments, for any text at all.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { attachment } from '../../src/http/attachment.ts'
import { commentParts, commentSummary, settleMentions } from '../../src/modules/workspace/domain/comment.ts'
import { cleanFileName } from '../../src/modules/workspace/domain/file-name.ts'
import { CommentBody } from '../../src/modules/workspace/views/comment-body.tsx'

const ODD = [
  '/',
  '\\',
  '..',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u001f',
  '\u200b',
  ' ',
  '.',
  '"',
  '<',
  '%0d%0a',
  '\r\n',
  '\ud800',
  'é',
  'e\u0301',
  '日本',
  '💥',
  'con',
  '.pdf',
  '.tar.gz',
  'a'.repeat(210),
]
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.oneof(fc.constantFrom(...ODD), fc.string({ maxLength: 5 })), { maxLength: 12 })
    .map((parts) => parts.join('')),
)

test('a cleaned name is no path, hides nothing, turns nothing around, and stays as it is when cleaned again', () => {
  fc.assert(
    fc.property(name, (given) => {
      const clean = cleanFileName(given)
      expect(clean).not.toBe('')
      expect(Array.from(clean).length).toBeLessThanOrEqual(200)
      expect(clean).not.toMatch(/[/\\<>:"|?*]/)
      expect(clean).not.toMatch(
        /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u,
      )
      expect(clean).not.toMatch(/^[.\s]|[.\s]$/u)
      expect(clean).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      expect(clean.isWellFormed()).toBe(true)
      expect(cleanFileName(clean)).toBe(clean)
    }),
    { numRuns: 2000 },
  )
})

test('names that people give stay as they are', () => {
  for (const kept of ['Offer 2026.pdf', 'Łódź (final).docx', '日本.csv', 'a.tar.gz', 'R&D plan, v2.xlsx'])
    expect(cleanFileName(kept)).toBe(kept)
  expect(cleanFileName('C:\\Users\\ann\\Offer.pdf')).toBe('Offer.pdf')
  expect(cleanFileName('../../etc/passwd.txt')).toBe('passwd.txt')
  expect(cleanFileName('invoice\u202efdp.exe')).toBe('invoicefdp.exe')
  expect(cleanFileName(`${'long '.repeat(60)}.pdf`)).toMatch(/^long .*\.pdf$/)
})

test('a name in a header never ends the header or its quotation', () => {
  fc.assert(
    fc.property(name, (given) => {
      const header = attachment(cleanFileName(given))
      expect(header).toMatch(/^attachment; filename="[ !#-[\]-~]+"; filename\*=UTF-8''[A-Za-z0-9\-._~!%]+$/)
      const [, whole = ''] = header.split("UTF-8''")
      expect(decodeURIComponent(whole)).toBe(cleanFileName(given))
    }),
    { numRuns: 1000 },
  )
})

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<script>alert(1)</script>',
          '<img src=x onerror=alert(1)>',
          '&lt;',
          '"',
          "'",
          'javascript:alert(1)',
          'https://example.com/?a=1&b=2',
          'http://a.b/(c)',
          'https://"><script>',
          'https://user:pw@evil.test/',
          '@[Ann](p-1)',
          '@[<b>](p-2)',
          '@[Ann](javascript:x)',
          '\n',
          ' ',
          '.',
          ')',
        ),
        fc.string({ maxLength: 10 }),
      ),
      { maxLength: 15 },
    )
    .map((parts) => parts.join('')),
)

test('no tag but our own ever comes out of a comment, and every word of it does', () => {
  fc.assert(
    fc.property(words, (body) => {
      const html = String(CommentBody({ body }))
      const tags = html.match(/<[^>]*>/g) ?? []
      for (const tag of tags)
        expect(tag).toMatch(
          /^<(\/div|div class="[\w -]+"|\/span|span class="[\w -]+"|\/a|a href="https?:\/\/[^"<>]*" class="[\w -]+" rel="noopener noreferrer nofollow ugc" target="_blank")>$/,
        )
      const shown = commentParts(body).map((part) => (part.kind === 'mention' ? `@${part.name}` : part.text))
      const text = html.replace(/<[^>]*>/g, '')
      expect(plainOf(text)).toBe(shown.join(''))
    }),
    { numRuns: 2000 },
  )
})

const plainOf = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

test('the pieces of a comment without mentions are the comment', () => {
  fc.assert(
    fc.property(words, (body) => {
      const parts = commentParts(body)
      if (parts.some((part) => part.kind === 'mention')) return
      expect(parts.map((part) => (part.kind === 'mention' ? '' : part.text)).join('')).toBe(body)
    }),
  )
})

test('a link ends where the sentence goes on', () => {
  const links = (body: string) =>
    commentParts(body).flatMap((part) => (part.kind === 'link' ? [part.text] : []))
  expect(links('See https://example.com/a.')).toEqual(['https://example.com/a'])
  expect(links('(see https://example.com/a)')).toEqual(['https://example.com/a'])
  expect(links('https://en.wikipedia.org/wiki/Rate_(unit), yes')).toEqual([
    'https://en.wikipedia.org/wiki/Rate_(unit)',
  ])
  expect(links('javascript:alert(1) ftp://x.y https://user:pw@evil.test/')).toEqual([])
})

test('mentions are members only, under their own names, each once', () => {
  const members = [
    { id: 'p-1', name: 'Ann [Boss]' },
    { id: 'p-2', name: 'Ben' },
  ]
  expect(settleMentions('Hi @[The CEO](p-1) and @[Eve](p-9)', ['p-2', 'p-1', 'p-9'], members)).toEqual({
    body: 'Hi @[Ann  Boss](p-1) and @Eve\n@[Ben](p-2)',
    mentions: ['p-1', 'p-2'],
  })
  fc.assert(
    fc.property(words, fc.array(fc.constantFrom('p-1', 'p-2', 'p-3')), (body, chosen) => {
      const settled = settleMentions(body, chosen, members)
      expect(settled.mentions.every((id) => members.some((member) => member.id === id))).toBe(true)
      expect(new Set(settled.mentions).size).toBe(settled.mentions.length)
      expect(settleMentions(settled.body, [], members)).toEqual(settled)
    }),
  )
})

test('a summary is one line of plain words', () => {
  expect(commentSummary('Hello\n@[Ann](p-1), look:\nhttps://example.com/x')).toBe(
    'Hello @Ann, look: https://example.com/x',
  )
  expect(Array.from(commentSummary('💥'.repeat(500), 140))).toHaveLength(140)
})
