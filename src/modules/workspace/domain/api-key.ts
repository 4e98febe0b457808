/** What is asked for when an API key is made. */
import * as z from 'zod'
import { KEY_SCOPES } from '../../../platform/actor.ts'

export const newKeySchema = z.strictObject({
  name: z.string().trim().min(1, 'Say what the key is for.').max(80, 'At most 80 characters.'),
  scopes: z.array(z.enum(KEY_SCOPES as [string, ...string[]])).min(1, 'Choose at least one scope.'),
  /** Days until it expires; null never. */
  days: z.coerce.number().int().min(1).max(3650).nullable(),
  /** A test key works on the workspace's test data, which is apart from everything real. */
  mode: z.enum(['live', 'test'], 'Choose live or test.').default('live'),
})
