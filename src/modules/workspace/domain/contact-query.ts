/** What is asked of the list of contacts: filters, order, and the place where a page goes on. */
import * as z from 'zod'
import { CONSENTS, STAGES } from './contact.ts'

export const CONTACT_SORTS = ['updated', 'name', 'created'] as const
export type ContactSort = (typeof CONTACT_SORTS)[number]

const text = (most: number) => z.string().trim().max(most).optional()

/** `owner` is a person's id, or `none`. `updated_since` is an instant: what changed then or later, the oldest change first. */
export const contactFilter = z.object({
  q: text(100),
  stage: z.enum(STAGES).optional(),
  source: text(60),
  consent: z.enum(CONSENTS).optional(),
  tag: text(60),
  owner: text(60),
  updated_since: z.iso.datetime().optional(),
})
export type ContactFilter = z.output<typeof contactFilter>

export interface ContactOrder {
  key: ContactSort
  direction: 'ascending' | 'descending'
}

/** Where the page before ended: the sorted value and the id of its last row. */
export interface ContactPlace {
  value: string
  id: string
}

export function cursorOf(place: ContactPlace): string {
  const bytes = new TextEncoder().encode(JSON.stringify([place.value, place.id]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Null for a text that we did not give. */
export function placeOf(cursor: string): ContactPlace | null {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    )
    const parts: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const [value, id] = Array.isArray(parts) ? parts : []
    return typeof value === 'string' && typeof id === 'string' ? { value, id } : null
  } catch {
    return null
  }
}
