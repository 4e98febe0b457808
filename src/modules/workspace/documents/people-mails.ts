/** Mails about what proves people and where they belong, as pure data. */
import { letter, type MailText } from './mails.ts'

export const passkeyMail = (name: string, what: 'added' | 'removed', key: string, reset: string): MailText =>
  letter({
    subject: `A passkey was ${what}`,
    lines: [
      `Hello ${name},`,
      `the passkey “${key}” of your account was ${what} just now, and all other devices were signed out.`,
    ],
    button: { label: 'This was not me', href: reset },
  })

export const accountLinkMail = (
  name: string,
  what: 'linked' | 'unlinked',
  provider: string,
  account: string,
  security: string,
): MailText =>
  letter({
    subject: `${provider} was ${what}`,
    lines: [
      `Hello ${name},`,
      what === 'linked'
        ? `the ${provider} account ${account} can sign in to your account from now on.`
        : `the ${provider} account ${account} cannot sign in to your account any more.`,
    ],
    button: { label: 'See how you sign in', href: security },
    after: ['If this was not you, change your password there and sign out all other devices.'],
  })

export const roleChangedMail = (
  name: string,
  by: string,
  workspace: string,
  from: string,
  to: string,
  href: string,
): MailText =>
  letter({
    subject: `You are ${to} of ${workspace} now`,
    lines: [`Hello ${name},`, `${by} changed your role in ${workspace} from ${from} to ${to}.`],
    button: { label: 'Open the workspace', href },
  })

export const removedMail = (name: string, by: string, workspace: string): MailText =>
  letter({
    subject: `You are not in ${workspace} any more`,
    lines: [
      `Hello ${name},`,
      `${by} removed you from the workspace ${workspace}. Your account stays; what you made there stays in the workspace.`,
    ],
    after: ['If this is a surprise, ask them to invite you again.'],
  })

export const factorReminderMail = (
  name: string,
  by: string,
  workspace: string,
  required: boolean,
  href: string,
): MailText =>
  letter({
    subject: `Please set up a second factor for ${workspace}`,
    lines: [
      `Hello ${name},`,
      `${by} asks you to protect your account with a passkey or an authenticator app. It takes two minutes.`,
      ...(required ? [`${workspace} requires it: until then you can sign in, but not work there.`] : []),
    ],
    button: { label: 'Set it up', href },
  })

export const ownershipOfferMail = (name: string, by: string, workspace: string, href: string): MailText =>
  letter({
    subject: `${by} wants to hand ${workspace} over to you`,
    lines: [
      `Hello ${name},`,
      `${by} offers you the ownership of the workspace ${workspace}. If you accept, you become its owner and ${by} becomes admin.`,
      'The link works for seven days. You sign in and confirm.',
    ],
    button: { label: 'Look at the offer', href },
    after: ['If you do not want it, there is nothing to do.'],
  })

export const ownershipTakenMail = (
  name: string,
  owner: string,
  former: string,
  workspace: string,
  href: string,
): MailText =>
  letter({
    subject: `${owner} owns ${workspace} now`,
    lines: [
      `Hello ${name},`,
      `the ownership of ${workspace} has moved: ${owner} is owner, ${former} is admin.`,
    ],
    button: { label: 'See the people', href },
    after: ['If this is not as you two agreed, write to each other now: only the owner can undo it.'],
  })
