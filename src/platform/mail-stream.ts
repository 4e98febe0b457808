/**
 * Why a mail is sent. account: what a person needs to get in, sent whatever they unsubscribed from; notice: a notification;
 * workspace: written by people or automations to one recipient; marketing: needs consent and carries one-click unsubscribe.
 */
export type MailStream = 'account' | 'notice' | 'workspace' | 'marketing'
