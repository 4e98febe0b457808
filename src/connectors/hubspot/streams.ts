/** Which records of HubSpot are read, how often, and which properties of them. */
import type { SettingsField, SourceStream } from '../../platform/source-reader.ts'

export interface HubspotObject {
  /** In addresses: `/crm/v3/objects/contacts`. */
  path: string
  /** By which a search finds what changed; contacts have a name of their own for it. */
  changed: string
  properties: readonly string[]
  /** Ids of linked contacts are wanted. */
  withContacts?: boolean
}

export const OBJECTS: Readonly<Record<string, HubspotObject>> = {
  contacts: {
    path: 'contacts',
    changed: 'lastmodifieddate',
    properties: [
      'email',
      'firstname',
      'lastname',
      'phone',
      'company',
      'lifecyclestage',
      'createdate',
      'lastmodifieddate',
    ],
  },
  deals: {
    path: 'deals',
    changed: 'hs_lastmodifieddate',
    properties: [
      'dealname',
      'amount',
      'deal_currency_code',
      'dealstage',
      'pipeline',
      'closedate',
      'createdate',
      'hs_lastmodifieddate',
    ],
    withContacts: true,
  },
}

const CONTACTS: SourceStream = {
  name: 'contacts',
  title: 'Contacts',
  everyMinutes: 30,
  // the search shows a change some seconds after it was made
  overlapMinutes: 15,
  windowDays: null,
  // archived contacts are found by what is no longer there
  reconcileDays: 1,
  needs: 'crm.objects.contacts.read',
}
const DEALS: SourceStream = {
  ...CONTACTS,
  name: 'deals',
  title: 'Deals',
  needs: 'crm.objects.deals.read',
}
const EMAILS: SourceStream = {
  name: 'campaigns',
  title: 'Marketing emails and what came of them',
  everyMinutes: 240,
  overlapMinutes: 0,
  windowDays: null,
  needs: 'content',
}

/** Statistics of emails need Marketing Hub and a permission that not every account can give: only when asked for. */
export const SETTINGS: readonly SettingsField[] = [
  {
    name: 'emails',
    label: 'Marketing emails',
    hint: 'Needs Marketing Hub and a private app with the permission "content".',
    options: [
      { value: 'no', label: 'Leave them out' },
      { value: 'yes', label: 'Read how many were delivered and clicked' },
    ],
    optional: true,
  },
]

export const streamsFor = (settings: Record<string, unknown>): readonly SourceStream[] =>
  settings.emails === 'yes' ? [CONTACTS, DEALS, EMAILS] : [CONTACTS, DEALS]
