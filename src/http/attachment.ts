/** Bytes of people's making, given out so that no browser takes them for a page of ours. */

/**
 * `Content-Disposition: attachment` with the name twice: plain letters for old programs, and whole as RFC 8187 writes it.
 * The name is given clean (no controls, no path).
 */
export function attachment(name: string): string {
  const plain =
    name
      .normalize('NFKD')
      .replace(/[^\x20-\x7e]/g, '')
      .replace(/["\\%;]/g, '_')
      .trim() || 'file'
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
