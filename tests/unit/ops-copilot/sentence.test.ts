// Sentences as drafts: what starts it, what is asked, what is done, and which words were not understood.
import { describe, expect, test } from 'vitest'
import type { Condition } from '../../../src/kit/condition.ts'
import { conditionWords } from '../../../src/kit/condition.ts'
import { manifest as miniFoundry } from '../../../src/modules/mini-foundry/index.ts'
import type { Trigger } from '../../../src/modules/ops-copilot/domain/automation-model.ts'
import { type CheckWorld, draftIssues } from '../../../src/modules/ops-copilot/domain/checks.ts'
import type { Step } from '../../../src/modules/ops-copilot/domain/definition-model.ts'
import { draftFromSentence, type SentenceWorld } from '../../../src/modules/ops-copilot/domain/sentence.ts'
import { manifest as opsCopilot } from '../../../src/modules/ops-copilot/index.ts'
import { manifest as workspace } from '../../../src/modules/workspace/index.ts'

const wings = [workspace, miniFoundry, opsCopilot]
const events = wings.flatMap((wing) => wing.events)
const actions = wings.flatMap((wing) => wing.steps ?? [])
const world: SentenceWorld = {
  ...{ timeZone: 'Europe/Berlin', me: 'me@example.com', meId: 'p1' },
  channels: [{ id: 'c1', name: '#sales' }],
  dashboards: [{ id: 'd1', name: 'Sales' }],
  automations: [{ id: 'a1', name: 'Late fees' }],
  sequences: [{ id: 's1', name: 'Welcome' }],
  people: [{ id: 'p2', name: 'Maria Santos' }],
  events: events.map(({ type, title }) => ({ type, title })),
}

const asked = (condition: Condition) => conditionWords(condition, (field) => field.replace(/^trigger\./, ''))
const startOf = (trigger: Trigger): string => {
  if (trigger.kind === 'schedule') return trigger.cron
  if (trigger.kind !== 'event') return trigger.kind
  const words = asked(trigger.condition)
  return words === 'always' ? trigger.event : `${trigger.event} where ${words}`
}
const MAIN: Record<string, string> = {
  ...{
    'mail.send': 'subject',
    'task.create': 'title',
    'channel.post': 'channel',
    'contact.update': 'tags_add',
  },
  ...{
    'report.send': 'to',
    'automation.run': 'automation',
    'sequence.start': 'sequence',
    'http.request': 'url',
  },
}
/** Short enough to compare; fields of the trigger as dots. */
const stepsOf = (steps: readonly Step[]): string =>
  steps
    .map((step) => {
      switch (step.kind) {
        case 'action': {
          const main = String(
            step.input[MAIN[step.action] ?? ''] ?? step.input.stage ?? step.input.owner ?? '',
          )
          return `${step.action}${main ? ` ${main.replace(/\{\{[^}]*\}\}/g, '…')}` : ''}`
        }
        case 'wait':
          return `wait ${step.for?.amount} ${step.for?.unit}`
        case 'if':
          return `if ${asked(step.condition)} { ${stepsOf(step.yes)} }${step.no.length > 0 ? ` else { ${stepsOf(step.no)} }` : ''}`
        case 'approval':
          return `approval by ${step.needed} of ${step.approvers.join(', ')}`
        default:
          return step.kind
      }
    })
    .join(', ')

function read(sentence: string) {
  const made = draftFromSentence(sentence, world)
  if (!made.ok) throw new Error(made.error.detail)
  const { draft } = made.value
  const stops =
    draft.stop_on.length > 0 ? ` [until ${draft.stop_on.map(({ event }) => event).join(', ')}]` : ''
  return { ...made.value, words: `${startOf(draft.trigger)}${stops}: ${stepsOf(draft.steps)}` }
}

const SENTENCES: readonly (readonly [sentence: string, meaning: string])[] = [
  [
    'when an invoice is 7 days overdue, email the customer, wait 3 days, and if still unpaid create a task for me',
    'invoice.overdue [until invoice.paid]: wait 6 days, mail.send A reminder of invoice …, wait 3 days, records.read, if steps.look.record.status is open { task.create Look at invoice … }',
  ],
  ['every Monday at 8 send me the sales dashboard', '0 8 * * 1: report.send me@example.com'],
  [
    'when a lead comes in, send them a welcome email, wait 2 days and follow up unless they reply',
    'lead.created [until mail.received]: mail.send Welcome to …, wait 2 days, mail.send May we help you further?',
  ],
  [
    'if an order is over $500 tell #sales on Slack',
    'order.created where order.total is more than 500: channel.post c1',
  ],
  [
    'When a payment fails, email the customer and create a task to call them.',
    'payment.failed: mail.send Your payment did not go through, task.create Call them',
  ],
  ['Every weekday at 9am send me the sales report as PDF', '0 9 * * 1-5: report.send me@example.com'],
  [
    'on the first of every month email the numbers to boss@example.com',
    '0 8 1 * *: report.send boss@example.com',
  ],
  [
    'when a customer cancels their subscription, create an urgent task for Maria to call them',
    'subscription.canceled: task.create Call them',
  ],
  [
    'When a refund is over $100, ask two managers for approval, then email me',
    'refund.created where amount is more than 100: approval by 2 of role:owner, role:admin, mail.send Refund',
  ],
  [
    'When someone fills in the contact form, tag them as website and start the welcome sequence',
    'form.submitted: contact.update website, sequence.start s1',
  ],
  [
    'When an order comes in over 1,000 euros, create a high-priority task: "Thank the customer". Otherwise stop.',
    'order.created: if order.total is more than 1000 { task.create Thank the customer } else { stop }',
  ],
  [
    'when an order comes in, if it is over $200 tell #sales, otherwise send the customer a thank-you note',
    'order.created: if order.total is more than 200 { channel.post c1 } else { mail.send Thank you for order … }',
  ],
  ['Remind me to check the stock every Friday afternoon at 4', '0 16 * * 5: task.create Check the stock'],
  ['daily at 18:30 post to the sales channel saying "Well done"', '30 18 * * *: channel.post c1'],
  ['when an invoice is paid, thank the customer', 'invoice.paid: mail.send Thank you for invoice …'],
  ['when a new customer signs up welcome them', 'customer.created: mail.send Welcome to …'],
  ['each morning email me the figures', '0 8 * * *: report.send me@example.com'],
  ['when I click a button, run the automation "Late fees"', 'manual: automation.run a1'],
  [
    'when a customer has not paid for 14 days, remind them. 5 business days later call them if it is still unpaid',
    'invoice.overdue [until invoice.paid]: wait 13 days, mail.send A reminder of invoice …, wait 5 business_days, records.read, if steps.look.record.status is open { task.create Call … about invoice … }',
  ],
  [
    'email the customer when an invoice is overdue',
    'invoice.overdue [until invoice.paid]: mail.send A reminder of invoice …',
  ],
  [
    'When a payment is disputed, create a task for me to collect evidence and let the team know on Slack',
    'payment.disputed: task.create Collect evidence, channel.post c1',
  ],
  ['when a lead replies, mark them as qualified', 'mail.replied: contact.update qualified'],
  [
    'when our website calls, send everything to https://example.com/in',
    'hook: http.request https://example.com/in',
  ],
  ['every 15 minutes call https://example.com/ping', '*/15 * * * *: http.request https://example.com/ping'],
  ['on Mondays and Thursdays at 7:30 send us the weekly report', '30 7 * * 1,4: report.send me@example.com'],
  [
    'when an invoice is overdue remind the customer, after 5 days remind them again, after another week create a task to phone them, stop when it is paid',
    'invoice.overdue [until invoice.paid]: mail.send A reminder of invoice …, wait 5 days, mail.send A reminder of invoice …, wait 1 weeks, task.create Phone them',
  ],
  [
    'if a customer orders more than 300, tag them with vip',
    'order.created where order.total is more than 300: contact.update vip',
  ],
  [
    'When an invoice is issued, wait 10 days and send the client a polite reminder if it has not been paid',
    'invoice.issued: wait 10 days, records.read, if steps.look.record.status is open { mail.send A reminder of invoice … }',
  ],
  [
    'when a customer buys something, wait 2 weeks, then ask me for approval and send them a follow-up email',
    'order.created: wait 2 weeks, approval by 1 of role:owner, mail.send May we help you further?',
  ],
  ['Every day at noon, email me', '0 12 * * *: mail.send A note from your automation'],
  ['when a payment comes in, post to #sales saying "Money!"', 'payment.received: channel.post c1'],
  [
    'when an order is cancelled, email support@example.com and tell the team',
    'order.cancelled: mail.send Order cancelled, channel.post c1',
  ],
  [
    'once a new lead arrives assign them to Maria and create a task to call them within the day',
    'lead.created: contact.update p2, task.create Call them within the day',
  ],
  [
    'when an invoice is late, remind the customer until it is paid',
    'invoice.overdue [until invoice.paid]: mail.send A reminder of invoice …',
  ],
  [
    'When a lead signs up, welcome them. After 3 days send them a follow-up. After a week send them another email. Stop if they reply.',
    'lead.created [until mail.received]: mail.send Welcome to …, wait 3 days, mail.send May we help you further?, wait 1 weeks, mail.send About your message',
  ],
  ['when a subscription ends, mark them as lost', 'subscription.canceled: contact.update lost'],
  ['when an import finishes, let me know', 'import.completed: mail.send Import completed'],
  [
    'on the last day of every month at 17:00 send me the overview as a pdf',
    '0 17 L * *: report.send me@example.com',
  ],
  ['when a sync fails notify me', 'source.failed: mail.send Source failed'],
  [
    'when an order over $2k comes in, require approval from the owner',
    'order.created where order.total is more than 2000: approval by 1 of role:owner',
  ],
  [
    'when an order ships, send the customer a confirmation',
    'order.fulfilled: mail.send Your order … is on its way',
  ],
  [
    'when a payout fails, create an urgent task to check the bank account',
    'payout.failed: task.create Check the bank account',
  ],
  ['whenever somebody unsubscribes, tell me', 'mail.unsubscribed: mail.send Unsubscribed'],
  ['when a task is done, post to slack', 'task.done: channel.post c1'],
  ['When an invoice is paid, mark it as paid', 'invoice.paid: invoice.mark_paid'],
  ['hourly ping https://example.com/health', '0 * * * *: http.request https://example.com/health'],
  [
    'when an order comes in over 1.5k, tell #sales',
    'order.created where order.total is more than 1500: channel.post c1',
  ],
  [
    'when an invoice becomes overdue, mail the customer saying "Please pay", wait another 4 business days, then call them',
    'invoice.overdue [until invoice.paid]: mail.send A reminder of invoice …, wait 4 business_days, task.create Call … about invoice …',
  ],
  ['monthly send me the sales report', '0 8 1 * *: report.send me@example.com'],
  ['send me the sales dashboard every Monday morning', '0 8 * * 1: report.send me@example.com'],
  [
    'when a refund is issued, create a task named "Check the refund"',
    'refund.created: task.create Check the refund',
  ],
  ['when we get a mail, create a task to answer it', 'mail.received: task.create Answer it'],
  ['when a form is submitted add them to the welcome sequence', 'form.submitted: sequence.start s1'],
  [
    'when an invoice is issued, wait until it is paid and thank the customer',
    'invoice.issued: wait_event, mail.send Thank you for invoice …',
  ],
  [
    'when an invoice is at least 2 weeks late create a task to call the customer',
    'invoice.overdue [until invoice.paid]: wait 13 days, task.create Call the customer',
  ],
  ['as soon as an order is placed, thank the customer', 'order.created: mail.send Thank you for order …'],
  [
    'when someone places an order, add the tag "buyer" to the customer',
    'order.created: contact.update buyer',
  ],
  [
    'when an order is above €250 ask the owner first',
    'order.created where order.total is more than 250: approval by 1 of role:owner',
  ],
  ['every 2 hours call https://example.com/sync', '0 */2 * * *: http.request https://example.com/sync'],
  ['on weekdays at 17:30 send me the numbers', '30 17 * * 1-5: report.send me@example.com'],
  [
    'when a lead comes in, wait 1 hour, then write to them saying "How can we help?"',
    'lead.created: wait 1 hours, mail.send About your message',
  ],
]

const facts: CheckWorld = {
  event: (type) => events.find((one) => one.type === type) ?? null,
  records: wings.flatMap((wing) => wing.records ?? []),
  action: (action) => {
    const found = actions.find((one) => one.action === action)
    return found ? { ...found, connection: null } : null
  },
  actions: actions.map(({ action }) => action),
  events: events.map(({ type }) => type),
  ...{ connections: [], choices: {}, self: null, others: [] },
}

describe('a sentence', () => {
  test.each(SENTENCES)('“%s” is understood word for word', (sentence, meaning) => {
    const { words, unread, choose } = read(sentence)
    expect({ words, unread, choose }).toEqual({ words: meaning, unread: [], choose: [] })
  })

  test.each(SENTENCES.filter(([, meaning]) => meaning !== 'invoice.paid: invoice.mark_paid'))(
    '“%s” can be published as it is',
    (sentence) => {
      const errors = draftIssues(read(sentence).draft, facts).filter(({ severity }) => severity === 'error')
      expect(errors.filter(({ message }) => !message.startsWith('To is missing'))).toEqual([])
    },
  )

  test('says which words it did not understand, and that it is started by hand then', () => {
    const made = read('When the moon is full, dance around and email me')
    expect(made).toMatchObject({ words: 'manual: mail.send A note from your automation', byHand: true })
    expect(made.unread).toEqual(['When the moon is full', 'dance around'])
  })

  test('says what is still to be chosen', () => {
    expect(read('when an alert fires, post it in #ops').choose).toEqual(['the channel (none is called ops)'])
    expect(read('every day send me the stock dashboard').choose).toEqual([
      'the dashboard (none is called stock)',
    ])
    expect(read('when a lead comes in create a task for Bob to call them').choose).toEqual([
      'who gets the task (nobody is called Bob)',
    ])
    expect(read('when a meteor strikes or an order comes in, add them to the vip sequence').choose).toEqual([
      'the sequence (none is called vip)',
    ])
    expect(read('every Friday send the customer a note').choose).toEqual(['who gets the mail'])
  })

  test('says when nothing here tells of what should start it', () => {
    const made = draftFromSentence('when a competitor lowers their price tell #sales', {
      ...world,
      events: [],
    })
    expect(made.ok && made.value.choose).toEqual(['what starts it (nothing here tells of price.changed)'])
  })

  test('writes mails and tasks with what was said', () => {
    const { draft } = read(
      'when an order comes in, send the customer a note with the subject “Hurray” saying "It is packed", and create an urgent task for Maria to pack it',
    )
    expect(draft.steps).toMatchObject([
      { input: { to: '{{ trigger.order.customer_email }}', subject: 'Hurray', body: 'It is packed' } },
      { input: { title: 'Pack it', assignee: 'p2', priority: 'urgent' } },
    ])
  })

  test.each(['', '   ', 'hello there', 'when an order comes in', 'x'.repeat(3000)])(
    '%.20j is refused in words',
    (text) => {
      const made = draftFromSentence(text, world)
      expect(made.ok).toBe(false)
      if (!made.ok) expect(made.error.detail).toMatch(/^[A-Z].*[.”]$/)
    },
  )
})
