/** The part of the workspace wing's manifest that belongs to public links, files and comments. */
import * as z from 'zod'
import type { Manifest } from '../../../platform/manifest.ts'
import { tellMentioned } from '../actions/comment-mentions.ts'
import { forgetSharing, sharingPersonal, sharingTimeline } from '../actions/sharing-of-contact.ts'

const SAMPLE = {
  id: '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f',
  subject: '0198c1de-7a00-7b6e-9d4f-111111111111',
  person: '0198c1de-7a00-7b6e-9d4f-222222222222',
  other: '0198c1de-7a00-7b6e-9d4f-333333333333',
}

const commentPayload = z.object({
  comment_id: z.string(),
  subject_type: z.string(),
  subject_id: z.string(),
  author_id: z.string(),
  mentions: z.array(z.string()),
})

const commentSample = {
  comment_id: SAMPLE.id,
  subject_type: 'contact',
  subject_id: SAMPLE.subject,
  author_id: SAMPLE.person,
  mentions: [SAMPLE.other],
}

export const sharing: Partial<Manifest> = {
  fileAreas: ['files'],
  events: [
    {
      type: 'comment.created',
      title: 'Comment written',
      description: 'Somebody commented on a contact, file, import, dashboard or data source.',
      payload: commentPayload,
      sample: commentSample,
    },
    {
      type: 'comment.edited',
      title: 'Comment edited',
      description: 'Whoever wrote a comment changed its words or whom it mentions.',
      payload: commentPayload,
      sample: commentSample,
    },
    {
      type: 'file.added',
      title: 'File added',
      description: 'A file was uploaded, on its own or to a contact or something else.',
      payload: z.object({
        file_id: z.string(),
        subject_type: z.string(),
        subject_id: z.string(),
        content_type: z.string(),
        bytes: z.number().int(),
      }),
      sample: {
        file_id: SAMPLE.id,
        subject_type: 'contact',
        subject_id: SAMPLE.subject,
        content_type: 'application/pdf',
        bytes: 48_213,
      },
    },
    {
      type: 'link.created',
      title: 'Public link made',
      description: 'Somebody made a link that opens one thing to people without an account.',
      payload: z.object({ link_id: z.string(), kind: z.string(), ref: z.string() }),
      sample: { link_id: SAMPLE.id, kind: 'file', ref: SAMPLE.subject },
    },
  ],
  notices: [
    {
      kind: 'comment.mentioned',
      title: 'Mentions',
      description: 'Somebody mentions you in a comment.',
      mail: 'instant',
    },
  ],
  listeners: [
    { name: 'comment-mentions', events: ['comment.created', 'comment.edited'], listen: tellMentioned },
  ],
  timeline: sharingTimeline,
  personal: sharingPersonal,
  forget: forgetSharing,
}
