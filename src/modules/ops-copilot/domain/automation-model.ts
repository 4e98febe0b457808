/** What people make: a name, what starts it, what ends it early, its steps, and how careful it is. */
import type { Condition } from '../../../kit/condition.ts'
import type { Step } from './definition-model.ts'

export const TRIGGER_TYPES = ['schedule', 'event', 'manual'] as const
export type TriggerType = (typeof TRIGGER_TYPES)[number]

/** Occurrences that were missed because nothing ran: none of them, the latest, or each of them. */
export const MISSED = ['skip', 'latest', 'all'] as const

export interface ScheduleTrigger {
  kind: 'schedule'
  /** Five fields, see kit/calendar. */
  cron: string
  /** IANA zone. */
  time_zone: string
  /** On a day that is not worked: left out, or moved to the next that is. Absent: as the calendar says. */
  business_days?: 'skip' | 'next'
  missed: (typeof MISSED)[number]
}

export interface EventTrigger {
  kind: 'event'
  event: string
  /** Over `trigger`. */
  condition: Condition
  /** Not again for the same record within so many days; null: each event starts a run. */
  again_after_days: number | null
}

export interface InputField {
  name: string
  label: string
  kind: 'text' | 'long_text' | 'number' | 'choice' | 'yes_no' | 'date' | 'email'
  required: boolean
  choices?: string[]
}

/** One click, with what is asked for first; `record`: offered on the page of such a record. */
export interface ManualTrigger {
  kind: 'manual'
  fields: InputField[]
  record?: string
}

/** A POST to the automation's own address. */
export interface HookTrigger {
  kind: 'hook'
  /** `signed`: a Standard Webhooks signature with the automation's secret is asked for. */
  proof: 'address' | 'signed'
  /** Path of the id that tells a repeated delivery (`id`); null: the header `Idempotency-Key` or `webhook-id`. */
  id_path: string | null
}

/** A page of its own that anybody with the link can fill in. */
export interface FormTrigger {
  kind: 'form'
  title: string
  intro: string
  thanks: string
  fields: InputField[]
}

export type Trigger = ScheduleTrigger | EventTrigger | ManualTrigger | HookTrigger | FormTrigger

/** Something that ends every run it concerns, wherever the run stands: paid, answered, unsubscribed. */
export interface StopRule {
  event: string
  /** Over `event` (its payload) beside what the run can see; values are templates. */
  match: Condition
}

/** How careful an automation is. */
export interface Care {
  /** The first effects after each publish are held until somebody lets them go; 0: none. */
  hold_first: number
  /** Minutes in which a mail that goes to people outside can be taken back. */
  undo_minutes: number
  /** Runs started within an hour that make it stop and ask; null: as many as come. */
  brake_per_hour: number | null
  /** Runs at once; more of them wait. */
  at_once: number | null
}

export interface AutomationDraft {
  name: string
  description: string
  trigger: Trigger
  stop_on: StopRule[]
  steps: Step[]
  care: Care
}

export const CARE: Care = { hold_first: 0, undo_minutes: 0, brake_per_hour: 500, at_once: null }

/** `trigger_type` of the specification: a hook or a form is an event (CONTRACT). */
export const triggerTypeOf = ({ kind }: Trigger): TriggerType =>
  kind === 'schedule' || kind === 'manual' ? kind : 'event'
