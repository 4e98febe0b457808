/** What the registry says of a domain (RDAP, RFC 9083): until when it is paid for and whether it is locked. */
import * as z from 'zod'

export interface Registration {
  /** Milliseconds since the epoch; null when the registry does not say. */
  expiresAt: number | null
  /** In small letters with spaces, e.g. `client transfer prohibited`. */
  statuses: string[]
  registrar: string | null
}

const entitySchema = z.object({
  roles: z.array(z.string()).optional(),
  vcardArray: z.tuple([z.literal('vcard'), z.array(z.array(z.unknown()))]).optional(),
})
const domainSchema = z.object({
  objectClassName: z.literal('domain'),
  status: z.array(z.string()).optional(),
  events: z.array(z.object({ eventAction: z.string(), eventDate: z.string() })).optional(),
  entities: z.array(entitySchema).optional(),
})

/** Reads an answer of RDAP; null when it is no domain. */
export function parseRegistration(body: unknown): Registration | null {
  const parsed = domainSchema.safeParse(body)
  if (!parsed.success) return null
  const { events = [], status = [], entities = [] } = parsed.data
  const expiry = Date.parse(events.find(({ eventAction }) => eventAction === 'expiration')?.eventDate ?? '')
  const registrar = entities.find(({ roles }) => roles?.includes('registrar'))
  const name = registrar?.vcardArray?.[1].find(([property]) => property === 'fn')?.[3]
  return {
    expiresAt: Number.isNaN(expiry) ? null : expiry,
    statuses: status.map(spaced),
    registrar: typeof name === 'string' ? name : null,
  }
}

/** Some registries write the words of EPP: `clientTransferProhibited` (RFC 8056 maps them). */
const spaced = (status: string): string => status.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
