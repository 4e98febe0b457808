/**
 * The wall of a workspace that requires a second factor: whoever has none may set one up, sign out or go to another
 * workspace, and nothing else. Keys have no second factor and pass; they were made by somebody inside.
 */
import { fail } from '../platform/result.ts'
import { isApi } from './audience.ts'
import type { AppContext } from './context.ts'
import { problem } from './problem.ts'
import { goTo } from './respond.tsx'

const WALL = '/settings/security/required'

/** What leads to a factor, and out. */
const BEFORE_THE_WALL =
  /^\/(settings\/(security\/required|second-factor|passkeys|password\/first|theme)|prove|workspaces\/(switch|new))(\/|$)/

/** True when this session may not work here yet. */
export function missesFactor(c: AppContext): boolean {
  const { session, maybeActor } = c.var
  if (!session || maybeActor?.kind !== 'person' || !session.workspace.requireSecondFactor) return false
  return !session.secondFactor && session.passkeys === 0
}

export const isBeforeTheWall = (c: AppContext): boolean => BEFORE_THE_WALL.test(c.req.path)

/** To the page that sets a factor up; programs are told in words. */
export async function factorWall(c: AppContext): Promise<Response> {
  if (isApi(c) || c.req.header('Upgrade')) {
    const { error } = fail(
      'forbidden',
      'second-factor-required',
      `This workspace requires a second factor. Set one up at ${WALL}, then try again.`,
    )
    return problem(c, error)
  }
  return goTo(c, WALL)
}
