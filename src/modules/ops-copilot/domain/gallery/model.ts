/** What the gallery is made of, and short ways to write its steps. */
import type { Condition, ConditionLine } from '../../../../kit/condition.ts'
import { type AutomationDraft, CARE, type StopRule, type Trigger } from '../automation-model.ts'
import type { ActionStep, ApprovalStep, Duration, Json, Step, WaitStep } from '../definition-model.ts'

export const GALLERY_GROUPS = {
  invoices: 'Getting paid',
  approvals: 'Approvals',
  leads: 'Leads and customers',
  reports: 'Reports',
  shop: 'The shop',
  watch: 'Keeping watch',
} as const
export type GalleryGroup = keyof typeof GALLERY_GROUPS

export interface GalleryItem {
  key: string
  title: string
  /** One sentence: what it does for the owner. */
  summary: string
  group: GalleryGroup
  /** What is to be chosen before it can go live, in words. */
  needs: readonly string[]
  draft: AutomationDraft
}

interface Made {
  name: string
  description: string
  trigger: Trigger
  steps: Step[]
  stop_on?: StopRule[]
}

export const draft = ({ stop_on = [], ...made }: Made): AutomationDraft => ({ ...made, stop_on, care: CARE })

export const on = (
  event: string,
  condition: Condition = { all: [] },
  again: number | null = null,
): Trigger => ({
  ...{ kind: 'event', event, condition, again_after_days: again },
})

/** In the time zone of the workspace, which is filled in when it is taken. */
export const at = (cron: string): Trigger => ({ kind: 'schedule', cron, time_zone: 'UTC', missed: 'latest' })

export const line = (
  field: string,
  operator: ConditionLine['operator'],
  value?: ConditionLine['value'],
): ConditionLine => ({
  ...{ field, operator },
  ...(value === undefined ? {} : { value }),
})

export const all = (...lines: Condition[]): Condition => ({ all: lines })

export function action(
  id: string,
  name: string,
  input: Record<string, Json>,
  more: Partial<ActionStep> = {},
): ActionStep {
  return { id, kind: 'action', action: name, input, on_error: 'stop', failed: [], ...more }
}

/** To whoever the invoice, order or contact names. */
export const mail = (
  id: string,
  to: string,
  subject: string,
  body: string,
  more: Partial<ActionStep> = {},
): ActionStep =>
  action(id, 'mail.send', { to, subject, body, stream: 'workspace' }, { once: { scope: 'subject' }, ...more })

/** `due`: days from then. */
export const task = (id: string, title: string, notes: string, due = 1, priority = 'normal'): ActionStep =>
  action(id, 'task.create', { title, notes, due: String(due), priority })

export const wait = (
  id: string,
  amount: number,
  unit: Duration['unit'],
  hours: WaitStep['hours'] = 'business',
): Step => ({
  ...{ id, kind: 'wait', for: { amount, unit }, hours },
})

export const when = (
  id: string,
  condition: Condition,
  yes: Step[],
  no: Step[] = [],
  name?: string,
): Step => ({
  ...{ id, kind: 'if', condition, yes, no },
  ...(name ? { name } : {}),
})

export const end = (id: string, message: string): Step => ({
  id,
  kind: 'stop',
  outcome: 'completed',
  message,
})

export const approval = (
  id: string,
  made: Pick<ApprovalStep, 'title' | 'body' | 'approvers' | 'needed'> & Partial<ApprovalStep>,
): ApprovalStep => ({
  ...{ id, kind: 'approval', self: false, fields: [], on_timeout: 'reject', rejected: [], expired: [] },
  remind: { amount: 1, unit: 'business_days' },
  within: { amount: 3, unit: 'business_days' },
  ...made,
})

/** A person wrote back to us. */
export const answered: StopRule = {
  event: 'mail.received',
  match: all(
    line('event.from', 'equals', '{{ trigger.contact.email }}'),
    line('event.verdict', 'equals', 'human'),
  ),
}
export const HELLO = "Hello {{ trigger.contact.first_name | default: 'there' }},"
export const SIGNED = 'Kind regards\n{{ workspace.name }}'
