/** What owners are told when their workspace is to be erased, is kept after all, or is gone. */
import { letter, type MailText } from './mails.ts'

export const erasurePlannedMail = (workspace: string, who: string, at: string, href: string): MailText =>
  letter({
    subject: `${workspace} will be erased on ${at.slice(0, 10)}`,
    lines: [
      `${who} has asked to erase the workspace ${workspace} with everything in it.`,
      `It will be erased on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC. Until then everything works as before, and any owner can keep it.`,
    ],
    button: { label: 'Keep it, or take the data out', href },
    after: ['Afterwards nothing can be brought back.'],
  })

export const erasureCalledBackMail = (workspace: string, who: string): MailText =>
  letter({
    subject: `${workspace} will be kept`,
    lines: [`${who} has called the erasure of ${workspace} back. Nothing was lost.`],
  })

export const erasureDoneMail = (workspace: string): MailText =>
  letter({
    subject: `${workspace} is erased`,
    lines: [
      `The workspace ${workspace} and everything in it have been erased, as was asked for two weeks ago.`,
      'An account that belonged to no other workspace is gone with it.',
    ],
  })
