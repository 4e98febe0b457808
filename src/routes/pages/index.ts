/** The pages, one file a flow. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { approveRoutes } from '../approve.tsx'
import { automationFormRoutes } from '../automation-form.tsx'
import { embedRoutes } from '../embed.tsx'
import { previewRoutes } from '../preview.ts'
import { shareRoutes } from '../share.tsx'
import { mailChoiceRoutes } from '../share-mail.tsx'
import { trackRoutes } from '../track.tsx'
import { accountPages } from './accounts.ts'
import { alertPages } from './alerts.tsx'
import { apiReferencePages } from './api-reference.tsx'
import { askPages } from './ask.tsx'
import { commentPages } from './comments.tsx'
import { connectionPages } from './connections.tsx'
import { contactPages } from './contact.tsx'
import { contactFormPages } from './contact-forms.tsx'
import { contactListPages } from './contacts.tsx'
import { customMetricPages } from './custom-metrics.tsx'
import { filePages } from './files.tsx'
import { foundryPages } from './foundry.tsx'
import { builderPages } from './foundry-build.tsx'
import { sharePages } from './foundry-share.tsx'
import { homePages } from './home.tsx'
import { importPages } from './imports.tsx'
import { invoicePages } from './invoices.tsx'
import { metricPages } from './metrics.tsx'
import { moneyPages } from './money.tsx'
import { notificationPages } from './notifications.tsx'
import { operatorPages } from './operator.tsx'
import { opsPages } from './ops.tsx'
import { opsApprovalPages } from './ops-approvals.tsx'
import { opsBuilderPages } from './ops-builder.tsx'
import { opsHourPages } from './ops-hours.tsx'
import { opsLivePages } from './ops-live.tsx'
import { opsReadPages } from './ops-read.tsx'
import { opsRunPages } from './ops-runs.tsx'
import { opsTaskPages } from './ops-tasks.tsx'
import { opsTemplatePages } from './ops-templates.tsx'
import { opsTryPages } from './ops-try.tsx'
import { palettePages } from './palette.tsx'
import { receiptPages } from './receipts.tsx'
import { recordPages } from './records.tsx'
import { remarkPages } from './remarks.tsx'
import { channelPages } from './settings-channels.tsx'
import { linkPages } from './settings-links.tsx'
import { mailPages } from './settings-mail.tsx'
import { sourceCheckPages } from './source-checks.tsx'
import { sourceMappingPages } from './source-mapping.tsx'
import { sourceSyncPages } from './source-sync.tsx'
import { sourcePages } from './sources.tsx'
import { stockPages } from './stock.tsx'
import { takeAwayPages } from './take-away.tsx'
import { whatIfPages } from './what-if.tsx'
import { whyPages } from './why.tsx'

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
  stockPages,
  sourceCheckPages,
  sourceSyncPages,
  sourceMappingPages,
  takeAwayPages,
  invoicePages,
  moneyPages,
  whatIfPages,
  askPages,
  whyPages,
  receiptPages,
  alertPages,
  customMetricPages,
  importPages,
  recordPages,
  foundryPages,
  remarkPages,
  builderPages,
  sharePages,
  opsPages,
  opsApprovalPages,
  opsTaskPages,
  opsHourPages,
  opsReadPages,
  opsTemplatePages,
  opsRunPages,
  opsTryPages,
  opsLivePages,
  opsBuilderPages,
  contactListPages,
  contactFormPages,
  contactPages,
  filePages,
  commentPages,
  linkPages,
  notificationPages,
  channelPages,
  // After all that stand below /foundry/metrics/ by a word of their own.
  metricPages,
  previewRoutes,
  shareRoutes,
  embedRoutes,
  automationFormRoutes,
  trackRoutes,
  approveRoutes,
  mailChoiceRoutes,
]) {
  pageRoutes.route('/', routes)
}
