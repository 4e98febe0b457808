/** The part of the workspace wing's manifest that belongs to privacy. */
import type { Manifest } from '../../../platform/manifest.ts'

export const privacy: Partial<Manifest> = {}
