/** Which passwords are accepted (ASVS 5.0 6.2): 12 to 128 characters, anything in them, but not what everybody guesses. */

const LEAST = 12
const MOST = 128

/** Bare words that attackers try first; a password that is one of them, repeated or with digits around, is refused. */
const COMMON = new Set(
  `password passwort passwd passw0rd p@ssword p@ssw0rd motdepasse contraseña contrasena password1 welcome welcome1 letmein
  qwerty qwertyuiop qwertz azerty asdfghjkl zxcvbnm iloveyou monkey dragon sunshine princess football baseball superman
  batman trustno1 master shadow michael jordan jennifer hunter admin administrator root changeme default secret login
  guest test tester testing access computer internet samsung google facebook youtube whatever starwars pokemon
  charlie donald jessica ashley daniel thomas george andrew robert matthew anthony william liverpool chelsea arsenal
  barcelona juventus london berlin paris newyork summer winter spring autumn monday friday january december company
  business shop store sales invoice money dollar hello hello123 abcdef abcdefgh abcdefghijkl correcthorsebatterystaple`
    .split(/\s+/)
    .filter(Boolean),
)

/** What is wrong with a password, in words; null when it is accepted. `about` are words an attacker knows of the account. */
export function passwordFault(password: string, about: readonly string[]): string | null {
  const length = [...password].length
  if (length < LEAST)
    return `Use at least ${LEAST} characters; a few words in a row are easy to keep in mind.`
  if (length > MOST) return `Use at most ${MOST} characters.`
  const lower = password.toLowerCase()
  if (isPattern(lower))
    return 'This is one character or a short piece again and again. Use something less regular.'
  if (isRun(lower)) return 'This is a run of neighbouring characters. Use something less regular.'
  const core = lower.replace(/[^\p{L}]+/gu, '')
  if (COMMON.has(lower) || COMMON.has(core) || isRepeatedWord(core)) {
    return 'This is among the first passwords that attackers try. Use another.'
  }
  const known = about
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 4)
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), lower).replace(/[^\p{L}\p{N}]/gu, '')
  if (rest.length < LEAST - 6)
    return 'This is mostly your name, e-mail or workspace name. Use words that say nothing about you.'
  return null
}

const isPattern = (text: string): boolean => /^(.{1,4})\1+$/u.test(text) || new Set(text).size <= 3

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
]

const isRun = (text: string): boolean =>
  RUNS.some((run) => run.includes(text) || [...run].reverse().join('').includes(text))

const isRepeatedWord = (core: string): boolean => {
  for (const word of COMMON)
    if (word.length > 3 && core.length > 0 && core.replaceAll(word, '') === '') return true
  return false
}
