/** API keys as text: `scp_live_<8 id>_<32 secret>_<check>`. The prefix lets secret scanners find leaks. */
import * as z from 'zod'
import { KEY_SCOPES } from '../../../platform/actor.ts'

/** The whole key of its parts. */
export const keyText = (id: string, secret: string): string =>
  `scp_live_${id}_${secret}_${checkOf(id + secret)}`

/** A typing mistake is seen before the database is asked. */
export const checkOf = (text: string): string => {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0
  return hash.toString(36)
}

export const newKeySchema = z.strictObject({
  name: z.string().trim().min(1, 'Say what the key is for.').max(80, 'At most 80 characters.'),
  scopes: z.array(z.enum(KEY_SCOPES as [string, ...string[]])).min(1, 'Choose at least one scope.'),
  /** Days until it expires; null never. */
  days: z.coerce.number().int().min(1).max(3650).nullable(),
})
export type NewKeyInput = z.infer<typeof newKeySchema>
