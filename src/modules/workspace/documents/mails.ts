/** The mails of accounts, as pure data: subject, plain text, and the same as simple HTML. */
import { escapeHtml } from '../../../kit/html-text.ts'

export interface MailText {
  subject: string
  text: string
  html: string
}

interface Letter {
  subject: string
  lines: string[]
  button?: { label: string; href: string }
  after?: string[]
}

/** Plain words as HTML: nothing in them is markup, line breaks stay. */
export const plainHtml = (text: string): string => `<p>${escapeHtml(text).replace(/\r?\n/g, '<br>')}</p>`

export function letter({ subject, lines, button, after = [] }: Letter): MailText {
  const paragraphs = (texts: string[]) =>
    texts.map((text) => `<p style="margin:0 0 14px">${escapeHtml(text)}</p>`).join('')
  const link = button
    ? `<p style="margin:0 0 14px"><a href="${escapeHtml(button.href)}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#0b6b70;color:#ffffff;text-decoration:none">${escapeHtml(button.label)}</a></p><p style="margin:0 0 14px;font-size:13px">Or copy this address: ${escapeHtml(button.href)}</p>`
    : ''
  return {
    subject,
    text: [...lines, ...(button ? [`${button.label}: ${button.href}`] : []), ...after, 'SMB Command'].join(
      '\n\n',
    ),
    html: `<div style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1c2a2e;max-width:520px">${paragraphs(lines)}${link}${paragraphs(after)}<p style="margin:0;color:#5a6a6e">SMB Command</p></div>`,
  }
}

const NOT_YOU = 'If this was not you, there is nothing to do: nothing happens without the link.'

export const verifyMail = (name: string, href: string): MailText =>
  letter({
    subject: 'Confirm your e-mail address',
    lines: [
      `Hello ${name},`,
      'please confirm that this address is yours. The link works once, for 24 hours.',
    ],
    button: { label: 'Confirm the address', href },
    after: [NOT_YOU],
  })

export const alreadyRegisteredMail = (name: string, signIn: string): MailText =>
  letter({
    subject: 'You already have an account',
    lines: [
      `Hello ${name},`,
      'somebody, perhaps you, tried to sign up with this address. It has an account already: sign in, or reset the password there.',
    ],
    button: { label: 'Sign in', href: signIn },
    after: ['If this was not you, nothing was changed.'],
  })

export const resetMail = (name: string, href: string): MailText =>
  letter({
    subject: 'Reset your password',
    lines: [`Hello ${name},`, 'here is the way to a new password. The link works once, for 30 minutes.'],
    button: { label: 'Choose a new password', href },
    after: [NOT_YOU],
  })

export const passwordChangedMail = (name: string, reset: string): MailText =>
  letter({
    subject: 'Your password was changed',
    lines: [
      `Hello ${name},`,
      'the password of your account was changed just now, and all other devices were signed out.',
    ],
    button: { label: 'This was not me', href: reset },
  })

export const newSignInMail = (name: string, agent: string, place: string, sessions: string): MailText =>
  letter({
    subject: 'A new device signed in',
    lines: [`Hello ${name},`, `your account was signed in on ${agent} (network ${place}).`],
    button: { label: 'See your devices', href: sessions },
    after: ['If this was not you, end that session there and change your password.'],
  })

export const invitationMail = (inviter: string, workspace: string, role: string, href: string): MailText =>
  letter({
    subject: `${inviter} invites you to ${workspace}`,
    lines: [
      `${inviter} would like you to join the workspace ${workspace} as ${role}.`,
      'The link works for seven days.',
    ],
    button: { label: 'Join the workspace', href },
    after: ['If you do not know the sender, leave this mail unanswered.'],
  })

export const changeEmailMail = (name: string, href: string): MailText =>
  letter({
    subject: 'Confirm your new e-mail address',
    lines: [`Hello ${name},`, 'please confirm that this is your new address. Until then the old one stays.'],
    button: { label: 'Confirm the new address', href },
    after: [NOT_YOU],
  })

/** To the old address, after the change. */
export const emailChangedMail = (name: string, email: string): MailText =>
  letter({
    subject: 'Your e-mail address was changed',
    lines: [`Hello ${name},`, `your account signs in with ${email} from now on.`],
    after: ['If this was not you, tell an owner of your workspace at once: they can remove the account.'],
  })

export const factorMail = (name: string, state: 'on' | 'off', reset: string): MailText =>
  letter({
    subject: `The second factor is ${state}`,
    lines: [
      `Hello ${name},`,
      `the second factor of your account was turned ${state} just now, and all other devices were signed out.`,
    ],
    button: { label: 'This was not me', href: reset },
  })
