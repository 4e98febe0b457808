/** The mails of notices, as pure data: one notice, or a digest of many. */
import { letter, type MailText } from './mails.ts'

export interface MailFrame {
  name: string
  workspace: string
  /** Public address of the installation, without a slash at the end. */
  base: string
}

export interface MailedNotice {
  id: string
  title: string
  body: string
  href: string
}

export interface DigestGroup {
  title: string
  /** All of this kind; `lines` may be fewer. */
  total: number
  lines: readonly MailedNotice[]
}

const why = ({ workspace, base }: MailFrame): string =>
  `You get this because you belong to ${workspace}. Choose what comes by mail: ${base}/settings/notifications`

export const singleMail = (frame: MailFrame, notice: MailedNotice): MailText =>
  letter({
    subject: notice.title,
    lines: [`Hello ${frame.name},`, notice.title, ...(notice.body ? [notice.body] : [])],
    button: {
      label: notice.href ? 'Have a look' : 'Open',
      href: `${frame.base}/notifications/${notice.id}/open`,
    },
    after: [why(frame)],
  })

export function digestMail(frame: MailFrame, groups: readonly DigestGroup[]): MailText {
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  return letter({
    subject: `${total} notifications from ${frame.workspace}`,
    lines: [
      `Hello ${frame.name},`,
      `there are ${total} new notifications for you.`,
      ...groups.flatMap(groupLines),
    ],
    button: { label: 'See them all', href: `${frame.base}/notifications` },
    after: [why(frame)],
  })
}

function groupLines({ title, total, lines }: DigestGroup): string[] {
  const rest = total - lines.length
  return [
    `${title} (${total})`,
    ...lines.map(
      (line) => `• ${line.title}${line.body ? `: ${line.body.split('\n')[0]?.slice(0, 140)}` : ''}`,
    ),
    ...(rest > 0 ? [`• and ${rest} more, all in the app`] : []),
  ]
}
