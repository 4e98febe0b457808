/** Ready automations for leads and customers. */
import {
  action,
  all,
  answered,
  draft,
  end,
  type GalleryItem,
  HELLO,
  line,
  mail,
  on,
  SIGNED,
  task,
  wait,
  when,
} from './model.ts'

const TO = '{{ trigger.contact.email }}'

export const LEAD_ITEMS: readonly GalleryItem[] = [
  {
    key: 'lead-follow-up',
    title: 'Follow up on new leads, until they answer',
    summary:
      'A welcome within the hour, two follow-ups in office hours, a task to call; it stops when they answer or become customers.',
    group: 'leads',
    needs: [],
    draft: draft({
      name: 'Lead follow-up',
      description: 'Writes to new leads until they answer.',
      trigger: on('lead.created', all(line('trigger.contact.email', 'is_not_empty')), 30),
      stop_on: [
        answered,
        {
          event: 'contact.stage_changed',
          match: all(
            line('event.contact_id', 'equals', '{{ trigger.contact_id }}'),
            line('event.to', 'equals', 'customer'),
          ),
        },
      ],
      steps: [
        wait('soon', 15, 'minutes'),
        mail(
          'welcome',
          TO,
          'Thank you for writing to {{ workspace.name }}',
          `${HELLO}\n\nthank you for your interest. What can we do for you? Just answer this mail; a person reads it.\n\n${SIGNED}`,
          { once: { scope: 'contact' } },
        ),
        wait('two_days', 2, 'business_days'),
        mail(
          'follow',
          TO,
          'Is there anything we can help with?',
          `${HELLO}\n\na few days ago you came to us. If you have a question, or want to see how it works, tell us when it suits you.\n\n${SIGNED}`,
          { once: { scope: 'contact' } },
        ),
        wait('four_days', 4, 'business_days'),
        task(
          'call',
          'Call {{ trigger.contact.name }}',
          'Two mails without an answer. {{ trigger.contact.phone }}',
          1,
        ),
      ],
    }),
  },
  {
    key: 'lead-task',
    title: 'A task for each new lead',
    summary: 'Nobody is forgotten: each new lead becomes a task for today.',
    group: 'leads',
    needs: [],
    draft: draft({
      name: 'New leads',
      description: 'Makes a task for each new lead.',
      trigger: on('lead.created'),
      steps: [
        task(
          'write',
          'Write to {{ trigger.contact.name | default: "the new lead" }}',
          '{{ trigger.contact.email }} {{ trigger.contact.phone }}, from {{ trigger.source_detail | default: trigger.source }}',
          0,
          'high',
        ),
      ],
    }),
  },
  {
    key: 'lead-stage',
    title: 'Welcome new customers',
    summary: 'A lead becomes a customer: a welcome, and two weeks later the question how it goes.',
    group: 'leads',
    needs: [],
    draft: draft({
      name: 'New customers',
      description: 'Welcomes those who become customers.',
      trigger: on('contact.stage_changed', all(line('trigger.to', 'equals', 'customer')), 365),
      steps: [
        mail(
          'welcome',
          TO,
          'Welcome to {{ workspace.name }}',
          `${HELLO}\n\ngood to have you with us. Whatever comes up, an answer to this mail reaches us.\n\n${SIGNED}`,
          { once: { scope: 'contact' } },
        ),
        wait('two_weeks', 2, 'weeks'),
        mail(
          'ask',
          TO,
          'How is it going?',
          `${HELLO}\n\ntwo weeks ago you became our customer. Is everything as you hoped? One sentence helps us.\n\n${SIGNED}`,
          { once: { scope: 'contact' } },
        ),
      ],
    }),
  },
  {
    key: 'lead-by-hook',
    title: 'Take leads from another system',
    summary: 'An address that other systems call: known people are tagged, others become a task.',
    group: 'leads',
    needs: [],
    draft: draft({
      name: 'Leads from elsewhere',
      description: 'Takes leads that another system sends.',
      trigger: { kind: 'hook', proof: 'address', id_path: null },
      steps: [
        action('find', 'records.find', { kind: 'contact', text: '{{ trigger.body.email }}', most: 1 }),
        when(
          'known',
          all(line('steps.find.count', 'greater_than', 0)),
          [action('tag', 'contact.update', { contact: '{{ trigger.body.email }}', tags_add: 'asked again' })],
          [
            task(
              'add',
              'Add {{ trigger.body.name | default: trigger.body.email }} to the contacts',
              '{{ trigger.body.message }}',
              0,
            ),
          ],
          'Do we know them?',
        ),
      ],
    }),
  },
  {
    key: 'complaint',
    title: 'React to complaints about mail at once',
    summary: 'Somebody marked a mail as unwanted: the contact is tagged and you get a task.',
    group: 'leads',
    needs: [],
    draft: draft({
      name: 'Complaints',
      description: 'Tags people who complained about a mail.',
      trigger: on('mail.complained'),
      steps: [
        when('known', all(line('trigger.contact.id', 'is_not_empty')), [
          action('tag', 'contact.update', { contact: '{{ trigger.contact.id }}', tags_add: 'complained' }),
        ]),
        task(
          'look',
          'Somebody complained about a mail',
          'Look what they got and whether they had agreed to it.',
          1,
          'high',
        ),
      ],
    }),
  },
  {
    key: 'first-order',
    title: 'Thank customers for their first order',
    summary: 'A personal mail after the first order, and a question about it two weeks later.',
    group: 'leads',
    needs: [],
    draft: draft({
      name: 'First order',
      description: 'Thanks for the first order.',
      trigger: on('order.created', all(line('trigger.order.customer_email', 'is_not_empty'))),
      steps: [
        mail(
          'thanks',
          '{{ trigger.order.customer_email }}',
          'Thank you for your order',
          `Hello {{ trigger.order.customer_first_name | default: 'there' }},\n\nyour first order with us means a lot. If anything is not as it should be, answer this mail.\n\n${SIGNED}`,
          { once: { scope: 'contact' } },
        ),
        wait('two_weeks', 14, 'days'),
        mail(
          'ask',
          '{{ trigger.order.customer_email }}',
          'Are you happy with it?',
          `Hello {{ trigger.order.customer_first_name | default: 'there' }},\n\ntwo weeks ago you ordered from us for the first time. Did everything arrive as you hoped?\n\n${SIGNED}`,
          { once: { scope: 'contact' } },
        ),
        end('done', 'Asked.'),
      ],
    }),
  },
]
