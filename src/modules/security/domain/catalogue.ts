/** The catalogue of checks: every rule that a scan can judge, as data. */
import { COOKIES } from './catalogue/cookies.ts'
import { DNS } from './catalogue/dns.ts'
import { EXPOSURE } from './catalogue/exposure.ts'
import { GITHUB } from './catalogue/github.ts'
import { GOOGLE } from './catalogue/google.ts'
import { HEADERS } from './catalogue/headers.ts'
import { MAIL } from './catalogue/mail.ts'
import { MICROSOFT } from './catalogue/microsoft.ts'
import { PAGE } from './catalogue/page.ts'
import { PLATFORM } from './catalogue/platform.ts'
import { PROCESS } from './catalogue/process.ts'
import { TRANSPORT } from './catalogue/transport.ts'
import type { Check } from './check.ts'

/** Stored with every scan; raised when a check is added, removed, or judged by another rule. */
export const CATALOGUE_VERSION = 1

/** All checks, in the order of the groups. */
export const CATALOGUE: readonly Check[] = [
  ...TRANSPORT,
  ...HEADERS,
  ...COOKIES,
  ...PAGE,
  ...EXPOSURE,
  ...DNS,
  ...MAIL,
  ...GOOGLE,
  ...MICROSOFT,
  ...GITHUB,
  ...PLATFORM,
  ...PROCESS,
]

const BY_ID = new Map(CATALOGUE.map((check) => [check.id, check]))

/** The check of this id. An id that the catalogue does not have is a bug of the caller and throws. */
export function checkOf(id: string): Check {
  const check = BY_ID.get(id)
  if (!check) throw new Error(`The catalogue has no check ${id}`)
  return check
}
