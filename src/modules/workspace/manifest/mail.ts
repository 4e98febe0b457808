/** The part of the workspace wing's manifest that belongs to mail. */
import * as z from 'zod'
import type { Manifest } from '../../../platform/manifest.ts'
import { forgetInboundFrom, forgetMailsTo, inboundFrom, mailsTo } from '../store/mail.ts'

const outcome = z.strictObject({
  mail_id: z.string(),
  recipient: z.string(),
  subject: z.string(),
  detail: z.string(),
})
const sample = {
  mail_id: '01a20669-9c44-775c-8f43-2490460709eb',
  recipient: 'ann@example.com',
  subject: 'Your order is on its way',
  detail: 'smtp; 550 5.1.1 no such user',
}

export const mail: Partial<Manifest> = {
  fileAreas: ['mail'],
  events: [
    {
      type: 'mail.bounced',
      title: 'Mail bounced',
      description: 'An address is at its end. It is not written to any more.',
      payload: outcome,
      sample,
    },
    {
      type: 'mail.complained',
      title: 'Mail called unwanted',
      description: 'The recipient marked a mail as spam. The address is not written to any more.',
      payload: outcome,
      sample: { ...sample, detail: '' },
    },
    {
      type: 'mail.received',
      title: 'Mail received',
      description: 'A mail came into an inbox, or as an answer to a mail of ours.',
      payload: z.strictObject({
        inbound_mail_id: z.string(),
        from: z.string(),
        subject: z.string(),
        verdict: z.enum(['human', 'automatic', 'bounce', 'complaint']),
        in_reply_to: z.string().nullable(),
      }),
      sample: {
        inbound_mail_id: '9f2c0c5be1d84a9a8f6f4b1f2f6f0c11',
        from: 'ann@example.com',
        subject: 'Re: Your order is on its way',
        verdict: 'human',
        in_reply_to: '01a20669-9c44-775c-8f43-2490460709eb',
      },
    },
  ],
  notices: [
    {
      kind: 'mail.trouble',
      title: 'Mail that bounced or was called unwanted',
      description: 'An address of a customer is at its end, or somebody marked your mail as spam.',
      mail: 'daily',
    },
    {
      kind: 'mail.received',
      title: 'Mail from a customer',
      description: 'A person answered a mail, or wrote to one of your inboxes.',
      mail: 'off',
    },
  ],
  async timeline(services, actor, whom, limit) {
    if (!whom.email) return []
    const db = services.tenant(actor.tenantId)
    const [sent, received] = await db.getAll([
      mailsTo(db, whom.email, limit),
      inboundFrom(db, whom.email, limit),
    ])
    return [
      ...sent.map((row) => ({
        at: row.created_at,
        kind: 'mail',
        title: row.subject,
        detail: row.status,
        href: `/settings/mail/${row.id}`,
      })),
      ...received.map((row) => ({
        at: row.receivedAt,
        kind: 'mail',
        title: row.subject || 'Mail without a subject',
        detail: 'received',
        href: `/settings/mail/received/${row.id}`,
      })),
    ]
  },
  async personal(services, actor, whom): Promise<Record<string, unknown[]>> {
    if (!whom.email) return {}
    const db = services.tenant(actor.tenantId)
    const [sent, received] = await db.getAll([
      mailsTo(db, whom.email, 5000),
      inboundFrom(db, whom.email, 5000),
    ])
    return { mails: sent, inbound_mails: received.map(({ rawKey: _key, ...row }) => row) }
  },
  async forget(services, actor, whom): Promise<Record<string, number>> {
    if (!whom.email) return {}
    const db = services.tenant(actor.tenantId)
    const received = await db.get(inboundFrom(db, whom.email, 5000))
    await services.files.remove(received.map((row) => row.rawKey))
    await services.directory.forgetMailWords(actor.tenantId, whom.email)
    const [sent, removed] = await db.write([forgetMailsTo(db, whom.email), forgetInboundFrom(db, whom.email)])
    return { mails: sent ?? 0, inbound_mails: removed ?? 0 }
  },
}
