/** What became of each node of a workflow. */

export interface NodeReport {
  /** Name of the node in n8n. */
  node: string
  type: string
  /** `note`: it has no step of its own, and needs none. */
  outcome: 'mapped' | 'needs_person' | 'note'
  /** Id of its step; null: it has none. */
  step: string | null
  /** What became of it. */
  why: string
  /** What a person has to do; empty where nothing is. */
  todo: string
}
