/** Text within HTML that is put together by hand: mails, which no view renders. */

/** The text with every letter that means something to HTML written as its number. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

/** What `escapeHtml` was given. */
export const unescapeHtml = (html: string): string =>
  html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
