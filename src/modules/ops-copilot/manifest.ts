/** What the Ops Copilot wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'
import { hearEvent } from './actions/hear.ts'
import { noteReply } from './actions/mail/hits.ts'
import { STEPS } from './actions/steps/index.ts'
import { EVENTS } from './manifest-events.ts'

export const manifest: Manifest = {
  wing: 'ops-copilot',
  events: EVENTS,
  notices: [
    {
      kind: 'automation.failed',
      title: 'Automations that failed',
      description: 'A run of an automation ended with an error; at most one notice an hour and automation.',
      mail: 'instant',
    },
    {
      kind: 'automation.unclear',
      title: 'Automations that need a decision',
      description: 'A step was cut off and nobody can tell whether it was done: you say what to do.',
      mail: 'instant',
      urgent: true,
    },
    {
      kind: 'automation.paused',
      title: 'Automations that rest',
      description: 'An automation stopped by itself: too many runs, missing rights, or too many failures.',
      mail: 'instant',
    },
    {
      kind: 'automation.silent',
      title: 'Automations that fell silent',
      description: 'An automation that is live should have run, or used to, and does not any more.',
      mail: 'instant',
    },
    {
      kind: 'approval.asked',
      title: 'Decisions',
      description: 'An automation asks you to approve something.',
      mail: 'instant',
      urgent: true,
    },
    {
      kind: 'approval.reminder',
      title: 'Decisions still open',
      description: 'Something that you were asked to approve is still waiting.',
      mail: 'instant',
    },
    {
      kind: 'task.assigned',
      title: 'Tasks for you',
      description: 'A task was given to you.',
      mail: 'daily',
    },
  ],
  tables: [
    { table: 'mail_hits', exported: true },
    { table: 'automation_mails', exported: true, omit: ['track_id'] },
    { table: 'email_templates', exported: true },
    { table: 'tasks', exported: true },
    { table: 'approval_decisions', exported: true },
    { table: 'approvals', exported: true },
    { table: 'automation_runs', exported: true },
    { table: 'automation_drafts', exported: false },
    { table: 'automation_versions', exported: true },
    { table: 'automations', exported: true },
    { table: 'copilot_settings', exported: true },
  ],
  fileAreas: [],
  steps: STEPS,
  listeners: [
    { name: 'ops-copilot.engine', events: ['*'], listen: hearEvent },
    { name: 'ops-copilot.replies', events: ['mail.received'], listen: noteReply },
  ],
}
