/** The part of the workspace wing's manifest that belongs to notices. */
import type { Manifest } from '../../../platform/manifest.ts'

export const notices: Partial<Manifest> = {}
