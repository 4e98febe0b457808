/** New automations: from nothing, from the gallery, as a copy; and one as a file to keep. */
import type { Actor } from '../../../platform/actor.ts'
import { notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { GALLERY, type GalleryItem, galleryDraft } from '../domain/gallery.ts'
import { blankTrigger, TRIGGER_KINDS } from '../domain/trigger-form.ts'
import type { AutomationRow } from '../store/automations.ts'
import { createAutomation, readAutomation } from './automations.ts'

export type NewWish = { kind: string; name?: string } | { copyOf: string } | { gallery: string }

export async function newAutomation(
  services: Services,
  actor: Actor,
  wish: NewWish,
): Promise<Result<AutomationRow>> {
  if ('copyOf' in wish) {
    const known = await exportAutomation(services, actor, wish.copyOf)
    if (!known.ok) return known
    const name = `${known.value.name.slice(0, 110)} (copy)`
    return createAutomation(services, actor, { ...known.value, name })
  }
  if ('gallery' in wish) {
    const draft = galleryDraft(wish.gallery, actor.workspace.timeZone)
    if (!draft) return notFound('automation of the gallery')
    const { name, description, trigger, steps, stop_on, care } = draft
    const input = {
      name,
      description,
      trigger_config: { ...trigger },
      actions: steps,
      stop_on,
      care: { ...care },
    }
    return createAutomation(services, actor, input, { origin: `gallery:${wish.gallery}` })
  }
  const kind = TRIGGER_KINDS.find((one) => one.kind === wish.kind) ?? TRIGGER_KINDS[0]
  return createAutomation(services, actor, {
    name: wish.name?.trim() || `New automation: ${kind?.title.toLowerCase() ?? ''}`,
    trigger_config: blankTrigger(kind?.kind ?? 'event', actor.workspace.timeZone),
  })
}

/** An item of the gallery as it would be here; null: there is none of that key. */
export function galleryItem(key: string, timeZone: string): GalleryItem | null {
  const item = GALLERY.find((one) => one.key === key)
  const draft = galleryDraft(key, timeZone)
  return item && draft ? { ...item, draft } : null
}

/** What a client sends to make the same again. */
export async function exportAutomation(services: Services, actor: Actor, id: string) {
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  const { name, description, triggerConfig, actions, stopOn, care } = known.value
  return ok({
    name,
    description,
    trigger_config: { ...triggerConfig },
    actions,
    stop_on: stopOn,
    care: { ...care },
  })
}
