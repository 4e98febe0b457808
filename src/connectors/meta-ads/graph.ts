/** What all calls to Meta's Graph API share. */
import * as z from 'zod'
import type { Failure } from '../../platform/result.ts'
import { reconnect } from '../vendor-call.ts'

export const GRAPH_VERSION = 'v25.0'
const NAME = 'Meta'

const graphError = z.object({ error: z.object({ code: z.number() }) })

/** Graph's codes: 190 the token has ended, 4, 17, 32 and 613 too many calls, 10 and 200-299 no permission. */
export function explain(_status: number, body: unknown): Failure | null {
  const parsed = graphError.safeParse(body)
  if (!parsed.success) return null
  const { code } = parsed.data.error
  if (code === 190) return reconnect(NAME)
  if ([4, 17, 32, 613].includes(code))
    return {
      kind: 'rate_limited',
      slug: 'vendor-busy',
      detail: 'Meta asks us to slow down. Try again later.',
    }
  if (code === 10 || (code >= 200 && code < 300))
    return {
      kind: 'forbidden',
      slug: 'permission-missing',
      detail: 'Meta does not let us read your ads. Connect again and leave every permission ticked.',
    }
  return null
}
