// Whatever is written into the head of a mail, no second header ever comes out of it.
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { verdictOf } from '../../src/modules/workspace/domain/inbound-mail.ts'
import { refuseDraft } from '../../src/platform/mail-draft.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '\r',
        '\n',
        '\u2028',
        '\u0085',
        '\0',
        'Bcc: b@x.co',
        'a@b.co',
        ' ',
        ':',
        '<',
        '>',
        '"',
        ',',
        'é',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
)

test('a draft that is not refused is a mail of exactly the headers it names, to exactly one address', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nasty, nasty, nasty, nasty, async (to, subject, fromName, name, value) => {
      const draft = { to, subject, fromName, headers: name ? { [name]: value } : {} }
      if (refuseDraft(draft) !== null) return
      const head = [
        'From: shop@example.com',
        `To: ${to}`,
        `Subject: ${subject}`,
        ...(name ? [`${name}: ${value}`] : []),
      ].join('\r\n')
      const parsed = await PostalMime.parse(`${head}\r\n\r\nHi`)
      expect(parsed.headers).toHaveLength(name ? 4 : 3)
      expect(parsed.bcc ?? []).toEqual([])
      expect(parsed.to).toHaveLength(1)
    }),
    { numRuns: 500 },
  )
})

test('ordinary drafts are not refused', () => {
  for (const to of ['ann@example.com', "o'neil+shop@sub.example.co.uk", 'ann_b@xn--bcher-kva.example'])
    expect(refuseDraft({ to, subject: 'Grüße aus Łódź: 50 % off, “today”', fromName: 'Søn & Co' })).toBeNull()
  const headers = { 'List-Unsubscribe': '<https://a.example/u/1>, <mailto:u@a.example>' }
  expect(refuseDraft({ to: 'ann@example.com', subject: 'x', headers })).toBeNull()
})

test('every mail is of some kind, whatever its headers', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(nasty, nasty), { maxLength: 10 }), nasty, (headers, address) => {
      const from = { address, name: '' }
      expect(['human', 'automatic', 'bounce', 'complaint']).toContain(
        verdictOf({ headers, from, attachments: [] }),
      )
    }),
  )
})
