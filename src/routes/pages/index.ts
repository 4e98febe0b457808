/** The pages, one file a flow. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { previewRoutes } from '../preview.ts'
import { shareRoutes } from '../share.tsx'
import { accountPages } from './accounts.ts'
import { apiReferencePages } from './api-reference.tsx'
import { commentPages } from './comments.tsx'
import { connectionPages } from './connections.tsx'
import { contactPages } from './contact.tsx'
import { contactFormPages } from './contact-forms.tsx'
import { contactListPages } from './contacts.tsx'
import { filePages } from './files.tsx'
import { foundryPages } from './foundry.tsx'
import { homePages } from './home.tsx'
import { importPages } from './imports.tsx'
import { notificationPages } from './notifications.tsx'
import { operatorPages } from './operator.tsx'
import { palettePages } from './palette.tsx'
import { recordPages } from './records.tsx'
import { channelPages } from './settings-channels.tsx'
import { linkPages } from './settings-links.tsx'
import { mailPages } from './settings-mail.tsx'
import { sourcePages } from './sources.tsx'

export const pageRoutes = new Hono<AppEnv>()

for (const routes of [
  homePages,
  palettePages,
  operatorPages,
  mailPages,
  apiReferencePages,
  accountPages,
  connectionPages,
  sourcePages,
  importPages,
  recordPages,
  foundryPages,
  contactListPages,
  contactFormPages,
  contactPages,
  filePages,
  commentPages,
  linkPages,
  notificationPages,
  channelPages,
  previewRoutes,
  shareRoutes,
]) {
  pageRoutes.route('/', routes)
}
