/** The part of the workspace wing's manifest that belongs to contacts. */
import type { Manifest } from '../../../platform/manifest.ts'

export const contacts: Partial<Manifest> = {}
