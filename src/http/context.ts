/** What every request carries through the middleware. */
import type { Context } from 'hono'
import type { Env } from '../env.ts'
import type { Actor } from '../platform/actor.ts'
import type { SessionView } from '../platform/directory.ts'
import type { Services } from '../platform/services.ts'

export interface AppEnv {
  Bindings: Env
  Variables: {
    services: Services
    requestId: string
    /** Set on routes behind `requires` or `signedIn`; reading it elsewhere is a bug. */
    actor: Actor
    /** Who the request comes from, or null: set by `authenticate` on every route. */
    maybeActor: Actor | null
    session: SessionView | null
    /** Words to show once, from the request before. */
    flash: string | null
    /** Origins that may show this answer in a frame; without it none may. */
    framedBy?: readonly string[]
  }
}

export type AppContext = Context<AppEnv>
