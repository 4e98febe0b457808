/** What a public link is: its shape, its token, what it lets its holder do, and how it ends. */
import * as z from 'zod'
import type { Permission } from '../../../platform/actor.ts'

const emptyIsNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable())

export const newLinkSchema = z.object({
  kind: z.string().min(1).max(40),
  ref: z.string().min(1).max(100),
  scope: z.array(z.string().min(1).max(500)).min(1).max(10),
  label: z
    .string()
    .trim()
    .min(1, 'Say what the link is for.')
    .max(120, 'At most 120 characters.')
    .regex(/^[^\p{Cc}]*$/u, 'Letters, digits and signs only.'),
  /** An instant, ISO 8601 UTC; null: until it is revoked. */
  expiresAt: z.iso.datetime('Give the end as an instant, e.g. 2026-12-31T00:00:00Z.').nullable(),
  /** Null: any number of times. */
  maxUses: z.coerce.number().int().min(1, 'At least once.').max(100_000, 'At most 100,000 times.').nullable(),
})
export type NewLink = z.input<typeof newLinkSchema>

/** How a file is shared: days until the link ends, how often it may be used, what to call it; empty or null: no bound. */
export const shareSchema = z.strictObject({
  label: z.string().trim().max(120, 'At most 120 characters.').optional(),
  days: emptyIsNull(z.coerce.number().int().min(1, 'At least one day.').max(3650, 'At most ten years.')),
  maxUses: emptyIsNull(
    z.coerce.number().int().min(1, 'At least once.').max(100_000, 'At most 100,000 times.'),
  ),
})

/** What code behind a link may do in the workspace, by the kind of link; a kind that is not here may do nothing. */
export const RIGHTS_OF_KIND: Readonly<Record<string, readonly Permission[]>> = {
  file: ['files:read'],
  dashboard: ['foundry:read'],
  form: ['contacts:read', 'contacts:write'],
}

const TOKEN = /^([0-9a-f-]{36})\.([0-9A-Za-z]{32})$/

/** The parts of a token `<id>.<secret>`, or null when the text cannot be one. */
export function parseLinkToken(token: string): { id: string; secret: string } | null {
  const [, id, secret] = TOKEN.exec(token) ?? []
  return id && secret ? { id, secret } : null
}

export type LinkState = 'active' | 'expired' | 'revoked' | 'used up'

/** How a link stands at the instant `now` (ISO 8601 UTC). */
export function linkState(
  link: { expiresAt: string | null; revokedAt: string | null; maxUses: number | null; uses: number },
  now: string,
): LinkState {
  if (link.revokedAt !== null) return 'revoked'
  if (link.expiresAt !== null && link.expiresAt <= now) return 'expired'
  return link.maxUses !== null && link.uses >= link.maxUses ? 'used up' : 'active'
}
