/** Ready automations in which people decide. */
import type { InputField } from '../automation-model.ts'
import type { Step } from '../definition-model.ts'
import { all, approval, draft, type GalleryItem, HELLO, line, mail, on, SIGNED, task, when } from './model.ts'

const field = (
  name: string,
  label: string,
  kind: InputField['kind'],
  more: Partial<InputField> = {},
): InputField => ({
  ...{ name, label, kind, required: true },
  ...more,
})

const told = (id: string, title: string): Step =>
  task(
    id,
    title,
    'Asked for by {{ trigger.input.who | default: "somebody" }}: {{ trigger.why | default: "no reason given" }}',
    1,
  )

export const APPROVAL_ITEMS: readonly GalleryItem[] = [
  {
    key: 'purchase-approval',
    title: 'Approve purchases by their amount',
    summary:
      'Somebody asks to buy something: one yes is enough up to 1,000, above that two of the owners and admins must agree.',
    group: 'approvals',
    needs: [],
    draft: draft({
      name: 'Purchase approval',
      description: 'Purchases up to 1,000 need one approval, larger ones two.',
      trigger: {
        kind: 'manual',
        fields: [
          field('what', 'What should be bought', 'text'),
          field('amount', 'What it costs', 'number'),
          field('why', 'Why', 'long_text', { required: false }),
        ],
      },
      steps: [
        when(
          'large',
          all(line('trigger.amount', 'greater_than', 1000)),
          [
            approval('two', {
              title: 'Buy {{ trigger.what }} for {{ trigger.amount }} {{ workspace.currency }}?',
              body: '{{ trigger.why }}\n\nIt is over 1,000, so two of you must agree.',
              ...{ approvers: ['role:owner', 'role:admin'], needed: 2, on_timeout: 'branch' },
              rejected: [told('no_two', 'Not approved: {{ trigger.what }}')],
              expired: [told('late_two', 'Nobody decided in time: {{ trigger.what }}')],
            }),
          ],
          [
            approval('one', {
              title: 'Buy {{ trigger.what }} for {{ trigger.amount }} {{ workspace.currency }}?',
              body: '{{ trigger.why }}',
              ...{ approvers: ['role:owner', 'role:admin'], needed: 1, self: true, on_timeout: 'branch' },
              rejected: [told('no_one', 'Not approved: {{ trigger.what }}')],
              expired: [told('late_one', 'Nobody decided in time: {{ trigger.what }}')],
            }),
          ],
          'Over 1,000?',
        ),
        task(
          'buy',
          'Buy {{ trigger.what }}',
          'Approved at {{ trigger.amount }} {{ workspace.currency }}. {{ trigger.why }}',
          2,
        ),
      ],
    }),
  },
  {
    key: 'refund-approval',
    title: 'Look at large refunds',
    summary: 'A refund over 200 asks an owner whether all is right with it, and keeps a task when it is not.',
    group: 'approvals',
    needs: [],
    draft: draft({
      name: 'Large refunds',
      description: 'Asks the owner about refunds over 200.',
      trigger: on('refund.created', all(line('trigger.amount', 'greater_than', 200))),
      steps: [
        approval('look', {
          title: 'Is the refund over {{ trigger.amount }} {{ trigger.currency }} right?',
          body: 'It was made a moment ago. Rejected means: somebody looks into it.',
          ...{ approvers: ['role:owner'], needed: 1, on_timeout: 'approve' },
          rejected: [
            task(
              'find_out',
              'Find out about the refund over {{ trigger.amount }} {{ trigger.currency }}',
              '',
              1,
              'high',
            ),
          ],
        }),
      ],
    }),
  },
  {
    key: 'discount-approval',
    title: 'Approve discounts for customers',
    summary:
      'Somebody proposes a discount for a contact; once it is approved the customer gets a mail with it.',
    group: 'approvals',
    needs: [],
    draft: draft({
      name: 'Discount approval',
      description: 'A discount goes to the customer after an approval.',
      trigger: {
        kind: 'manual',
        record: 'contact',
        fields: [
          field('percent', 'Percent', 'number'),
          field('why', 'Why', 'long_text', { required: false }),
        ],
      },
      steps: [
        approval('decide', {
          title: '{{ trigger.percent }} % for {{ trigger.contact.name }}?',
          body: '{{ trigger.why }}',
          ...{ approvers: ['role:owner', 'role:admin'], needed: 1 },
          fields: [{ name: 'code', label: 'Discount code', kind: 'text', required: true }],
        }),
        mail(
          'tell',
          '{{ trigger.contact.email }}',
          'Something for you',
          `${HELLO}\n\nwith the code {{ steps.decide.values.code }} your next order is {{ trigger.percent }} % less.\n\n${SIGNED}`,
          { once: { scope: 'run' } },
        ),
      ],
    }),
  },
  {
    key: 'time-off',
    title: 'Ask for time off by a form',
    summary: 'A page that colleagues fill in; an admin decides, and the answer goes back by mail.',
    group: 'approvals',
    needs: [],
    draft: draft({
      name: 'Time off',
      description: 'Requests for time off, decided by an admin.',
      trigger: {
        kind: 'form',
        title: 'Ask for time off',
        intro: 'You get the answer by mail.',
        thanks: 'We have your request.',
        fields: [
          field('name', 'Your name', 'text'),
          field('email', 'Your e-mail address', 'email'),
          field('from', 'From', 'date'),
          field('to', 'To (the last day)', 'date'),
        ],
      },
      steps: [
        approval('decide', {
          title: 'Time off for {{ trigger.name }}: {{ trigger.from }} to {{ trigger.to }}?',
          body: '',
          ...{ approvers: ['role:owner', 'role:admin'], needed: 1 },
          rejected: [
            mail(
              'no',
              '{{ trigger.email }}',
              'Your time off',
              `Hello {{ trigger.name }},\n\nunfortunately {{ trigger.from }} to {{ trigger.to }} does not work. Please talk to us about other days.\n\n${SIGNED}`,
              { once: { scope: 'run' } },
            ),
          ],
        }),
        mail(
          'yes',
          '{{ trigger.email }}',
          'Your time off is approved',
          `Hello {{ trigger.name }},\n\nyour time off from {{ trigger.from }} to {{ trigger.to }} is approved. Enjoy it.\n\n${SIGNED}`,
          { once: { scope: 'run' } },
        ),
      ],
    }),
  },
]
