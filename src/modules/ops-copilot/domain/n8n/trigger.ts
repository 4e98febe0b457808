/** What starts a workflow of n8n, as our trigger. */
import type { InputField, Trigger } from '../automation-model.ts'
import { schedule } from './rhythm.ts'
import type { ReadTrigger } from './trigger-model.ts'
import { isRecord, type N8nNode, type Params, textOf } from './workflow.ts'

export const isTrigger = ({ kind }: N8nNode): boolean =>
  /trigger$/.test(kind) || ['webhook', 'cron', 'interval', 'start', 'emailreadimap'].includes(kind)

const EVENTS: Record<string, Record<string, string>> = {
  shopifytrigger: {
    'orders/create': 'order.created',
    'orders/paid': 'order.created',
    'orders/cancelled': 'order.cancelled',
    'orders/fulfilled': 'order.fulfilled',
    'fulfillments/create': 'order.fulfilled',
    'customers/create': 'customer.created',
    'refunds/create': 'refund.created',
  },
  stripetrigger: {
    'payment_intent.succeeded': 'payment.received',
    'charge.succeeded': 'payment.received',
    'charge.failed': 'payment.failed',
    'payment_intent.payment_failed': 'payment.failed',
    'charge.refunded': 'refund.created',
    'charge.dispute.created': 'payment.disputed',
    'invoice.paid': 'invoice.paid',
    'invoice.finalized': 'invoice.issued',
    'invoice.payment_failed': 'invoice.payment_failed',
    'customer.created': 'customer.created',
    'customer.subscription.created': 'subscription.created',
    'customer.subscription.deleted': 'subscription.canceled',
    'payout.paid': 'payout.paid',
    'payout.failed': 'payout.failed',
  },
}

/** The trigger of a node, or the nearest there is, with what a person has to see to. */
export function triggerOf(node: N8nNode, timeZone: string): ReadTrigger {
  const { kind, params } = node
  switch (kind) {
    case 'manualtrigger':
    case 'start':
      return mapped({ kind: 'manual', fields: [] }, 'It is started by hand.', 'trigger')
    case 'executeworkflowtrigger':
      return mapped(
        { kind: 'manual', fields: [] },
        'It is started by another automation (or by hand); what that gives is in trigger.',
        'trigger',
      )
    case 'webhook':
      return mapped(
        { kind: 'hook', proof: 'address', id_path: null },
        'It has an address of its own; tell it to whoever called the old one.',
        'trigger',
      )
    case 'scheduletrigger':
    case 'cron':
    case 'interval':
      return schedule(node, timeZone)
    case 'formtrigger':
      return form(params)
    case 'emailreadimap':
    case 'gmailtrigger':
    case 'microsoftoutlooktrigger':
      return event(
        'mail.received',
        'It starts with each mail that comes in here.',
        'Forward the mailbox to the address under Settings, Mail.',
      )
    case 'hubspottrigger':
      return event(
        'lead.created',
        'It starts with each new lead.',
        'Look whether that is what it listened for.',
      )
    default:
      return eventTrigger(node)
  }
}

const mapped = (trigger: Trigger, why: string, base: string): ReadTrigger => ({
  ...{ trigger, outcome: 'mapped', why, todo: '', base },
})

const event = (type: string, why: string, todo: string): ReadTrigger => ({
  trigger: { kind: 'event', event: type, condition: { all: [] }, again_after_days: null },
  ...{ outcome: todo ? 'needs_person' : 'mapped', why, todo, base: 'trigger' },
})

function eventTrigger({ kind, type, params }: N8nNode): ReadTrigger {
  const asked = [params.topic, ...(Array.isArray(params.events) ? params.events : [])].map(textOf)
  const found = asked.map((name) => EVENTS[kind]?.[name]).find((name) => name !== undefined)
  if (found)
    return event(
      found,
      `It starts with ${found} of the connected system.`,
      asked.filter(Boolean).length > 1
        ? 'It listened for several things; make an automation for each of the others.'
        : '',
    )
  return {
    trigger: { kind: 'hook', proof: 'address', id_path: null },
    outcome: 'needs_person',
    why: `Nothing here listens to ${type.split('.').at(-1)}; it has an address to be called at instead.`,
    todo: 'Let that system call the address of this automation (most can, as a webhook), or choose another start.',
    base: 'trigger.body',
  }
}

function form(params: Params): ReadTrigger {
  const held = isRecord(params.formFields) ? params.formFields.values : []
  const taken = new Set<string>()
  const fields = (Array.isArray(held) ? held : [])
    .filter(isRecord)
    .slice(0, 30)
    .map((one) => fieldOf(one, taken))
  const files = (Array.isArray(held) ? held : []).filter(
    (one) => isRecord(one) && one.fieldType === 'file',
  ).length
  return {
    trigger: {
      ...{
        kind: 'form',
        title: textOf(params.formTitle).slice(0, 120) || 'Form',
        intro: textOf(params.formDescription).slice(0, 2000),
      },
      thanks: 'Thank you. We have received it.',
      fields:
        fields.length > 0
          ? fields
          : [{ name: 'message', label: 'Message', kind: 'long_text', required: true }],
    },
    outcome: files > 0 || fields.length === 0 ? 'needs_person' : 'mapped',
    why: 'It starts when somebody fills in its form.',
    todo:
      files > 0
        ? 'Our forms take no files; ask for a link, or leave the field out.'
        : fields.length === 0
          ? 'Say what the form asks for.'
          : '',
    base: 'trigger',
  }
}

const KINDS: Record<string, InputField['kind']> = {
  textarea: 'long_text',
  number: 'number',
  date: 'date',
  email: 'email',
  dropdown: 'choice',
  radio: 'choice',
}

function fieldOf(raw: Params, taken: Set<string>): InputField {
  const label = (textOf(raw.fieldLabel) || textOf(raw.fieldName) || 'Field').trim().slice(0, 120) || 'Field'
  const options =
    isRecord(raw.fieldOptions) && Array.isArray(raw.fieldOptions.values) ? raw.fieldOptions.values : []
  const choices = options
    .filter(isRecord)
    .map((one) => textOf(one.option).trim().slice(0, 120))
    .filter(Boolean)
    .slice(0, 50)
  const kind = KINDS[textOf(raw.fieldType)] ?? 'text'
  const base = fieldName(label)
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  taken.add(name)
  return {
    ...{
      name,
      label,
      required: raw.requiredField === true,
      kind: kind === 'choice' && choices.length === 0 ? 'text' : kind,
    },
    ...(kind === 'choice' && choices.length > 0 ? { choices } : {}),
  }
}

/** `Research Query` becomes `research_query`. */
export function fieldName(label: string): string {
  const words = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 50)
  return /^[a-z]/.test(words) ? words : `field_${words}`.replace(/_$/, '')
}
