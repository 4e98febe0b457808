/** The part of the workspace wing's manifest that belongs to people. */
import * as z from 'zod'
import type { Manifest } from '../../../platform/manifest.ts'

const role = z.enum(['owner', 'admin', 'member', 'viewer'])
const PERSON = '019a8e6c-3f1e-7aa0-8000-000000000001'

export const people: Partial<Manifest> = {
  events: [
    {
      type: 'member.joined',
      title: 'Somebody joined',
      description: 'A person accepted an invitation and belongs to the workspace now.',
      payload: z.strictObject({ person_id: z.string(), role }),
      sample: { person_id: PERSON, role: 'member' },
    },
    {
      type: 'member.removed',
      title: 'Somebody left',
      description: 'A person left the workspace or was removed; `role` is what they were.',
      payload: z.strictObject({ person_id: z.string(), role }),
      sample: { person_id: PERSON, role: 'viewer' },
    },
    {
      type: 'member.role_changed',
      title: 'A role changed',
      description: 'A person has another role, also when the ownership of the workspace moved.',
      payload: z.strictObject({ person_id: z.string(), from: role, to: role }),
      sample: { person_id: PERSON, from: 'member', to: 'admin' },
    },
  ],
}
