/** Mails that automations send. */
import type { StepDefinition } from '../../../../platform/services.ts'

import { sendAutomationMail } from '../mail/send.ts'

const sendStep: StepDefinition = {
  action: 'mail.send',
  title: 'Send an e-mail',
  description: 'To one person, from a template or written here, with what you know about them.',
  group: 'mail',
  permission: 'ops:write',
  effect: 'keyed',
  fields: [
    {
      ...{ name: 'to', label: 'To', kind: 'address', required: true },
      preset: '{{ trigger.contact.email }}',
    },
    { name: 'template', label: 'Template', kind: 'template', hint: 'Or write subject and text here.' },
    { name: 'subject', label: 'Subject', kind: 'line' },
    { name: 'body', label: 'Text', kind: 'text' },
    {
      ...{ name: 'stream', label: 'Kind of mail', kind: 'choice', preset: 'workspace' },
      choices: [
        { value: 'workspace', label: 'About business between you: no unsubscribe link' },
        { value: 'marketing', label: 'Marketing: needs consent, carries an unsubscribe link' },
      ],
    },
    { name: 'reply_to', label: 'Replies go to', kind: 'address', hint: 'Nothing: they come in here.' },
  ],
  outputs: [
    { name: 'mail_id', label: 'Id of the mail', sample: '0198c1de-7a00-7b6e-9d4f-999999999999' },
    { name: 'to', label: 'Sent to', sample: 'maria@example.com' },
    { name: 'subject', label: 'Subject', sample: 'Invoice F-2026-0042' },
  ],
  perform: sendAutomationMail,
}

export const mailSteps: readonly StepDefinition[] = [sendStep]
