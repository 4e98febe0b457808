/** The door keeper of routes: whoever is not signed in, or may not, gets no further. */
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { can, type Permission } from '../platform/actor.ts'
import { fail } from '../platform/result.ts'
import { isApi, isHtmx } from './audience.ts'
import type { AppContext, AppEnv } from './context.ts'
import { problem } from './problem.ts'
import { factorWall, isBeforeTheWall, missesFactor } from './required-factor.ts'
import { failurePage } from './respond.tsx'

/** The routes of a method and path that ask for this right; the route walk reads the name of the function. */
export function requires(permission: Permission): MiddlewareHandler<AppEnv> {
  return async function requires(c, next) {
    const actor = c.var.maybeActor
    if (!actor) return refuseStranger(c)
    if (missesFactor(c)) return factorWall(c)
    if (!can(actor, permission)) {
      c.var.services.log.warn('access.refused', {
        permission,
        actor: `${actor.kind} ${actor.id}`,
        route: routePath(c),
      })
      const { error } = fail(
        'forbidden',
        'forbidden',
        actor.kind === 'key'
          ? `This key lacks the scope ${permission}.`
          : 'Your role does not allow this. Ask an owner or admin of the workspace.',
      )
      return isApi(c) ? problem(c, error) : failurePage(c, error)
    }
    c.set('actor', actor)
    return next()
  }
}

/** For pages about the person, which need no right in the workspace. Keys have no person. */
export function signedIn(): MiddlewareHandler<AppEnv> {
  return async function signedIn(c, next) {
    const actor = c.var.maybeActor
    if (!actor || !c.var.session) return refuseStranger(c)
    if (missesFactor(c) && !isBeforeTheWall(c)) return factorWall(c)
    c.set('actor', actor)
    return next()
  }
}

/** For those who run the installation (OPERATORS). To everybody else the place does not exist. */
export function operatorOnly(): MiddlewareHandler<AppEnv> {
  return async function operatorOnly(c, next) {
    const { session, maybeActor, services } = c.var
    if (!maybeActor) return refuseStranger(c)
    if (missesFactor(c)) return factorWall(c)
    if (!session || !services.config.operators.includes(session.email.toLowerCase())) {
      const { error } = fail('not_found', 'not-found', 'There is nothing at this address.')
      return isApi(c) ? problem(c, error) : failurePage(c, error)
    }
    c.set('actor', maybeActor)
    return next()
  }
}

function refuseStranger(c: AppContext) {
  const { error } = fail(
    'unauthenticated',
    'unauthenticated',
    'Send an API key or access token as a bearer token.',
  )
  if (isApi(c)) return problem(c, error)
  const back =
    c.req.method === 'GET' ? `?next=${encodeURIComponent(c.req.path + new URL(c.req.url).search)}` : ''
  const target = `/sign-in${back}`
  if (isHtmx(c)) return c.body(null, 200, { 'HX-Redirect': target })
  return c.redirect(target, 303)
}
