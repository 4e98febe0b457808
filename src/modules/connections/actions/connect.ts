/** Connecting an outside system: by its consent page and back, or by keys. The same account again revives its connection. */
import { type Actor, can } from '../../../platform/actor.ts'
import { randomToken } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { ConnectMethod, OauthMethod, Vendor, VendorField } from '../../../platform/vendor.ts'
import { challengeOf } from '../domain/pkce.ts'
import { connectorById } from '../store/connectors.ts'
import { type Landed, landConnection } from './land.ts'
import { packState, spendState } from './oauth-state.ts'
import { contextFor, vendorOf } from './sealed.ts'

const MAX_FIELD = 10_000

export interface ConnectWish {
  kind: string
  fields: Record<string, string>
  /** The connection that is to be connected again; another account is refused then. */
  connectorId?: string | null
}

/** The address of the vendor's consent page. Only a person can go there and come back. */
export async function startOauth(
  services: Services,
  actor: Actor,
  wish: ConnectWish,
): Promise<Result<{ url: string; vendor: Vendor }>> {
  const found = methodFor(services, actor, wish.kind, 'oauth')
  if (!found.ok) return found
  if (actor.kind !== 'person') return forbidden('go through a consent page')
  const { vendor, method } = found.value
  const input = readFields(method.fields, wish.fields)
  if (!input.ok) return input
  const connectorId = wish.connectorId ?? null
  const db = services.tenant(actor.tenantId)
  if (connectorId && !(await db.get(connectorById(db, connectorId)))) return notFound('connection')
  const context = await contextFor(services, actor.tenantId, wish.kind)
  if (!context.app) return noApp(vendor)
  const verifier = randomToken(64)
  const state = await packState(services, actor, {
    kind: wish.kind,
    verifier,
    input: input.value,
    connectorId,
  })
  const started = (method as OauthMethod).start(input.value, {
    ...context,
    state,
    challenge: await challengeOf(verifier),
  })
  return started.ok ? ok({ url: started.value.url, vendor }) : started
}

/** The way back. What the vendor says of itself is checked by the vendor's own folder. */
export async function finishOauth(
  services: Services,
  actor: Actor,
  query: URLSearchParams,
): Promise<Result<Landed>> {
  if (!can(actor, 'connections:manage')) return forbidden('connect other systems')
  const journey = await spendState(services, actor, query.get('state') ?? '')
  if (!journey.ok) return journey
  const { kind, verifier, input, connectorId } = journey.value
  const found = methodFor(services, actor, kind, 'oauth')
  if (!found.ok) return found
  const { vendor, method } = found.value
  const refusal = refusalOf(query, vendor)
  if (refusal) return refusal
  const context = await contextFor(services, actor.tenantId, kind)
  if (!context.app) return noApp(vendor)
  const connected = await (method as OauthMethod).finish(query, input, { ...context, verifier })
  if (!connected.ok) return connected
  return landConnection(services, actor, { vendor, method: 'oauth', connected: connected.value, connectorId })
}

export async function connectByKey(
  services: Services,
  actor: Actor,
  wish: ConnectWish,
): Promise<Result<Landed>> {
  const found = methodFor(services, actor, wish.kind, 'key')
  if (!found.ok) return found
  const { vendor, method } = found.value
  const input = readFields(method.fields, wish.fields)
  if (!input.ok) return input
  const context = await contextFor(services, actor.tenantId, wish.kind)
  const connected = await (method as Extract<ConnectMethod, { kind: 'key' }>).accept(input.value, context)
  if (!connected.ok) return connected
  const connectorId = wish.connectorId ?? null
  return landConnection(services, actor, { vendor, method: 'key', connected: connected.value, connectorId })
}

function methodFor(
  services: Services,
  actor: Actor,
  kind: string,
  wanted: ConnectMethod['kind'],
): Result<{ vendor: Vendor; method: ConnectMethod }> {
  if (!can(actor, 'connections:manage')) return forbidden('connect other systems')
  const vendor = vendorOf(services, kind)
  if (!vendor) return notFound('vendor')
  const method = vendor.methods.find((candidate) => candidate.kind === wanted)
  if (method) return ok({ vendor, method })
  const way = wanted === 'key' ? 'keys: connect it in the browser' : 'a consent page: enter its keys'
  return invalid([{ path: 'kind', message: `${vendor.name} is not connected by ${way}.` }])
}

/** The fields that the method asks for and no others, without the spaces that copying brings along. */
function readFields(
  fields: readonly VendorField[],
  given: Record<string, string>,
): Result<Record<string, string>> {
  const values = Object.fromEntries(fields.map(({ name }) => [name, (given[name] ?? '').trim()]))
  const known = new Set(fields.map((field) => field.name))
  const errors = [
    ...fields
      .filter(({ name, optional }) => !optional && !values[name])
      .map(({ name, label }) => ({ path: name, message: `${label} is missing.` })),
    ...fields
      .filter(({ name }) => (values[name] ?? '').length > MAX_FIELD)
      .map(({ name, label }) => ({ path: name, message: `${label} is too long.` })),
    ...Object.keys(given)
      .filter((name) => !known.has(name))
      .map((name) => ({ path: name, message: 'There is no such field.' })),
  ]
  return errors.length > 0 ? invalid(errors) : ok(values)
}

/** `error` of RFC 6749 4.1.2.1: what the vendor says when it does not send a code. */
function refusalOf(query: URLSearchParams, vendor: Vendor) {
  const error = query.get('error')
  if (!error) return null
  if (error === 'access_denied' || error === 'user_denied' || error === 'consent_required')
    return fail(
      'conflict',
      'oauth-denied',
      `Access was not given at ${vendor.name}, so nothing was connected. Start again when you want to allow it.`,
    )
  const words = (query.get('error_description') ?? error)
    .replace(/[^\p{L}\p{N} .,:;'()_-]/gu, '')
    .slice(0, 200)
  return fail('unavailable', 'oauth-refused', `${vendor.name} did not let us in: ${words}. Try again.`)
}

const noApp = (vendor: Vendor) =>
  fail(
    'conflict',
    'vendor-app-missing',
    `Before ${vendor.name} can be connected it must know this installation: enter the client id and secret of your own app on its page.`,
  )
