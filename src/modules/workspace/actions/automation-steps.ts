/** What automations can do to contacts and channels, and how they look at contacts. */
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { RecordKind, StepDefinition } from '../../../platform/services.ts'
import type { StepJson, StepOutcome } from '../../../platform/step.ts'

import { STAGES } from '../domain/contact.ts'
import { channelOf, dueOfChannels, insertPosts } from '../store/channels.ts'
import { contactIdByEmail } from '../store/contacts.ts'
import { type ContactView, contactName, listContacts, readContact } from './contacts.ts'
import { updateContact } from './contacts-change.ts'

const recordOf = (contact: ContactView): Record<string, StepJson> => ({
  id: contact.id,
  name: contactName(contact),
  first_name: contact.name.split(' ')[0] ?? '',
  email: contact.email,
  phone: contact.phone,
  company: contact.company,
  stage: contact.stage,
  tags: contact.tags,
  consent: contact.consent.state,
  source: contact.source,
  owner_id: contact.ownerId,
  created_at: contact.createdAt,
})

export const contactRecords: RecordKind = {
  kind: 'contact',
  title: 'Contact',
  permission: 'contacts:read',
  fields: [
    { name: 'id', label: 'Id', sample: '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f' },
    { name: 'name', label: 'Name', sample: 'Maria Santos' },
    { name: 'first_name', label: 'First name', sample: 'Maria' },
    { name: 'email', label: 'E-mail address', sample: 'maria@example.com' },
    { name: 'phone', label: 'Telephone', sample: '+1 207 555 0134' },
    { name: 'company', label: 'Company', sample: 'Santos Sailmaking' },
    { name: 'stage', label: 'Stage', sample: 'lead' },
    { name: 'tags', label: 'Tags', sample: ['newsletter'] },
    { name: 'consent', label: 'Consent to marketing', sample: 'given' },
    { name: 'source', label: 'Came from', sample: 'form' },
    { name: 'owner_id', label: 'Looked after by', sample: null },
    { name: 'created_at', label: 'Since', sample: '2026-11-01T09:30:00.000Z' },
  ],
  async read(services, actor, id) {
    const db = services.tenant(actor.tenantId)
    const [found] = id.includes('@') ? await db.get(contactIdByEmail(db, id.trim().toLowerCase())) : [{ id }]
    if (!found) return null
    const contact = await readContact(services, actor, found.id)
    return contact.ok ? recordOf(contact.value) : null
  },
  async find(services, actor, { text, where = {}, limit }) {
    const stage = STAGES.find((one) => one === where.stage)
    const tag = typeof where.tag === 'string' ? where.tag : undefined
    const found = await listContacts(services, actor, { q: text, stage, tag }, limit)
    return found.ok ? found.value.contacts.map(recordOf) : []
  },
  href: (id) => `/contacts/${id}`,
}

const failed = (error: string): StepOutcome => ({ ok: false, error, retry: false, left: 'no' })

/** Setting what is to be set: done twice it is the same. */
const updateStep: StepDefinition = {
  action: 'contact.update',
  title: 'Change a contact',
  description: 'Moves a contact to another stage, adds or takes away tags, gives it an owner.',
  group: 'people',
  permission: 'contacts:write',
  effect: 'keyed',
  fields: [
    {
      ...{
        name: 'contact',
        label: 'Contact',
        kind: 'line',
        required: true,
        preset: '{{ trigger.contact.id }}',
      },
      hint: 'Its id or e-mail address.',
    },
    {
      ...{ name: 'stage', label: 'Stage', kind: 'choice' },
      choices: STAGES.map((value) => ({ value, label: value[0]?.toUpperCase() + value.slice(1) })),
    },
    { name: 'tags_add', label: 'Add tags', kind: 'line', hint: 'With commas between them.' },
    { name: 'tags_remove', label: 'Take tags away', kind: 'line', hint: 'With commas between them.' },
    { name: 'owner', label: 'Looked after by', kind: 'person' },
  ],
  outputs: [
    { name: 'id', label: 'Id', sample: '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f' },
    { name: 'stage', label: 'Stage', sample: 'qualified' },
    { name: 'tags', label: 'Tags', sample: ['vip'] },
  ],
  async perform(services, actor, { input }) {
    const known = await contactRecords.read(services, actor, String(input.contact ?? ''))
    if (!known) return failed('There is no such contact.')
    const gone = new Set(wordsOf(input.tags_remove).map((tag) => tag.toLowerCase()))
    const kept = (known.tags as string[]).filter((tag) => !gone.has(tag.toLowerCase()))
    const change = {
      tags: [...new Set([...kept, ...wordsOf(input.tags_add)])],
      ...(input.stage ? { stage: input.stage } : {}),
      ...(input.owner ? { owner_id: input.owner } : {}),
    }
    const changed = await updateContact(services, actor, String(known.id), change)
    if (changed.ok) return { ok: true, output: recordOf(changed.value) }
    const retry = changed.error.kind === 'stale'
    return { ok: false, error: changed.error.detail, retry, left: 'no' }
  },
}

const wordsOf = (value: StepJson | undefined): string[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(','))
    .map((word) => word.trim())
    .filter(Boolean)

/** The post is a row with the step's key: the same key is posted for once. */
const postStep: StepDefinition = {
  action: 'channel.post',
  title: 'Post to Slack or Teams',
  description: 'Writes into one of the channels under Settings, Channels.',
  group: 'messages',
  permission: 'ops:write',
  effect: 'keyed',
  fields: [
    { name: 'channel', label: 'Channel', kind: 'channel', required: true },
    { name: 'text', label: 'Text', kind: 'text', required: true },
  ],
  outputs: [{ name: 'post_id', label: 'Id of the post', sample: '0198c1de-7a00-7b6e-9d4f-666666666666' }],
  async perform(services, actor, { input, key, automationName, automationId }) {
    const db = services.tenant(actor.tenantId)
    const channel = await db.get(channelOf(db, String(input.channel ?? '')))
    if (!channel) return failed('There is no such channel. Add it under Settings, Channels.')
    const now = services.clock.now()
    const id = uuidv7(now)
    await db.write([
      insertPosts(db, [
        {
          ...{
            id,
            channelId: channel.id,
            kind: 'automation.post',
            dedupeKey: key,
            createdAt: isoInstant(now),
          },
          ...{ title: automationName, body: String(input.text ?? '').slice(0, 3000) },
          href: `/ops/automations/${automationId}`,
        },
      ]),
      ...dueOfChannels(db, [channel.id], now),
    ])
    await services.queue.send({ kind: 'notice.post', tenantId: actor.tenantId, channelId: channel.id })
    return { ok: true, output: { post_id: id } }
  },
}

export const workspaceSteps: readonly StepDefinition[] = [updateStep, postStep]
