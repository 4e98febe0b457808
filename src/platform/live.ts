/** What an open page tells the live hub about itself, checked by the door that lets it in. */
import type { Role } from './actor.ts'

export type LiveView =
  | { kind: 'dashboard'; id: string /** As in the address of the page. */; query: Record<string, string> }
  | { kind: 'import'; id: string }
  /** The notices of the person who looks. */
  | { kind: 'inbox'; id: string }

export interface LiveSeat {
  tenantId: string
  sessionId: string
  personId: string
  role: Role
  view: LiveView
  /** Milliseconds; from then on the socket is closed instead of told. */
  expiresAt: number
}

/** What a page waits for: the topic that `changed` and `importMoved` mark. */
export const topicOf = (view: LiveView): string =>
  view.kind === 'dashboard' ? 'dashboards' : `${view.kind}:${view.id}`

/** A part of a page that data can change: what htmx swaps, and the selector of where. */
export interface LivePiece {
  target: string
  html: string
}
