/** The part of the workspace wing's manifest that belongs to sharing. */
import type { Manifest } from '../../../platform/manifest.ts'

export const sharing: Partial<Manifest> = {}
