/** The part of the workspace wing's manifest that belongs to mail. */
import type { Manifest } from '../../../platform/manifest.ts'

export const mail: Partial<Manifest> = {}
