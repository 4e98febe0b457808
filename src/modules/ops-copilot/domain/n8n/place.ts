/** Where a node is put in the tree. */
import type { Step } from '../definition-model.ts'
import type { Base } from './sources.ts'

export interface Place {
  /** Nodes that belong to a list further out. */
  until: ReadonlySet<string>
  base: Base | null
  depth: number
  /** Ending the run would also end what runs beside it, or the rounds that come. */
  shared: boolean
}

export interface Placed {
  made: Step[]
  base: Base | null
  /** Where the only way goes on. */
  next: string | null
  /** All ways that go on from its usual output. */
  fanned: string[]
}
