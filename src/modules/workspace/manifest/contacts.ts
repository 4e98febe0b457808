/** The part of the workspace wing's manifest that belongs to contacts. */
import * as z from 'zod'
import type { Manifest } from '../../../platform/manifest.ts'
import { contactPersonal, contactTimeline, forgetContact } from '../actions/contacts-forget.ts'
import { CONSENTS, STAGES } from '../domain/contact.ts'

const contact_id = '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f'
const person_id = '0198c1de-7a00-7b6e-9d4f-222222222222'
const form_id = '0198c1de-7a00-7b6e-9d4f-444444444444'

export const contacts: Partial<Manifest> = {
  events: [
    {
      type: 'lead.created',
      title: 'New lead',
      description:
        'Somebody new came in by form, API, hand or a connected system as it happened. Never for what was imported.',
      payload: z.object({
        contact_id: z.string(),
        source: z.string(),
        source_detail: z.string(),
        owner_id: z.string().nullable(),
        consent: z.enum(CONSENTS),
      }),
      sample: { contact_id, source: 'form', source_detail: 'Newsletter', owner_id: null, consent: 'given' },
    },
    {
      type: 'contact.stage_changed',
      title: 'Stage of a contact changed',
      description: 'A contact moved to another stage, e.g. from lead to customer.',
      payload: z.object({ contact_id: z.string(), from: z.enum(STAGES), to: z.enum(STAGES) }),
      sample: { contact_id, from: 'lead', to: 'qualified' },
    },
    {
      type: 'contact.consent_changed',
      title: 'Consent to marketing changed',
      description: 'A contact gave or withdrew consent to marketing mail.',
      payload: z.object({ contact_id: z.string(), from: z.enum(CONSENTS), to: z.enum(CONSENTS) }),
      sample: { contact_id, from: 'given', to: 'withdrawn' },
    },
    {
      type: 'contact.assigned',
      title: 'Contact assigned',
      description: 'Somebody of the workspace is to look after a contact.',
      payload: z.object({ contact_id: z.string(), owner_id: z.string() }),
      sample: { contact_id, owner_id: person_id },
    },
    {
      type: 'contact.merged',
      title: 'Contacts merged',
      description: 'Two cards were found to be one person; the second is part of the first now.',
      payload: z.object({ contact_id: z.string(), other_id: z.string() }),
      sample: { contact_id, other_id: '0198c1de-7a00-7b6e-9d4f-555555555555' },
    },
    {
      type: 'contact.parted',
      title: 'Merge of contacts taken apart',
      description: 'Two cards that were merged are two people again.',
      payload: z.object({ contact_id: z.string(), other_id: z.string() }),
      sample: { contact_id, other_id: '0198c1de-7a00-7b6e-9d4f-555555555555' },
    },
    {
      type: 'form.submitted',
      title: 'Form sent in',
      description: 'Somebody sent in a form of the workspace, whether they were known before or not.',
      payload: z.object({ form_id: z.string(), contact_id: z.string(), is_new: z.boolean() }),
      sample: { form_id, contact_id, is_new: true },
    },
  ],
  notices: [
    {
      kind: 'lead.created',
      title: 'New leads',
      description: 'Somebody new came in. Whoever looks after the lead hears of it, else everybody.',
      mail: 'off',
    },
    {
      kind: 'contact.assigned',
      title: 'Contacts given to you',
      description: 'Somebody gave you a contact to look after.',
      mail: 'instant',
    },
  ],
  timeline: contactTimeline,
  personal: contactPersonal,
  forget: forgetContact,
}
