/** Workspace settings, and those of one's own profile. */
import { type Actor, can, type Workspace, type WorkspaceSettings } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { changeEmailMail } from '../documents/mails.ts'
import { emailField, nameField, settingsSchema } from '../domain/account.ts'
import { fieldErrors, tooManyTries } from './sign-up.ts'

export interface VersionedSettings extends WorkspaceSettings {
  version: number
}

export async function readSettings(services: Services, actor: Actor): Promise<Result<VersionedSettings>> {
  if (!can(actor, 'workspace:read')) return forbidden('see the settings')
  return ok({
    ...ofForm(actor.workspace),
    version: await services.directory.workspaceVersion(actor.tenantId),
  })
}

/** What the settings form holds; the rest of a workspace is changed by actions of its own. */
const ofForm = ({
  requireSecondFactor: _f,
  sandboxOf: _s,
  eraseAt: _e,
  ...settings
}: Workspace): WorkspaceSettings => settings

/** Omitted fields stay. `version` is the one that was read; null takes whatever there is now. */
export async function updateSettings(
  services: Services,
  actor: Actor,
  fields: Record<string, unknown>,
  version: number | null,
): Promise<Result<VersionedSettings>> {
  if (!can(actor, 'workspace:manage')) return forbidden('change the settings')
  const { id, ...present } = ofForm(actor.workspace)
  const parsed = settingsSchema.safeParse({ ...present, ...fields })
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const known = version ?? (await services.directory.workspaceVersion(id))
  const next = { id, ...parsed.data }
  const moved = present.timeZone !== next.timeZone
  const changed = Object.fromEntries(
    Object.entries(next).filter(([key, value]) => actor.workspace[key as keyof WorkspaceSettings] !== value),
  )
  const db = services.tenant(id)
  const event = { id: uuidv7(now), type: 'workspace.calendar_changed', payload: { time_zone: next.timeZone } }
  const [count] = await services.directory.transact([
    services.directory.updateWorkspaceStatement(next, known, isoInstant(now)),
    recordAudit(db, now, actor, 'workspace.changed', id, changed, 'if-changed'),
    ...(moved ? [recordEvent(db, now, event, 'if-changed')] : []),
  ])
  if (count !== 1)
    return fail(
      'stale',
      'stale',
      'Somebody else changed the settings meanwhile. Look at them again, then save.',
    )
  if (moved) await services.queue.send({ kind: 'calendar.rebuild', tenantId: id })
  return ok({ ...next, version: known + 1 })
}

export async function updateName(services: Services, actor: Actor, name: string): Promise<Result<null>> {
  const parsed = nameField.safeParse(name)
  if (!parsed.success)
    return invalid([{ path: 'name', message: parsed.error.issues[0]?.message ?? 'Tell us a name.' }])
  await services.directory.transact([services.directory.setNameStatement(actor.id, parsed.data)])
  return ok(null)
}

export async function updateTheme(services: Services, actor: Actor, theme: string): Promise<Result<null>> {
  if (theme !== 'system' && theme !== 'light' && theme !== 'dark') {
    return invalid([{ path: 'theme', message: 'Choose system, light or dark.' }])
  }
  await services.directory.transact([services.directory.setThemeStatement(actor.id, theme)])
  return ok(null)
}

/** Sends a link to the new address; until it is followed the old one stays. The answer is the same for a taken one. */
export async function askForEmailChange(
  services: Services,
  actor: Actor,
  email: string,
): Promise<Result<null>> {
  const parsed = emailField.safeParse(email)
  if (!parsed.success)
    return invalid([{ path: 'email', message: parsed.error.issues[0]?.message ?? 'Write an address.' }])
  if (!(await services.limits.signIn(`email-change:${actor.id}`))) return tooManyTries()
  if (await services.directory.personByEmail(parsed.data)) return ok(null)
  const id = randomToken(22)
  const seconds = 24 * 3600
  const token = await services.tokens.sign(
    'verify-email',
    { sub: actor.id, jti: id, email: parsed.data },
    seconds,
  )
  await services.directory.transact([
    services.directory.linkStatement(id, actor.id, 'verify-email', services.clock.now() + seconds * 1000),
  ])
  const mail = changeEmailMail(actor.name, `${services.config.publicUrl}/verify/${token}`)
  await services.mail.send({ kind: 'account', to: parsed.data, ...mail })
  return ok(null)
}
