/** What the Mini Foundry wing tells the house about itself. */
import type { Manifest } from '../../platform/manifest.ts'
import { foundryRecords } from './actions/automation-records.ts'
import { foundrySteps } from './actions/automation-steps.ts'
import { dealingsTimeline, forgetInFoundry, foundryPersonal } from './actions/contacts-of.ts'
import { hearContacts } from './actions/customers-unite.ts'
import { hearReadySource } from './actions/money-match.ts'
import { hearConnection } from './actions/sources-connection.ts'
import { ALERT_EVENTS, ALERT_NOTICES } from './manifest-alerts.ts'
import { EVENTS } from './manifest-events.ts'
import { TABLES } from './manifest-tables.ts'

export const manifest: Manifest = {
  wing: 'mini-foundry',
  events: [...EVENTS, ...ALERT_EVENTS],
  notices: [
    ...ALERT_NOTICES,
    {
      kind: 'source.failed',
      title: 'Sources that need you',
      description: 'Reading a source was given up until somebody looks at it.',
      mail: 'instant',
    },
    {
      kind: 'dashboard.report',
      title: 'Dashboards on their rhythm',
      description: 'The figures of a dashboard whenever its mails go out: for Slack and Teams channels.',
      mail: 'off',
    },
    {
      kind: 'dashboard.paused',
      title: 'Dashboards by mail',
      description: 'A dashboard could not be sent three times, so its mails are paused.',
      mail: 'instant',
    },
  ],
  tables: TABLES,
  fileAreas: ['imports', 'hooks/stripe', 'hooks', 'raw'],
  passingAreas: ['take-away'],
  uses: [
    'shopify',
    'stripe',
    'quickbooks',
    'woocommerce',
    'hubspot',
    'google_sheets',
    'meta_ads',
    'google_ads',
    'http',
  ],
  listeners: [
    {
      name: 'mini-foundry.connection',
      events: ['connection.connected', 'connection.disconnected'],
      listen: hearConnection,
    },
    { name: 'mini-foundry.money', events: ['source.ready'], listen: hearReadySource },
    {
      name: 'mini-foundry.persons',
      events: ['contact.merged', 'contact.parted'],
      listen: hearContacts,
    },
  ],
  steps: foundrySteps,
  records: foundryRecords,
  timeline: dealingsTimeline,
  personal: foundryPersonal,
  forget: forgetInFoundry,
}
