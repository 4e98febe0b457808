/** The part of the workspace wing's manifest that belongs to people. */
import type { Manifest } from '../../../platform/manifest.ts'

export const people: Partial<Manifest> = {}
