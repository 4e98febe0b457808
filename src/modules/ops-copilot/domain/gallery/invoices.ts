/** Ready automations that get money in. */
import type { StopRule } from '../automation-model.ts'
import type { Step } from '../definition-model.ts'
import {
  action,
  all,
  draft,
  end,
  type GalleryItem,
  line,
  mail,
  on,
  SIGNED,
  task,
  wait,
  when,
} from './model.ts'

const TO = '{{ trigger.invoice.customer_email }}'
const HELLO = "Hello {{ trigger.invoice.customer_first_name | default: 'there' }},"
const AMOUNT =
  '{{ trigger.invoice.open | default: trigger.amount }} {{ trigger.invoice.currency | default: trigger.currency }}'
const NUMBER = '{{ trigger.invoice.number | default: trigger.number }}'

const paid: StopRule = {
  event: 'invoice.paid',
  match: all(line('event.invoice_id', 'equals', '{{ trigger.invoice_id }}')),
}

/** The invoice as it stands when the mail is about to leave; paid or void: the run is over. */
const stillOpen = (n: number): Step[] => [
  action(`look_${n}`, 'records.read', { kind: 'invoice', id: '{{ trigger.invoice_id }}' }),
  when(
    `open_${n}`,
    all(line(`steps.look_${n}.record.status`, 'equals', 'open')),
    [],
    [end(`paid_${n}`, 'It is settled meanwhile.')],
    'Is it still unpaid?',
  ),
]

export const INVOICE_ITEMS: readonly GalleryItem[] = [
  {
    key: 'invoice-reminders',
    title: 'Remind of late invoices, until they are paid',
    summary:
      'Three friendly mails that grow firmer, in office hours, and a task for you at the end; it stops the moment the invoice is paid.',
    group: 'invoices',
    needs: [],
    draft: draft({
      name: 'Invoice reminders',
      description: 'Reminds customers of late invoices until they pay.',
      trigger: on('invoice.overdue', all(), 365),
      stop_on: [paid],
      steps: [
        wait('first_wait', 1, 'hours'),
        ...stillOpen(1),
        mail(
          'first',
          TO,
          `Invoice ${NUMBER} is past its due day`,
          `${HELLO}\n\nour invoice ${NUMBER} over ${AMOUNT} was due on {{ trigger.invoice.due_day | default: trigger.due_day }}. Perhaps it slipped through; if you have paid meanwhile, please take this as thanks.\n\n${SIGNED}`,
        ),
        wait('second_wait', 5, 'business_days'),
        ...stillOpen(2),
        mail(
          'second',
          TO,
          `Second reminder: invoice ${NUMBER}`,
          `${HELLO}\n\nwe have not received ${AMOUNT} for invoice ${NUMBER} yet. Could you tell us when to expect it? If something is wrong with the invoice, a short answer is enough and we will look at it.\n\n${SIGNED}`,
        ),
        wait('third_wait', 5, 'business_days'),
        ...stillOpen(3),
        mail(
          'third',
          TO,
          `Last reminder: invoice ${NUMBER}`,
          `${HELLO}\n\nthis is our last reminder of invoice ${NUMBER} over ${AMOUNT}. Please pay within seven days, or call us so that we find a way together.\n\n${SIGNED}`,
        ),
        wait('last_wait', 7, 'days'),
        ...stillOpen(4),
        task(
          'call',
          `Call {{ trigger.invoice.customer_name | default: 'the customer' }} about invoice ${NUMBER}`,
          `Three reminders were sent, ${AMOUNT} is still open.`,
          1,
          'high',
        ),
      ],
    }),
  },
  {
    key: 'invoice-thanks',
    title: 'Say thank you when an invoice is paid',
    summary: 'A short mail to the customer as soon as the money is there.',
    group: 'invoices',
    needs: [],
    draft: draft({
      name: 'Thanks for paying',
      description: 'Thanks customers for each paid invoice.',
      trigger: on('invoice.paid', all(), 365),
      steps: [
        mail(
          'thanks',
          TO,
          `Thank you: invoice ${NUMBER} is paid`,
          `${HELLO}\n\nyour payment of invoice ${NUMBER} has arrived. Thank you, and until next time.\n\n${SIGNED}`,
        ),
      ],
    }),
  },
  {
    key: 'invoice-large',
    title: 'A task for each large invoice',
    summary: 'Somebody checks invoices over 1,000 before the due day comes.',
    group: 'invoices',
    needs: [],
    draft: draft({
      name: 'Look at large invoices',
      description: 'Makes a task for each invoice over 1,000.',
      trigger: on('invoice.issued', all(line('trigger.amount', 'greater_than', 1000))),
      steps: [
        task(
          'check',
          `Check invoice ${NUMBER} over ${AMOUNT}`,
          'Address, lines and payment terms, before the customer asks.',
          2,
        ),
      ],
    }),
  },
  {
    key: 'payment-failed',
    title: 'Win back a failed payment',
    summary:
      'Tells the customer that a payment was declined, reminds once, and gives you a task when it stays unpaid.',
    group: 'invoices',
    needs: [],
    draft: draft({
      name: 'Failed payments',
      description: 'Asks customers for another way to pay when a payment was declined.',
      trigger: on('payment.failed', all(line('trigger.contact.email', 'is_not_empty')), 7),
      stop_on: [
        {
          event: 'payment.received',
          match: all(line('event.customer_id', 'equals', '{{ trigger.customer_id }}')),
        },
      ],
      steps: [
        mail(
          'tell',
          '{{ trigger.contact.email }}',
          'Your payment did not go through',
          `Hello {{ trigger.contact.first_name | default: 'there' }},\n\nyour bank declined the payment of {{ trigger.amount }} {{ trigger.currency }}. This happens with expired cards. Could you try another one, or write to us?\n\n${SIGNED}`,
        ),
        wait('some_days', 3, 'days'),
        mail(
          'again',
          '{{ trigger.contact.email }}',
          'Still open: your payment',
          `Hello {{ trigger.contact.first_name | default: 'there' }},\n\nthe payment of {{ trigger.amount }} {{ trigger.currency }} is still open. Just answer this mail when something is in the way.\n\n${SIGNED}`,
        ),
        wait('more_days', 3, 'days'),
        task(
          'call',
          'Call {{ trigger.contact.name }} about a failed payment',
          '{{ trigger.amount }} {{ trigger.currency }}, two mails were sent.',
          1,
          'high',
        ),
      ],
    }),
  },
  {
    key: 'overdue-list',
    title: 'The list of late invoices, every Monday',
    summary: 'One task with every invoice that is overdue, so that nothing is forgotten.',
    group: 'invoices',
    needs: [],
    draft: draft({
      name: 'Late invoices on Monday',
      description: 'Lists overdue invoices in a task each Monday morning.',
      trigger: {
        kind: 'schedule',
        cron: '0 8 * * 1',
        time_zone: 'UTC',
        missed: 'latest',
        business_days: 'next',
      },
      steps: [
        action('find', 'records.find', { kind: 'invoice', where: { status: 'overdue' }, most: 100 }),
        when('any', all(line('steps.find.count', 'greater_than', 0)), [
          task(
            'list',
            'Late invoices: {{ steps.find.count }}',
            '{% for invoice in steps.find.records %}{{ invoice.number }}: {{ invoice.customer_name }}, {{ invoice.open }} {{ invoice.currency }}, {{ invoice.days_overdue }} days\n{% endfor %}',
            0,
          ),
        ]),
      ],
    }),
  },
  {
    key: 'dispute',
    title: 'Answer disputes in time',
    summary: 'A payment is disputed: an urgent task with what the bank wants, before the deadline passes.',
    group: 'invoices',
    needs: [],
    draft: draft({
      name: 'Disputed payments',
      description: 'Makes an urgent task for each disputed payment.',
      trigger: on('payment.disputed'),
      steps: [
        task(
          'answer',
          'Answer the dispute over {{ trigger.amount }} {{ trigger.currency }}',
          'Gather the order, the proof of delivery and your mails with the customer; answer at the payment provider.',
          1,
          'urgent',
        ),
      ],
    }),
  },
]
