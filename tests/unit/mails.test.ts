// Mails of accounts: whatever a name holds, the HTML shows it as text, and a link stands in both bodies as it was made.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as mails from '../../src/modules/workspace/documents/mails.ts'
import { nameField } from '../../src/modules/workspace/domain/account.ts'

const HREF = 'https://shop.example/verify/abc.def-_1?a=1&b=2'

/** Every mail, written with the same words wherever somebody may choose them. */
const mailsWith = (words: string): [string, mails.MailText][] => [
  ['verifyMail', mails.verifyMail(words, HREF)],
  ['alreadyRegisteredMail', mails.alreadyRegisteredMail(words, HREF)],
  ['resetMail', mails.resetMail(words, HREF)],
  ['passwordChangedMail', mails.passwordChangedMail(words, HREF)],
  ['newSignInMail', mails.newSignInMail(words, words, words, HREF)],
  ['invitationMail', mails.invitationMail(words, words, words, HREF)],
  ['changeEmailMail', mails.changeEmailMail(words, HREF)],
  ['emailChangedMail', mails.emailChangedMail(words, words)],
  ['factorMail', mails.factorMail(words, 'on', HREF)],
]

/** The HTML as a reader sees it: without tags, entities resolved. */
const shown = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))

const tags = (html: string): string[] => html.match(/<[^>]*>/g) ?? []

test('every mail that is exported is looked at here', () => {
  expect(mailsWith('').map(([name]) => name)).toEqual(
    Object.keys(mails).filter((name) => name.endsWith('Mail')),
  )
})

describe.each(mailsWith('Nora').map(([name]) => name))('%s', (name) => {
  const write = (words: string) => mailsWith(words).find(([other]) => other === name)?.[1] as mails.MailText
  const plain = write('Nora')

  test.each([
    '<img src=x onerror=alert(1)>',
    '</p><script>alert(1)</script>',
    '"><a href="https://evil.example">Sign in</a>',
    "' onmouseover='alert(1)",
    '&lt;b&gt; &#60;i&#62; &amp;',
  ])('shows %s as the text it is', (words) => {
    const { html } = write(words)
    expect(tags(html)).toEqual(tags(plain.html))
    expect(shown(html)).toContain(words)
  })

  test('has the tags it has, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        const { html, text } = write(words)
        expect(tags(html)).toEqual(tags(plain.html))
        expect(text).toContain(words)
      }),
      { numRuns: 200 },
    )
  })

  test('says in plain text what it says in HTML', () => {
    for (const paragraph of plain.text.split('\n\n')) {
      expect(shown(plain.html)).toContain(paragraph.replace(/^[^:]*: (?=https:)/, ''))
    }
  })
})

test.each(mailsWith('Nora').filter(([, mail]) => mail.text.includes('https:')))(
  '%s leads to the very address it was given, in both bodies',
  (_, { text, html }) => {
    expect(text).toContain(HREF)
    expect(/href="([^"]*)"/.exec(html)?.[1]).toBe(HREF.replace('&', '&#38;'))
  },
)

test('a name with a line break or a sign that turns the direction of text is refused, so a subject is one line', () => {
  for (const name of ['Nora\r\nBcc: all@evil.example', 'Nora\n', 'No\u0000ra', 'Nora \u202Egpj.exe']) {
    expect([name, nameField.safeParse(`${name}x`).success]).toEqual([name, false])
  }
  for (const name of ['Zoë O’Brien-Šimić', '株式会社 灯台', 'نورا', 'Harbour & Sons <3', '👩‍🔧 Repairs']) {
    expect([name, nameField.safeParse(name).success]).toEqual([name, true])
  }
})
