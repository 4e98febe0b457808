/** Mail templates that are ready to take. */
import type { MailBlock, MailTemplate } from './mail-blocks.ts'

export interface MailGalleryItem extends MailTemplate {
  key: string
  name: string
  /** When to send it. */
  use: string
}

const heading = (text: string): MailBlock => ({ kind: 'heading', text, align: 'left' })
const text = (words: string): MailBlock => ({ kind: 'text', text: words, align: 'left' })
const button = (label: string, href: string): MailBlock => ({ kind: 'button', label, href, align: 'left' })
const facts = (...rows: [string, string][]): MailBlock => ({
  kind: 'facts',
  rows: rows.map(([name, value]) => ({ name, value })),
})
const signature: MailBlock = { kind: 'signature', text: 'Kind regards\n{{ workspace.name }}' }
const CONTACT = "Hello {{ trigger.contact.first_name | default: 'there' }},"
const PAYER = "Hello {{ trigger.invoice.customer_first_name | default: 'there' }},"
const BUYER = "Hello {{ trigger.order.customer_first_name | default: 'there' }},"
const INVOICE = facts(
  ['Invoice', '{{ trigger.invoice.number }}'],
  ['Still open', '{{ trigger.invoice.open }} {{ trigger.invoice.currency }}'],
  ['Was due', '{{ trigger.invoice.due_day }}'],
)

const mail = (
  key: string,
  name: string,
  use: string,
  subject: string,
  preheader: string,
  blocks: MailBlock[],
  stream: MailTemplate['stream'] = 'workspace',
): MailGalleryItem => ({ key, name, use, subject, preheader, blocks: [...blocks, signature], stream })

export const MAIL_GALLERY: readonly MailGalleryItem[] = [
  mail(
    'reminder-1',
    'Invoice reminder, friendly',
    'A day after the due day',
    'Invoice {{ trigger.invoice.number }} is past its due day',
    'Perhaps it slipped through.',
    [
      text(PAYER),
      text(
        'our invoice is past its due day. Perhaps it slipped through; if you have paid meanwhile, please take this as thanks.',
      ),
      INVOICE,
    ],
  ),
  mail(
    'reminder-2',
    'Invoice reminder, second',
    'A week later',
    'Second reminder: invoice {{ trigger.invoice.number }}',
    'When may we expect it?',
    [
      text(PAYER),
      text(
        'we have not received this payment yet. Could you tell us when to expect it? If something is wrong with the invoice, a short answer is enough.',
      ),
      INVOICE,
    ],
  ),
  mail(
    'reminder-3',
    'Invoice reminder, last',
    'Before you call',
    'Last reminder: invoice {{ trigger.invoice.number }}',
    'Please pay within seven days.',
    [
      text(PAYER),
      text(
        'this is our last reminder. Please pay within seven days, or call us so that we find a way together.',
      ),
      INVOICE,
    ],
  ),
  mail(
    'payment-thanks',
    'Thanks for a payment',
    'When an invoice is paid',
    'Thank you: invoice {{ trigger.invoice.number }} is paid',
    'Your payment has arrived.',
    [
      text(PAYER),
      text('your payment has arrived. Thank you, and until next time.'),
      facts(
        ['Invoice', '{{ trigger.invoice.number }}'],
        ['Paid', '{{ trigger.invoice.total }} {{ trigger.invoice.currency }}'],
      ),
    ],
  ),
  mail(
    'welcome-lead',
    'Welcome a lead',
    'When somebody writes for the first time',
    'Thank you for writing to {{ workspace.name }}',
    'A person reads your answer.',
    [
      text(CONTACT),
      text('thank you for your interest. What can we do for you? Just answer this mail; a person reads it.'),
    ],
  ),
  mail(
    'follow-up',
    'Follow up',
    'Some days without an answer',
    'Is there anything we can help with?',
    'A short answer is enough.',
    [
      text(CONTACT),
      text(
        'a few days ago you came to us. If you have a question, or want to see how it works, tell us when it suits you.',
      ),
    ],
  ),
  mail(
    'quote-follow-up',
    'Follow up on a quote',
    'Some days after a quote',
    'Our quote for you',
    'Does it fit?',
    [
      text(CONTACT),
      text(
        'some days ago we sent you a quote. Does it fit what you had in mind? We are glad to change it, or to explain a line of it.',
      ),
    ],
  ),
  mail(
    'meeting',
    'Propose a meeting',
    'When a talk is better than mails',
    'When may we call you?',
    'Three moments to choose from.',
    [
      text(CONTACT),
      text(
        'a short talk would help us both. Which of these suits you?\n\n- Tuesday, 10:00\n- Wednesday, 14:00\n- Thursday, 16:00',
      ),
      text('Answer with one of them, or with another.'),
    ],
  ),
  mail(
    'review-request',
    'Ask for a review',
    'Ten days after the delivery',
    'How do you like it?',
    'Your answer helps others, and us.',
    [
      text(BUYER),
      text(
        'your order {{ trigger.order.number }} should have been with you for some days. How do you like it? Your answer helps others, and us.',
      ),
    ],
  ),
  mail(
    'shipping-delay',
    'Tell of a delay',
    'When an order takes longer',
    'Your order {{ trigger.order.number }} takes a little longer',
    'We are on it.',
    [
      text(BUYER),
      text(
        'your order takes a little longer than we promised. We are sorry for that, and tell you as soon as it leaves.',
      ),
      facts(
        ['Order', '{{ trigger.order.number }}'],
        ['Total', '{{ trigger.order.total }} {{ trigger.order.currency }}'],
      ),
    ],
  ),
  mail(
    'first-order',
    'Thanks for the first order',
    'After the first order',
    'Thank you for your first order',
    'It means a lot to us.',
    [
      text(BUYER),
      text('your first order with us means a lot. If anything is not as it should be, answer this mail.'),
    ],
  ),
  mail(
    'task-summary',
    'What is late, in one mail',
    'Every Monday, to yourself',
    'Late invoices: {{ steps.find.count }}',
    'All of them in one list.',
    [
      heading('Late invoices'),
      {
        kind: 'list',
        list: 'steps.find.records',
        most: 50,
        text: '{{ item.number }}: {{ item.customer_name }}, {{ item.open }} {{ item.currency }}',
      },
    ],
  ),
  mail(
    'price-change',
    'Announce new prices',
    'Four weeks before',
    'New prices from next month',
    'What changes, and what stays.',
    [
      text(CONTACT),
      text('from next month some of our prices change. What you have ordered stays as it was agreed.'),
      text('If you have questions, answer this mail.'),
    ],
  ),
  mail(
    'win-back',
    'Win back',
    'Half a year without an order',
    'We have not seen you for a while',
    'Something for you.',
    [
      heading('It has been a while'),
      text(CONTACT),
      text('it has been some time since your last order. A lot is new; have a look.'),
      button('See what is new', 'https://example.com'),
    ],
    'marketing',
  ),
  mail(
    'newsletter',
    'Newsletter',
    'Once a month',
    'News from {{ workspace.name }}',
    'Three things of this month.',
    [
      heading('This month'),
      text('**The first thing.** Two sentences about it.'),
      { kind: 'divider' },
      text('**The second thing.** Two sentences about it.'),
      { kind: 'divider' },
      text('**The third thing.** Two sentences about it.'),
      button('Read more', 'https://example.com'),
    ],
    'marketing',
  ),
  mail(
    'invitation',
    'Invite to an event',
    'Three weeks before',
    'You are invited',
    'An evening with us.',
    [
      heading('You are invited'),
      text(CONTACT),
      text('we open our doors and would like to have you there.'),
      facts(['When', 'Friday, 18:00'], ['Where', 'At our shop']),
      button('I will come', 'https://example.com'),
    ],
    'marketing',
  ),
  mail(
    'anniversary',
    'A year together',
    'A year after the first order',
    'A year together',
    'Thank you.',
    [
      heading('A year together'),
      text(CONTACT),
      text('a year ago you ordered from us for the first time. Thank you for that.'),
    ],
    'marketing',
  ),
  mail(
    'abandoned',
    'Something is left',
    'A day after a cancelled order',
    'Was something in the way?',
    'One sentence helps us.',
    [
      text(BUYER),
      text('you cancelled an order with us. Was something in the way? One sentence helps us to do better.'),
    ],
  ),
]
