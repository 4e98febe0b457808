/** The part of the workspace wing's manifest that belongs to notices. */
import type { Manifest } from '../../../platform/manifest.ts'
import { listenForNotices, NOTICED_EVENTS } from '../actions/notice-listener.ts'

export const notices: Partial<Manifest> = {
  notices: [
    {
      kind: 'member.joined',
      title: 'New people',
      description: 'Somebody accepted an invitation to this workspace.',
      mail: 'daily',
    },
    {
      kind: 'member.role_changed',
      title: 'Your role',
      description: 'An owner or admin changed what you may do here. A mail about it always comes.',
      mail: 'off',
    },
    {
      kind: 'payment.disputed',
      title: 'Disputed payments',
      description: 'A customer disputes a payment; there is a deadline to answer.',
      mail: 'instant',
    },
    {
      kind: 'import.finished',
      title: 'Imports that are finished',
      description: 'A file that you imported has landed.',
      mail: 'off',
    },
    {
      kind: 'channel.failing',
      title: 'Slack and Teams channels that fail',
      description: 'Slack or Teams no longer accepts what is posted there.',
      mail: 'instant',
    },
  ],
  listeners: [{ name: 'workspace.notices', events: NOTICED_EVENTS, listen: listenForNotices }],
}
