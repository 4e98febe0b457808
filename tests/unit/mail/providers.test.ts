// Mail providers against stand-ins that take and refuse what the vendors document, in their own words.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cloudflareProvider } from '../../../src/connectors/mail/cloudflare.ts'
import { postmarkProvider } from '../../../src/connectors/mail/postmark.ts'
import type { OutgoingMail } from '../../../src/connectors/mail/provider.ts'
import { resendProvider } from '../../../src/connectors/mail/resend.ts'
import { smtpProvider } from '../../../src/connectors/mail/smtp.ts'
import { MAX_ATTACHED } from '../../../src/platform/mail-attachment.ts'
import { refuseDraft } from '../../../src/platform/mail-draft.ts'

const mail: OutgoingMail = {
  id: '01a20669-9c44-775c-8f43-2490460709eb',
  from: 'Harbour <mail@harbour.example>',
  to: 'ann@example.com',
  replyTo: 'reply@harbour.example',
  subject: 'Grüße',
  text: 'Hi',
  html: '<p>Hi</p>',
  headers: { 'List-Unsubscribe': '<https://harbour.example/u/1>' },
  attachments: [],
}
const withFile: OutgoingMail = {
  ...mail,
  attachments: [{ name: 'Łódź ä.pdf', contentType: 'application/pdf', base64: 'JVBERg==' }],
}
const rules = { allowPrivate: [] }

let asked: Request[]
let answer: (request: Request, body: Record<string, unknown>) => Response

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const request = new Request(url, init)
    asked.push(request)
    return answer(request, JSON.parse(String(init.body)))
  })
})
afterEach(() => vi.unstubAllGlobals())

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

describe('Resend', () => {
  const provider = resendProvider('https://api.resend.com', 're_secret', rules)

  test('is given everything with an idempotency key of the mail, and tells its id', async () => {
    answer = (request, body) => {
      expect(request.headers.get('Authorization')).toBe('Bearer re_secret')
      expect(request.headers.get('Idempotency-Key')).toBe(mail.id)
      expect(body).toMatchObject({
        to: [mail.to],
        reply_to: mail.replyTo,
        headers: mail.headers,
        subject: 'Grüße',
      })
      return json(200, { id: 'r-1' })
    }
    expect(await provider.send(mail)).toEqual({ ok: true, value: { providerId: 'r-1' } })
    expect(asked[0]?.url).toBe('https://api.resend.com/emails')
  })

  test.each([
    [429, 'unavailable', 7],
    [500, 'unavailable', undefined],
    [401, 'invalid', undefined],
    [422, 'invalid', undefined],
  ])('that answers %i is %s', async (status, kind, retryAfter) => {
    const headers: Record<string, string> = retryAfter ? { 'Retry-After': String(retryAfter) } : {}
    answer = () => json(status, { message: 'no: ann@example.com re_secret' }, headers)
    const sent = await provider.send(mail)
    expect(sent).toMatchObject({ ok: false, error: { kind, ...(retryAfter ? { retryAfter } : {}) } })
    expect(JSON.stringify(sent)).not.toMatch(/ann@|re_secret/)
  })
})

describe('Postmark', () => {
  const provider = postmarkProvider('https://api.postmarkapp.com', 'server-token', rules)

  test('is given everything with the server token, and tells its id', async () => {
    answer = (request, body) => {
      expect(request.headers.get('X-Postmark-Server-Token')).toBe('server-token')
      expect(body).toMatchObject({
        From: mail.from,
        To: mail.to,
        ReplyTo: mail.replyTo,
        Headers: [{ Name: 'List-Unsubscribe', Value: mail.headers['List-Unsubscribe'] }],
      })
      return json(200, { ErrorCode: 0, MessageID: 'pm-1' })
    }
    expect(await provider.send(mail)).toEqual({ ok: true, value: { providerId: 'pm-1' } })
  })

  test('that calls the recipient inactive means: not written to', async () => {
    answer = () =>
      json(422, {
        ErrorCode: 406,
        Message: 'You tried to send to a recipient that has been marked as inactive.',
      })
    expect(await provider.send(mail)).toMatchObject({
      ok: true,
      value: { suppressed: expect.stringContaining('Postmark') },
    })
  })

  test.each([
    [422, { ErrorCode: 300 }, 'invalid'],
    [401, { ErrorCode: 10 }, 'invalid'],
    [503, 'not json', 'unavailable'],
    [200, { nonsense: true }, 'invalid'],
  ])('that answers %i %o is %s', async (status, body, kind) => {
    answer = () => json(status, body)
    expect(await provider.send(mail)).toMatchObject({ ok: false, error: { kind } })
  })
})

describe('the Cloudflare binding', () => {
  test('is given the parts, the sender apart from the name', async () => {
    const send = vi.fn(async (_message: Record<string, unknown>) => ({ messageId: 'cf-1' }))
    expect(await cloudflareProvider({ send }).send(mail)).toEqual({ ok: true, value: { providerId: 'cf-1' } })
    expect(send.mock.calls[0]?.[0]).toMatchObject({
      from: { name: 'Harbour', email: 'mail@harbour.example' },
      to: mail.to,
      replyTo: mail.replyTo,
      headers: mail.headers,
    })
  })

  test.each([
    ['E_RATE_LIMIT_EXCEEDED', { ok: false, error: { kind: 'unavailable' } }],
    ['E_SENDER_NOT_VERIFIED', { ok: false, error: { kind: 'invalid' } }],
    ['E_RECIPIENT_SUPPRESSED', { ok: true, value: { suppressed: expect.any(String) } }],
    ['E_INTERNAL_SERVER_ERROR', { ok: false, error: { kind: 'unavailable' } }],
  ])('that throws %s', async (code, expected) => {
    const send = async () => {
      throw Object.assign(new Error('refused for ann@example.com'), { code })
    }
    const sent = await cloudflareProvider({ send }).send(mail)
    expect(sent).toMatchObject(expected)
    expect(JSON.stringify(sent)).not.toContain('ann@')
  })

  test('that is not bound waits until it is', async () => {
    expect(await cloudflareProvider(undefined).send(mail)).toMatchObject({ error: { kind: 'unavailable' } })
  })
})

describe('SMTP', () => {
  const settings = { host: 'mail.harbour.example', port: 587, user: 'u', password: 'p' }

  test('is given the mail with a message id of its own, over STARTTLS on 587 and TLS on 465', async () => {
    const send = vi.fn(async (_options: unknown, _mail: unknown) => {})
    await smtpProvider(settings, send).send(mail)
    await smtpProvider({ ...settings, port: 465 }, send).send(mail)
    expect(send.mock.calls[0]?.[0]).toMatchObject({
      host: settings.host,
      port: 587,
      secure: false,
      startTls: true,
    })
    expect(send.mock.calls[1]?.[0]).toMatchObject({ port: 465, secure: true, startTls: false })
    expect(send.mock.calls[0]?.[1]).toMatchObject({
      from: { name: 'Harbour', email: 'mail@harbour.example' },
      reply: mail.replyTo,
      headers: { 'Message-ID': `<${mail.id}@harbour.example>` },
    })
  })

  test.each([
    ['451 4.7.1 greylisted, try again', 'unavailable'],
    ['550 5.1.1 no such user ann@example.com', 'invalid'],
    ['535 authentication failed', 'invalid'],
    ['the socket was closed', 'unavailable'],
    ['connect ECONNREFUSED mail.harbour.example:587 refused', 'unavailable'],
    ['proxy request to 10.0.0.1 port 587 failed', 'unavailable'],
    ['Invalid RCPT TO: <ann@example.com> 550 5.1.1 no such user', 'invalid'],
    ['Failed send email body: 452 4.2.2 over quota', 'unavailable'],
  ])('that answers "%s" is %s', async (words, kind) => {
    const sent = await smtpProvider(settings, () => Promise.reject(new Error(words))).send(mail)
    expect(sent).toMatchObject({ ok: false, error: { kind } })
    expect(JSON.stringify(sent)).not.toContain('ann@')
  })
})

describe('A file beside a mail', () => {
  test('goes to Resend and Postmark under their names for it', async () => {
    const bodies: Record<string, unknown>[] = []
    answer = (_request, body) => {
      bodies.push(body)
      return json(200, { id: 'r-1', MessageID: 'p-1', ErrorCode: 0 })
    }
    await resendProvider('https://api.resend.com', 'key', rules).send(withFile)
    await postmarkProvider('https://api.postmarkapp.com', 'key', rules).send(withFile)
    await resendProvider('https://api.resend.com', 'key', rules).send(mail)
    expect(bodies[0]?.attachments).toEqual([
      { filename: 'Łódź ä.pdf', content: 'JVBERg==', content_type: 'application/pdf' },
    ])
    expect(bodies[1]?.Attachments).toEqual([
      { Name: 'Łódź ä.pdf', Content: 'JVBERg==', ContentType: 'application/pdf' },
    ])
    expect(bodies[2]).not.toHaveProperty('attachments')
  })

  test('goes to Cloudflare as bytes, and over SMTP under a name of plain letters', async () => {
    const given: Record<string, unknown>[] = []
    const binding = {
      send: async (message: Record<string, unknown>) => {
        given.push(message)
        return { messageId: 'c-1' }
      },
    }
    await cloudflareProvider(binding).send(withFile)
    expect(given[0]?.attachments).toEqual([
      {
        filename: 'Łódź ä.pdf',
        content: new TextEncoder().encode('%PDF'),
        type: 'application/pdf',
        disposition: 'attachment',
      },
    ])
    const settings = { host: 'mail.example', port: 587, user: '', password: '' }
    const smtp = smtpProvider(settings, async (_options, email) => void given.push({ ...email }))
    expect((await smtp.send(withFile)).ok).toBe(true)
    expect(given[1]?.attachments).toEqual([
      { filename: 'odz a.pdf', content: 'JVBERg==', mimeType: 'application/pdf' },
    ])
  })

  test.each([
    [{ name: 'a\r\nBcc: x@example.com' }, 'name'],
    [{ name: 'a";.pdf' }, 'name'],
    [{ contentType: 'text/html\r\nX: y' }, 'type'],
    [{ base64: 'no base64!' }, 'base64'],
    [{ base64: 'A'.repeat(MAX_ATTACHED + 4) }, 'too large'],
  ])('is refused when it could break the mail (%#)', (bad, word) => {
    const file = { name: 'a.pdf', contentType: 'application/pdf', base64: 'JVBERg==', ...bad }
    const draft = { to: 'ann@example.com', subject: 'Hi', attachments: [file] }
    expect(refuseDraft(draft)).toContain(word)
    expect(
      refuseDraft({
        ...draft,
        attachments: [{ ...file, name: 'a.pdf', contentType: 'application/pdf', base64: '' }],
      }),
    ).toBeNull()
  })
})
