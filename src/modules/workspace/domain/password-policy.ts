/** Which passwords are accepted (ASVS 5.0 6.2): 12 to 128 characters, anything in them, but not what everybody guesses. */
import { COMMON_WORDS } from './common-passwords.ts'

const LEAST = 12
const MOST = 128
/** How much must be left when the words that an attacker knows of the account are taken out. */
const LEAST_OF_ONES_OWN = 6
const PRODUCT = 'smbcommand smb command platform'

/** What is wrong with a password, in words; null when it is accepted. `about` are words an attacker knows of the account. */
export function passwordFault(password: string, about: readonly string[]): string | null {
  const length = [...password].length
  if (length < LEAST)
    return `Use at least ${LEAST} characters; a few words in a row are easy to keep in mind.`
  if (length > MOST) return `Use at most ${MOST} characters.`
  const lower = password.toLowerCase()
  if (isPattern(lower))
    return 'This is one character or a short piece again and again. Use something less regular.'
  if (isRun(lower)) return 'This is a run of neighbouring keys. Use something less regular.'
  if (isCommon(lower)) return 'This is among the first passwords that attackers try. Use another.'
  if (ownPart(lower, about) < LEAST_OF_ONES_OWN) {
    return 'This is mostly your name, e-mail, workspace or this product. Use words that say nothing about you.'
  }
  return null
}

const isPattern = (text: string): boolean => /^(.{1,4})\1+$/u.test(text) || new Set(text).size <= 3

/** Neighbours in the alphabet and on keyboards, also column by column. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  '00112233445566778899',
  '01020304050607080900',
  '000111222333444555666777888999',
].flatMap((run) => [run, [...run].reverse().join('')])

/** One run, or runs one after another: `qwerty123456`. Pieces of fewer than three keys do not count as a run. */
function isRun(text: string): boolean {
  let rest = text
  while (rest.length >= 3) {
    const piece = longestRun(rest)
    if (piece < 3) return false
    rest = rest.slice(piece)
  }
  return rest.length <= 1
}

function longestRun(text: string): number {
  let length = 0
  while (length < text.length && RUNS.some((run) => run.includes(text.slice(0, length + 1)))) length += 1
  return length
}

/** So many digits and signs are a secret of their own, unless they are a run or a pattern. */
const MOST_OTHERS = 8

const SIGNS_FOR_LETTERS: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/** One or two common words, whatever few digits and signs stand around or between them or in place of their letters. */
function isCommon(lower: string): boolean {
  const others = lower.replace(/\p{L}+/gu, '')
  if (others.length > MOST_OTHERS && !isRun(others) && !isPattern(others)) return false
  const trimmed = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const swapped = [...trimmed].map((sign) => SIGNS_FOR_LETTERS[sign] ?? sign).join('')
  return [lower, trimmed, swapped].map((text) => text.replace(/[^\p{L}]+/gu, '')).some(isOneOrTwoWords)
}

function isOneOrTwoWords(letters: string): boolean {
  if (COMMON_WORDS.has(letters)) return true
  for (let cut = 1; cut < letters.length; cut++) {
    if (COMMON_WORDS.has(letters.slice(0, cut)) && COMMON_WORDS.has(letters.slice(cut))) return true
  }
  return isRepetition(letters) && COMMON_WORDS.has(letters.slice(0, shortestPeriod(letters)))
}

const isRepetition = (text: string): boolean => shortestPeriod(text) < text.length

const shortestPeriod = (text: string): number => {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.length % period === 0 && text === text.slice(0, period).repeat(text.length / period))
      return period
  }
  return text.length
}

/** How many letters and digits are left without the words of name, address, workspace and product. */
function ownPart(lower: string, about: readonly string[]): number {
  const known = [...about, PRODUCT]
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length)
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), lower)
  return [...rest.replace(/[^\p{L}\p{N}]/gu, '')].length
}
