/** What an automation can do: the steps that wings and connectors offer, and the records that steps read. */
import type { Result } from './result.ts'
import type { Credentials, VendorApp } from './vendor.ts'

export type StepJson = string | number | boolean | null | StepJson[] | { [key: string]: StepJson }

/** How a field of a step's form is asked for. Text of every kind may hold templates (`{{ trigger.contact.email }}`). */
export type StepFieldKind =
  | 'line'
  | 'text'
  | 'address'
  | 'number'
  | 'money'
  | 'yes_no'
  | 'choice'
  | 'moment'
  | 'duration'
  /** Name and value pairs. */
  | 'pairs'
  | 'json'
  | 'person'
  | 'template'
  | 'sequence'
  | 'automation'
  | 'dashboard'
  | 'channel'
  | 'record'

export interface StepField {
  name: string
  label: string
  kind: StepFieldKind
  required?: boolean
  hint?: string
  /** Taken when nothing is entered. */
  preset?: StepJson
  choices?: readonly { value: string; label: string }[]
}

/** What later steps find in `steps.<id>.<name>`. */
export interface StepOutput {
  name: string
  label: string
  sample: StepJson
}

export type StepGroup = 'mail' | 'people' | 'data' | 'messages' | 'shop' | 'money' | 'web' | 'ai' | 'flow'

export interface StepFacts {
  /** `wing.verb` or `vendor.verb`. Never renamed. */
  action: string
  title: string
  /** One sentence for the list of steps. */
  description: string
  group: StepGroup
  fields: readonly StepField[]
  outputs: readonly StepOutput[]
  /**
   * `keyed`: whoever does it does the same key once, so after a crash it is asked again. `unkeyed`: asked at most once,
   * and after a crash a person decides. `look`: it changes nothing.
   */
  effect: 'keyed' | 'unkeyed' | 'look'
}

/** One effect as it is asked for. */
export interface StepRequest {
  /** Values filled in. */
  input: Record<string, StepJson>
  /** Id of the connection, when the step needs one. */
  connection: string | null
  /** The same key is the same effect. */
  key: string
  runId: string
  automationId: string
  /** Of the automation: for texts and links that lead back. */
  automationName: string
  subject: string | null
  contact: string | null
  /** Everything the step can see: `trigger`, `steps`, `vars`, `item`. For templates that are filled in by the step itself. */
  data(): Record<string, StepJson>
}

export type StepOutcome =
  | { ok: true; output: StepJson; why?: string }
  /** It was rightly not done; the run goes on. */
  | { ok: true; skipped: true; output: StepJson; why: string }
  /** Nothing has left, and it is no failure: it goes at `later` (milliseconds). */
  | { ok: false; later: number; why: string }
  /** `left`: whether it may have happened all the same. `retry`: worth another try later. */
  | { ok: false; error: string; retry: boolean; afterMs?: number; left: 'no' | 'maybe' }

/** What a vendor's step is given beside its input. */
export interface VendorStepContext {
  credentials: Credentials
  /** The vendor's stable id of the account (shop domain, realm id). */
  account: string
  app: VendorApp | null
  /** The same key is the same effect; goes to the vendor where it keeps keys (Idempotency-Key, requestid). */
  key: string
  now: number
  /** The workspace's currency. */
  currency: string
}

/** A step done at an outside system over one of the workspace's connections. */
export interface VendorStep extends StepFacts {
  /** Kind of connection: `shopify`. */
  kind: string
  /** Calls of the connection's bucket that it costs. */
  cost: number
  perform(context: VendorStepContext, input: Record<string, StepJson>): Promise<Result<StepJson>>
}

export interface RecordQuestion {
  text?: string
  /** By field, all must hold. */
  where?: Record<string, StepJson>
  limit: number
}
