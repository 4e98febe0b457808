/**
 * Rules of the webhooks we send, after the Standard Webhooks specification: what is signed, when a delivery is tried
 * again, when an endpoint counts as failing, and what of an answer may be kept.
 */
import * as z from 'zod'

/** Seconds from one failed attempt to the next; after the last the delivery has failed for good (about three days). */
const RETRY_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const

/** Nothing but failures for this long: we stop sending and tell the admins. */
export const FAILING_AFTER_MS = 5 * 86_400_000

/** After a rotation the old secret signs beside the new one for this long. */
export const OVERLAP_MS = 24 * 3_600_000

export const EVENTS_KEPT_DAYS = 90
export const MOST_ENDPOINTS = 20
const KEPT_ANSWER = 500

export type EndpointStatus = 'active' | 'paused' | 'failing'
export type DeliveryStatus = 'pending' | 'delivered' | 'failed'

export interface Attempt {
  at: string
  /** HTTP status, or null when there was no answer. */
  status: number | null
  ms: number
  answer: string
}

export interface StampedSecret {
  secret: string
  /** Milliseconds; missing on the current one. */
  until?: number
}

const description = z.string().trim().max(120, 'At most 120 characters.')
const address = z
  .string()
  .trim()
  .min(1, 'Give the address that we post to.')
  .max(1000, 'At most 1000 characters.')
const chosenEvents = z.array(z.string().max(80)).min(1, 'Choose at least one event.').max(200)

export const newWebhookSchema = z.strictObject({
  url: address,
  description: description.default(''),
  events: chosenEvents,
})

export const webhookPatchSchema = z.strictObject({
  url: address.optional(),
  description: description.optional(),
  events: chosenEvents.optional(),
})

/** True when an endpoint with this choice hears of the event. */
export const hears = (events: readonly string[], type: string): boolean =>
  events.includes('*') || events.includes(type)

/** What the signature is made of; the id and the time are those of the headers. */
export const signingInput = (id: string, seconds: number, body: string): string => `${id}.${seconds}.${body}`

/** The key inside a `whsec_` text: 24 to 64 bytes of base64. */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(secret.slice('whsec_'.length)), (char) => char.charCodeAt(0))
}

export const secretText = (bytes: Uint8Array): string => `whsec_${btoa(String.fromCharCode(...bytes))}`

/** The secrets that sign at this moment, the current one first. */
export const signing = (secrets: readonly StampedSecret[], now: number): StampedSecret[] =>
  secrets.filter(({ until }) => until === undefined || until > now)

/** The new secret first; the one that was current signs until the overlap is over, older ones end now. */
export function rotated(secrets: readonly StampedSecret[], fresh: string, now: number): StampedSecret[] {
  const current = secrets.find(({ until }) => until === undefined)
  return [{ secret: fresh }, ...(current ? [{ secret: current.secret, until: now + OVERLAP_MS }] : [])]
}

/**
 * Milliseconds of the next attempt after `attempts` have failed, or null when there is none. Up to a tenth is added by
 * the delivery's id, so that an endpoint that comes back is not met by all deliveries at once.
 */
export function nextAttempt(deliveryId: string, attempts: number, now: number): number | null {
  const seconds = RETRY_SECONDS[attempts - 1]
  if (seconds === undefined) return null
  return now + Math.round(seconds * 1000 * (1 + spread(`${deliveryId}${attempts}`) / 10))
}

/** A number from 0 to 1 that is always the same for a text (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
  return (hash >>> 0) / 0xffffffff
}

export type Verdict = 'delivered' | 'gone' | 'again'

/** 2xx is taken; 410 says never again; everything else, redirects too, is tried again. */
export function verdictOf(status: number | null): Verdict {
  if (status !== null && status >= 200 && status < 300) return 'delivered'
  return status === 410 ? 'gone' : 'again'
}

/** `failingSince`: the first failure since the last success. */
export const isFailing = (failingSince: string | null, now: number): boolean =>
  failingSince !== null && now - Date.parse(failingSince) >= FAILING_AFTER_MS

/** What of an answer is kept: the beginning, without control characters and without secrets or signatures it repeats. */
export function keptAnswer(text: string): string {
  return (
    text
      .slice(0, 4 * KEPT_ANSWER)
      .replace(/whsec_[\w+/=-]+/g, 'whsec_…')
      .replace(/\bv1,[\w+/=]{20,}/g, 'v1,…')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: an answer is a stranger's bytes
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .slice(0, KEPT_ANSWER)
  )
}

/** An address for logs: what stands behind the question mark may be a password. */
export function withoutQuery(url: string): string {
  const { origin, pathname, search } = new URL(url)
  return `${origin}${pathname}${search ? '?…' : ''}`
}
