/** Sites that may show a shared dashboard in a frame: named one by one with the link, and nobody else. */
import { type FieldError, invalid, ok, type Result } from '../../../platform/result.ts'

const FRAME = 'frame:'
const MOST_SITES = 6
/** A name with a dot, in the letters of the DNS; a port may follow. */
const HOST =
  /^(?=.{1,253}(:|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](:\d{1,5})?$/

export const EMBED_THEMES = ['light', 'dark'] as const
type EmbedTheme = (typeof EMBED_THEMES)[number]

/**
 * The sites as origins (`https://shop.example`), each once. Only https and a public name: an address, a path, a wildcard or
 * another scheme is refused with what is wrong. `path` names the field in errors.
 */
export function parseSites(texts: readonly string[], path = 'allowed_origins'): Result<string[]> {
  const errors: FieldError[] = []
  const origins = new Set<string>()
  for (const text of texts.map((one) => one.trim()).filter(Boolean)) {
    const origin = originOf(text)
    if (origin) origins.add(origin)
    else
      errors.push({
        path,
        message: `“${text.slice(0, 80)}” is no site; write it as https://www.example.com.`,
      })
  }
  if (origins.size > MOST_SITES) errors.push({ path, message: `At most ${MOST_SITES} sites.` })
  return errors.length > 0 ? invalid(errors) : ok([...origins])
}

/** What a link's scope says of sites. */
export const siteScope = (origins: readonly string[]): string[] => origins.map((origin) => FRAME + origin)

/** The sites of a link's scope; none: it is shown in no frame. */
export const sitesOf = (scope: readonly string[]): string[] =>
  scope.filter((part) => part.startsWith(FRAME)).map((part) => part.slice(FRAME.length))

/** The look that an address asks for; otherwise the visitor's own. */
export const themeOf = (text: string | undefined): EmbedTheme | 'system' =>
  EMBED_THEMES.find((theme) => theme === text) ?? 'system'

/** What the owner of a site pastes into a page. */
export function frameSnippet(url: string, title: string): string {
  const name = title.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<iframe src="${url}" title="${name}" width="100%" height="640" loading="lazy" referrerpolicy="no-referrer" sandbox="allow-scripts allow-same-origin"></iframe>`
}

function originOf(text: string): string | null {
  const site = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(site)) return null
  const { protocol, host, pathname, search, hash, username, password } = new URL(site)
  const isBare = pathname === '/' && search === '' && hash === '' && username === '' && password === ''
  return protocol === 'https:' && isBare && HOST.test(host) ? `https://${host}` : null
}
