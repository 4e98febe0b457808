/** What people say about their passkeys, and what a browser sends of one. */
import * as z from 'zod'

export const passkeyNameField = z
  .string()
  .trim()
  .min(1, 'Give it a name, like “Phone”.')
  .max(60, 'At most 60 characters.')
  .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u, 'Leave out line breaks and invisible control signs.')

const base64url = z.string().regex(/^[\w-]+$/)
const short = base64url.max(1400)
const long = base64url.max(20_000)

/** The browser's answer to a new key (WebAuthn RegistrationResponseJSON), as far as we look at it. */
const registration = z.object({
  id: short,
  rawId: short,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.object({
    clientDataJSON: long,
    attestationObject: long,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
})

/** The browser's answer to a challenge (AuthenticationResponseJSON). */
const assertion = z.object({
  id: short,
  rawId: short,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.object({
    clientDataJSON: long,
    authenticatorData: long,
    signature: long,
    userHandle: z.string().max(200).nullish(),
  }),
})

export type Registration = z.infer<typeof registration>
export type Assertion = z.infer<typeof assertion>

/** The parsed answer, or null when it is none. */
export const readRegistration = (text: string): Registration | null => parse(registration, text)
export const readAssertion = (text: string): Assertion | null => parse(assertion, text)

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
