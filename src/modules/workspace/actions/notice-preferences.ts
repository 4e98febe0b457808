/** How a person wants to be told: by kind, and when. */
import type { Actor } from '../../../platform/actor.ts'
import { fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { NoticeKind } from '../../../platform/wing-facts.ts'
import {
  defaultPreference,
  defaultSettings,
  mailDue,
  type NoticePreference,
  type NoticeSettings,
  preferenceSchema,
  settingsSchema,
} from '../domain/notice.ts'
import * as store from '../store/notice-preferences.ts'
import { preferencesOf, settingsOf, settleDue } from '../store/notices.ts'
import { fieldErrors } from './sign-up.ts'

export interface NoticeChoices {
  kinds: (NoticeKind & { chosen: NoticePreference })[]
  settings: NoticeSettings
}

/** The kinds of all wings with what this person chose, and their times. Keys have none. */
export async function readNoticeChoices(services: Services, actor: Actor): Promise<Result<NoticeChoices>> {
  if (actor.kind !== 'person')
    return fail('forbidden', 'persons-only', 'Preferences belong to a person. Sign in; a key has none.')
  const kinds = services.wings.flatMap((wing) => wing.notices)
  const db = services.tenant(actor.tenantId)
  const [chosen, [settings]] = await db.getAll([
    preferencesOf(
      db,
      [actor.id],
      kinds.map((kind) => kind.kind),
    ),
    settingsOf(db, [actor.id]),
  ])
  const own = new Map(chosen.map((row) => [row.kind, { inApp: row.in_app === 1, mail: row.mail }]))
  const { personId: _personId, ...times } = settings ?? {
    ...defaultSettings(actor.workspace.timeZone),
    personId: '',
  }
  return ok({
    kinds: kinds.map((kind) => ({ ...kind, chosen: own.get(kind.kind) ?? defaultPreference(kind) })),
    settings: times,
  })
}

/**
 * `{ kinds?: { <kind>: { inApp, mail } }, settings?: {...} }`; what is omitted stays. Mail that waits already follows
 * the new choice.
 */
export async function updateNoticeChoices(
  services: Services,
  actor: Actor,
  input: { kinds?: Record<string, unknown>; settings?: unknown },
): Promise<Result<NoticeChoices>> {
  const before = await readNoticeChoices(services, actor)
  if (!before.ok) return before
  const settings = settingsSchema.safeParse({ ...before.value.settings, ...(input.settings ?? {}) })
  const chosen = parseKinds(before.value, input.kinds ?? {})
  const errors = [
    ...(settings.success ? [] : fieldErrors(settings.error.issues)),
    ...(chosen.ok ? [] : (chosen.error.errors ?? [])),
  ]
  if (!settings.success || !chosen.ok) return invalid(errors)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const moved = before.value.kinds.map((kind) => {
    const preference = chosen.value.get(kind.kind) ?? kind.chosen
    const dueAt = mailDue(preference.mail, settings.data, now, kind.urgent ?? false)
    return { kind: kind.kind, ...preference, dueAt, changed: preference.mail !== kind.chosen.mail }
  })
  await db.write([
    store.keepPreferences(db, actor.id, moved),
    store.keepSettings(db, actor.id, settings.data),
    ...store.moveWaiting(
      db,
      actor.id,
      moved.filter((kind) => kind.changed),
    ),
    ...settleDue(db, actor.id),
  ])
  return readNoticeChoices(services, actor)
}

function parseKinds(
  before: NoticeChoices,
  kinds: Record<string, unknown>,
): Result<Map<string, NoticePreference>> {
  const chosen = new Map<string, NoticePreference>()
  const errors = []
  for (const [name, value] of Object.entries(kinds)) {
    const known = before.kinds.find((kind) => kind.kind === name)
    const parsed = preferenceSchema.partial().safeParse(value)
    if (!known) errors.push({ path: `kinds.${name}`, message: `There is no kind ${name}.` })
    else if (parsed.success) chosen.set(name, { ...known.chosen, ...parsed.data })
    else
      errors.push(
        ...fieldErrors(
          parsed.error.issues.map((issue) => ({ ...issue, path: ['kinds', name, ...issue.path] })),
        ),
      )
  }
  return errors.length > 0 ? invalid(errors) : ok(chosen)
}
