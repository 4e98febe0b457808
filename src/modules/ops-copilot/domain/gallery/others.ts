/** Ready automations that report, look after the shop and keep watch. */
import {
  action,
  all,
  at,
  draft,
  type GalleryItem,
  line,
  mail,
  on,
  SIGNED,
  task,
  wait,
  when,
} from './model.ts'

const report = (range: string) => action('report', 'report.send', { to: '', range, format: 'pdf' })

export const OTHER_ITEMS: readonly GalleryItem[] = [
  {
    key: 'weekly-report',
    title: 'The weekly report, Monday at eight',
    summary: 'Your dashboard with last week’s figures by mail, with the PDF.',
    group: 'reports',
    needs: ['Who gets it: fill in the addresses of the step “Send a dashboard”.'],
    draft: draft({
      name: 'Weekly report',
      description: 'Sends the dashboard each Monday at eight.',
      trigger: at('0 8 * * 1'),
      steps: [report('last_7_days')],
    }),
  },
  {
    key: 'monthly-report',
    title: 'The month in figures, on the first',
    summary: 'Last month’s dashboard by mail on the first working day.',
    group: 'reports',
    needs: ['Who gets it: fill in the addresses of the step “Send a dashboard”.'],
    draft: draft({
      name: 'Monthly report',
      description: 'Sends last month’s figures on the first working day.',
      trigger: {
        kind: 'schedule',
        cron: '0 8 1 * *',
        time_zone: 'UTC',
        missed: 'latest',
        business_days: 'next',
      },
      steps: [report('last_month')],
    }),
  },
  {
    key: 'daily-figures',
    title: 'Yesterday in figures, each working day',
    summary: 'The dashboard of yesterday in your inbox before the shop opens.',
    group: 'reports',
    needs: ['Who gets it: fill in the addresses of the step “Send a dashboard”.'],
    draft: draft({
      name: 'Daily figures',
      description: 'Sends yesterday’s figures on working days.',
      trigger: at('30 7 * * 1-5'),
      steps: [report('yesterday')],
    }),
  },
  {
    key: 'weekly-review',
    title: 'The weekly review',
    summary: 'A task each Friday with what to look at before the weekend.',
    group: 'reports',
    needs: [],
    draft: draft({
      name: 'Weekly review',
      description: 'A task each Friday at three.',
      trigger: at('0 15 * * 5'),
      steps: [
        task(
          'review',
          'Review the week',
          'Late invoices, open decisions, tasks that stayed, one thing to do better.',
          0,
        ),
      ],
    }),
  },
  {
    key: 'large-order',
    title: 'Look at large orders at once',
    summary: 'Orders over 500 become a task, so that they leave first and are checked.',
    group: 'shop',
    needs: [],
    draft: draft({
      name: 'Large orders',
      description: 'A task for each order over 500.',
      trigger: on('order.created', all(line('trigger.amount', 'greater_than', 500))),
      steps: [
        task(
          'look',
          'Order {{ trigger.order.number | default: trigger.order_id }} over {{ trigger.amount }} {{ trigger.currency }}',
          'Send it first; check the address.',
          0,
          'high',
        ),
      ],
    }),
  },
  {
    key: 'order-sent',
    title: 'Ask for a review after the delivery',
    summary: 'Ten days after an order was sent, a short mail asks how it is.',
    group: 'shop',
    needs: [],
    draft: draft({
      name: 'After the delivery',
      description: 'Asks customers ten days after their order was sent.',
      trigger: on('order.fulfilled', all(line('trigger.order.customer_email', 'is_not_empty')), 90),
      steps: [
        wait('ten_days', 10, 'days'),
        mail(
          'ask',
          '{{ trigger.order.customer_email }}',
          'How do you like it?',
          `Hello {{ trigger.order.customer_first_name | default: 'there' }},\n\nyour order should have been with you for some days. How do you like it? Your answer helps others, and us.\n\n${SIGNED}`,
        ),
      ],
    }),
  },
  {
    key: 'order-cancelled',
    title: 'Ask why an order was cancelled',
    summary: 'A short mail the next day; the answer comes to you.',
    group: 'shop',
    needs: [],
    draft: draft({
      name: 'Cancelled orders',
      description: 'Asks customers why they cancelled.',
      trigger: on('order.cancelled', all(line('trigger.order.customer_email', 'is_not_empty')), 90),
      steps: [
        wait('next_day', 1, 'days'),
        mail(
          'ask',
          '{{ trigger.order.customer_email }}',
          'Was something wrong with your order?',
          `Hello {{ trigger.order.customer_first_name | default: 'there' }},\n\nyou cancelled an order with us. Was something in the way? One sentence helps us to do better.\n\n${SIGNED}`,
        ),
      ],
    }),
  },
  {
    key: 'metric-alert',
    title: 'Do something about an alert',
    summary: 'When a metric alert fires it becomes a task with what was found.',
    group: 'watch',
    needs: [],
    draft: draft({
      name: 'Alerts become tasks',
      description: 'Makes a task for each metric alert.',
      trigger: on('alert.fired'),
      steps: [
        task(
          'look',
          'Look at: {{ trigger.words | default: trigger.name }}',
          'An alert fired for {{ trigger.period }}.',
          0,
          'high',
        ),
      ],
    }),
  },
  {
    key: 'source-failed',
    title: 'Fix a source that stopped',
    summary: 'When a connected system can no longer be read, an urgent task says which and why.',
    group: 'watch',
    needs: [],
    draft: draft({
      name: 'Sources that stopped',
      description: 'Makes a task when a source can no longer be read.',
      trigger: on('source.failed'),
      steps: [task('fix', 'Connect {{ trigger.source_type }} again', '{{ trigger.reason }}', 0, 'urgent')],
    }),
  },
  {
    key: 'payout-failed',
    title: 'A payout did not arrive',
    summary: 'An urgent task when a payout to your bank fails.',
    group: 'watch',
    needs: [],
    draft: draft({
      name: 'Failed payouts',
      description: 'Makes a task when a payout fails.',
      trigger: on('payout.failed'),
      steps: [
        task(
          'check',
          'A payout of {{ trigger.amount }} {{ trigger.currency }} failed',
          'Check the bank details at the payment provider.',
          0,
          'urgent',
        ),
      ],
    }),
  },
  {
    key: 'subscription-ended',
    title: 'Ask those who cancel a subscription',
    summary: 'A mail a day later and a task when they were with you for long.',
    group: 'watch',
    needs: [],
    draft: draft({
      name: 'Ended subscriptions',
      description: 'Asks customers who cancelled their subscription.',
      trigger: on('subscription.canceled', all(), 90),
      steps: [
        wait('one_day', 1, 'days'),
        when('reachable', all(line('trigger.contact.email', 'is_not_empty')), [
          mail(
            'ask',
            '{{ trigger.contact.email }}',
            'We are sorry to see you go',
            `Hello {{ trigger.contact.first_name | default: 'there' }},\n\nyour subscription has ended. What could we have done better? Just answer this mail.\n\n${SIGNED}`,
          ),
        ]),
        task(
          'note',
          'A subscription ended: {{ trigger.contact.name | default: trigger.customer_id }}',
          'Is there something to learn from it?',
          3,
          'low',
        ),
      ],
    }),
  },
]
