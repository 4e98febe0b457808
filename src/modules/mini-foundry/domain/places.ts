/** Countries and states as people and shops write them, and their shapes on a map. */
import type { MapName } from '../../../kit/chart/marks.ts'
import { COUNTRY_ALIASES, COUNTRY_CODES, STATE_ALIASES, STATES, UNDRAWN } from './places-codes.ts'

export interface Place {
  /** One word for all ways of writing it. */
  id: string
  name: string
  /** Its shape on the map; null where the map has none. */
  shape: string | null
}

const THREE = new Map(Array.from(COUNTRY_CODES, ([two, three]) => [three, two]))

/** Languages whose names of countries are understood whatever the reader's own. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt']

/** The place that `text` means on this map, named in the reader's language; null: none that is known. */
export function placeOf(text: string, map: MapName, locale: string): Place | null {
  return map === 'us' ? stateOf(text) : countryOf(text, locale)
}

function countryOf(text: string, locale: string): Place | null {
  const word = text.trim().toUpperCase()
  const plain = plainWords(text)
  const code = COUNTRY_CODES.has(word) ? word : (THREE.get(word) ?? COUNTRY_ALIASES[plain])
  const found = code ?? codeNamed(plain, locale)
  if (!found) return null
  const name = regionNames(locale).of(found) ?? found
  return { id: found, name, shape: UNDRAWN.has(found) ? null : found }
}

/** `California`, `CA`, `US-CA` and `California, US` are one. */
function stateOf(text: string): Place | null {
  const plain = plainWords(text.replace(/^US-/i, '').replace(/,\s*(US|USA|United States)$/i, ''))
  const alias = STATE_ALIASES[plain]
  const found = STATES.find(
    ([code, name]) => name === alias || name.toLowerCase() === plain || code.toLowerCase() === plain,
  )
  if (!found) return null
  const [id, name] = found
  return { id, name, shape: name.toLowerCase().replaceAll(' ', '-') }
}

/** Small letters without accents, dots and articles: `Côte d’Ivoire` is `cote d ivoire`. */
const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/['’](?=s\b)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\bthe\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

function codeNamed(plain: string, locale: string): string | undefined {
  for (const language of new Set(['en', locale, ...LANGUAGES])) {
    const code = namesIn(language).get(plain)
    if (code) return code
  }
  return undefined
}

const kept = new Map<string, ReadonlyMap<string, string>>()

/** Codes by name in one language; kept, because a list of some 250 names takes its time. */
function namesIn(language: string): ReadonlyMap<string, string> {
  const known = kept.get(language)
  if (known) return known
  const names = regionNames(language)
  const list = new Map(Array.from(COUNTRY_CODES.keys(), (code) => [plainWords(names.of(code) ?? code), code]))
  kept.set(language, list)
  return list
}

const regionNames = (locale: string): Intl.DisplayNames => new Intl.DisplayNames([locale], { type: 'region' })
