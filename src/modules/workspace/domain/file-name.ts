/** Names of files as people give them, made safe to show, to store and to save under on any system. */

const LONGEST = 200

/** Turns writing around (Trojan names like `exe.gpj`) or cannot be seen: bidirectional controls, zero width, line separators. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu
const NOT_ON_WINDOWS = /[<>:"|?*]/g
/** Names of devices on Windows, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * The last part of a path, without controls and signs that some system refuses, at most 200 characters with its ending
 * kept; never empty, never hidden (no dot in front). Cleaning a clean name changes nothing.
 */
export function cleanFileName(given: string): string {
  const last = given.toWellFormed().replace(UNSEEN, '').split(/[/\\]/).at(-1) ?? ''
  const plain = trimmed(last.normalize('NFC').replace(NOT_ON_WINDOWS, '_').replace(/\s+/gu, ' '))
  const named = DEVICE.test(plain) ? `_${plain}` : plain
  return shortened(named) || 'file'
}

/** Neither dots nor spaces at the ends: Windows drops them, and a dot in front hides the file elsewhere. */
const trimmed = (name: string): string => name.replace(/^[.\s]+|[.\s]+$/gu, '')

function shortened(name: string): string {
  const signs = Array.from(name)
  if (signs.length <= LONGEST) return name
  const ending = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? ''
  const stem = signs.slice(0, LONGEST - Array.from(ending).length).join('')
  return trimmed(stem) + ending
}
