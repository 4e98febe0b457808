/** Automations that are ready to take: each works as it stands, or says what is to be chosen. */
import type { AutomationDraft } from './automation-model.ts'
import { APPROVAL_ITEMS } from './gallery/approvals.ts'
import { INVOICE_ITEMS } from './gallery/invoices.ts'
import { LEAD_ITEMS } from './gallery/leads.ts'
import type { GalleryItem } from './gallery/model.ts'
import { OTHER_ITEMS } from './gallery/others.ts'

export { GALLERY_GROUPS, type GalleryGroup, type GalleryItem } from './gallery/model.ts'

export const GALLERY: readonly GalleryItem[] = [
  ...INVOICE_ITEMS,
  ...APPROVAL_ITEMS,
  ...LEAD_ITEMS,
  ...OTHER_ITEMS,
]

/** The draft of an item in the zone of a workspace; null: there is none of that key. */
export function galleryDraft(key: string, timeZone: string): AutomationDraft | null {
  const item = GALLERY.find((one) => one.key === key)
  if (!item) return null
  const { trigger } = item.draft
  return {
    ...item.draft,
    trigger: trigger.kind === 'schedule' ? { ...trigger, time_zone: timeZone } : trigger,
  }
}
