/** What the trigger of a workflow becomes. */
import type { Trigger } from '../automation-model.ts'

export interface ReadTrigger {
  trigger: Trigger
  outcome: 'mapped' | 'needs_person'
  why: string
  todo: string
  /** Where the data of the trigger stands for later steps. */
  base: string
}
