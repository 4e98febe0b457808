/** Files beside mails. */

/** A file beside a mail. */
export interface MailAttachment {
  name: string
  contentType: string
  base64: string
}

/** All files of a mail together, as base64: they are kept in the mail's row, which holds 2 MB. */
export const MAX_ATTACHED = 1_400_000
