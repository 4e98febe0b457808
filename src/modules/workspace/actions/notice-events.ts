/** Which facts people are told of, to whom and in which words: one entry an event. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { contactRow } from '../store/contacts.ts'
import type { Notice } from './notify.ts'

export type NoticeWords = Omit<Notice, 'dedupeKey' | 'statements'>

export interface Heard {
  services: Services
  actor: Actor
  /** A scalar of the payload as text; empty when it is not there. */
  text(name: string): string
}

/** Null: nobody needs to hear of this one. */
type Telling = (heard: Heard) => NoticeWords | null | Promise<NoticeWords | null>

const PEOPLE: Record<string, Telling> = {
  'member.joined': async ({ services, actor, text }) => {
    const everybody = await services.directory.recipients(actor.tenantId, null)
    const person = everybody.find((one) => one.personId === text('person_id'))
    if (!person) return null
    const admins = everybody.filter((one) => one.role === 'owner' || one.role === 'admin')
    return {
      kind: 'member.joined',
      to: admins.map((one) => one.personId).filter((id) => id !== person.personId),
      title: `${person.name} joined as ${text('role')}`,
      href: '/settings/people',
    }
  },
  'member.role_changed': ({ text }) => ({
    kind: 'member.role_changed',
    to: [text('person_id')],
    title: `You are ${text('to')} of this workspace now`,
    body: `Until now you were ${text('from')}.`,
    href: '/settings/profile',
  }),
  'lead.created': async ({ services, actor, text }) => {
    const who = await nameOf(services, actor, text('contact_id'))
    if (!who) return null
    return {
      kind: 'lead.created',
      to: text('owner_id') ? [text('owner_id')] : 'everyone',
      title: `New lead: ${who}`,
      body: text('source_detail') ? `From ${text('source_detail')}.` : '',
      href: `/contacts/${text('contact_id')}`,
    }
  },
  'contact.assigned': async ({ services, actor, text }) => {
    const who = await nameOf(services, actor, text('contact_id'))
    if (!who) return null
    return {
      kind: 'contact.assigned',
      to: [text('owner_id')],
      title: `${who} is yours to look after`,
      href: `/contacts/${text('contact_id')}`,
    }
  },
  'privacy.requested': ({ text }) => ({
    kind: 'privacy.requested',
    to: 'admins',
    title:
      text('topic') === 'access'
        ? 'Somebody asks to see what is known of them'
        : 'Somebody asks to be forgotten',
    body: text('due_at') ? `It must be answered by ${text('due_at').slice(0, 10)}.` : '',
    href: '/settings/data',
  }),
}

const SYSTEMS: Record<string, Telling> = {
  'connection.failed': ({ text }) => ({
    kind: 'connection.failed',
    to: 'admins',
    title: `${text('name')} no longer lets us in`,
    body: `${text('reason')} Connect it again; nothing that came from it is lost.`.trim(),
    href: `/settings/connections/by-id/${text('connector_id')}`,
  }),
  'connection.restored': ({ text }) => ({
    kind: 'connection.restored',
    to: 'admins',
    title: `${text('name')} works again`,
    href: `/settings/connections/by-id/${text('connector_id')}`,
  }),
  'source.failed': ({ text }) => ({
    kind: 'source.failed',
    to: 'admins',
    title: `${text('name')} cannot be read any more`,
    body: text('reason'),
    href: `/foundry/sources/${text('source_id')}`,
  }),
  'webhook.failing': ({ text }) => ({
    kind: 'webhook.failing',
    to: 'admins',
    title:
      text('reason') === 'gone'
        ? 'A webhook endpoint says that it is gone'
        : 'A webhook endpoint keeps failing',
    body: `Nothing more is posted to ${text('url')}. Resume it when it answers again; what waits is sent then.`,
    href: `/settings/webhooks/${text('endpoint_id')}`,
  }),
  'import.completed': ({ text }) => ({
    kind: 'import.finished',
    to: text('created_by') ? [text('created_by')] : [],
    title: `Your import of ${text('kind')} is finished`,
    href: `/foundry/imports/${text('import_id')}`,
  }),
  'payment.disputed': ({ text }) => ({
    kind: 'payment.disputed',
    to: 'admins',
    title: text('amount')
      ? `A payment of ${text('amount')} ${text('currency')} is disputed`
      : 'A payment is disputed',
    body: 'Answer with evidence before the deadline that the payment provider names.',
    href: '/foundry',
  }),
  'mail.bounced': ({ text }) => ({
    kind: 'mail.trouble',
    to: 'admins',
    title: `Mail to ${text('recipient')} bounced`,
    body: `“${text('subject')}” could not be delivered. The address is not written to any more.`,
    href: `/settings/mail/${text('mail_id')}`,
  }),
  'mail.complained': ({ text }) => ({
    kind: 'mail.trouble',
    to: 'admins',
    title: `${text('recipient')} marked a mail as spam`,
    body: `It was “${text('subject')}”. The address is not written to any more.`,
    href: `/settings/mail/${text('mail_id')}`,
  }),
  'mail.received': async ({ services, actor, text }) => {
    if (text('verdict') !== 'human') return null
    const everybody = await services.directory.recipients(actor.tenantId, null)
    return {
      kind: 'mail.received',
      // viewers may not read mail
      to: everybody.filter((one) => one.role !== 'viewer').map((one) => one.personId),
      title: `${text('from')} wrote: ${text('subject') || 'without a subject'}`,
      href: `/settings/mail/received/${text('inbound_mail_id')}`,
    }
  },
}

export const NOTICED: Readonly<Record<string, Telling>> = { ...PEOPLE, ...SYSTEMS }

async function nameOf(services: Services, actor: Actor, contactId: string): Promise<string> {
  const db = services.tenant(actor.tenantId)
  const [card] = await db.get(contactRow(db, contactId))
  return card ? card.name || card.email || 'Somebody without a name' : ''
}
