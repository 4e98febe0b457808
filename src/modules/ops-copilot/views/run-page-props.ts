/** What the page of a run is given. */
import type { RunDetail } from '../../../platform/engine-port.ts'
import type { Names } from './words.ts'

export interface RunPageProps {
  automation: { id: string; name: string }
  line: {
    id: string
    state: string
    why: string
    cause: string
    startedAt: string
    completedAt: string | null
  }
  detail: RunDetail
  names: Names
  mayWrite: boolean
  /** The automation has other steps now. */
  newer: boolean
  /** The record it is about. */
  about: { label: string; href: string } | null
  timeZone: string
  locale: string
}
