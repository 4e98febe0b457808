/** Calls to Shopify's Admin API: its refusals come with status 200, and its pace is told with each answer. */
import * as z from 'zod'
import { type Failure, ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { kept } from '../consent.ts'
import { askVendor } from '../vendor-call.ts'
import { API_VERSION } from './documents.ts'

const refused = z.object({
  errors: z.array(
    z.object({ message: z.string(), extensions: z.looseObject({ code: z.string().optional() }).optional() }),
  ),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }),
      }),
    })
    .optional(),
})

export interface ShopifyCalls {
  ask<T>(
    document: string,
    variables: Record<string, unknown>,
    context: ReadContext,
    schema: z.ZodType<T>,
  ): Promise<Result<T>>
}

export function shopifyCalls(bases: Bases): ShopifyCalls {
  const rules = bases.rulesFor('SHOPIFY_API_BASE')
  return {
    async ask(document, variables, context, schema) {
      const origin = bases.of('SHOPIFY_API_BASE') || `https://${kept(context.credentials, 'shop')}`
      const answer = await askVendor(
        {
          vendor: 'Shopify',
          url: `${origin}/admin/api/${API_VERSION}/graphql.json`,
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-Shopify-Access-Token': context.credentials.accessToken ?? '',
          },
          body: JSON.stringify({ query: document, variables }),
          rules,
          explain,
        },
        z.object({ data: schema }),
      )
      return answer.ok ? ok(answer.value.data as never) : answer
    },
  }
}

/** Errors in an answer of status 200 (shopify.dev, "GraphQL Admin API status and error codes"). */
function explain(_status: number, body: unknown): Failure | null {
  const parsed = refused.safeParse(body)
  if (!parsed.success) return null
  const { errors, extensions } = parsed.data
  const code = errors.find((error) => error.extensions?.code)?.extensions?.code
  if (code === 'THROTTLED') {
    const cost = extensions?.cost
    const lacking = cost ? cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable : 100
    const seconds = Math.max(1, Math.ceil(lacking / (cost?.throttleStatus.restoreRate ?? 100)))
    return {
      kind: 'rate_limited',
      slug: 'vendor-busy',
      detail: 'Shopify asks us to slow down. We go on in a moment.',
      retryAfter: seconds,
    }
  }
  if (code === 'ACCESS_DENIED')
    return {
      kind: 'forbidden',
      slug: 'permission-missing',
      detail: `Shopify does not let us read this: ${errors[0]?.message.slice(0, 200) ?? ''} Give the app this permission, then connect Shopify again.`,
    }
  return {
    kind: 'unavailable',
    slug: 'vendor-refused',
    detail: `Shopify could not answer: ${errors[0]?.message.slice(0, 200) ?? 'no reason given'}`,
  }
}
