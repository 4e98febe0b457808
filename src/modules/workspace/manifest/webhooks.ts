/** The part of the workspace wing's manifest that belongs to webhooks. */
import type { Manifest } from '../../../platform/manifest.ts'

export const webhooks: Partial<Manifest> = {}
