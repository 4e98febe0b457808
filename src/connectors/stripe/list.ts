/** Calls to Stripe's lists and objects. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { askVendor } from '../vendor-call.ts'
import { API_VERSION } from './auth.ts'

const object = z.looseObject({ object: z.string(), id: z.string() })
const listAnswer = z.object({ data: z.array(object), has_more: z.boolean() })
export type ListAnswer = z.infer<typeof listAnswer>
export type Query = readonly (readonly [string, string])[]

export interface StripeCalls {
  list(path: string, query: Query, context: ReadContext): Promise<Result<ListAnswer>>
  /** Null: there is no such object. */
  one(path: string, query: Query, context: ReadContext): Promise<Result<ListAnswer['data'][number] | null>>
  make(path: string, fields: Query, context: ReadContext): Promise<Result<ListAnswer['data'][number]>>
  remove(path: string, context: ReadContext): Promise<Result<unknown>>
}

export function stripeCalls(bases: Bases): StripeCalls {
  const rules = bases.rulesFor('STRIPE_API_BASE')
  const call = (path: string, query: Query, context: ReadContext) => {
    const text = new URLSearchParams(query.map(([name, value]) => [name, value])).toString()
    return {
      vendor: 'Stripe',
      url: `${bases.of('STRIPE_API_BASE')}/v1/${path}${text ? `?${text}` : ''}`,
      headers: { ...bearer(context.credentials), 'Stripe-Version': API_VERSION },
      rules,
    }
  }
  return {
    list: (path, query, context) => askVendor(call(path, [['limit', '100'], ...query], context), listAnswer),
    async one(path, query, context) {
      let missing = false
      const explain = (status: number) => {
        missing = status === 404
        return null
      }
      const answer = await askVendor({ ...call(path, query, context), explain }, object)
      return !answer.ok && missing ? ok(null) : answer
    },
    make(path, fields, context) {
      const { headers, ...rest } = call(path, [], context)
      const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
      const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
      return askVendor({ ...rest, method: 'POST', headers: { ...headers, ...type }, body }, object)
    },
    remove: (path, context) => askVendor({ ...call(path, [], context), method: 'DELETE' }, z.looseObject({})),
  }
}

/** `created` in a half-open window of milliseconds; the end is rounded up, so that no second falls between two. */
export const createdIn = ({ from, to }: { from: number; to: number }): Query => [
  ['created[gte]', String(Math.floor(from / 1000))],
  ['created[lt]', String(Math.ceil(to / 1000))],
]

export const isLiveKey = ({ credentials }: ReadContext): boolean =>
  (credentials.accessToken ?? '').includes('_live_')
