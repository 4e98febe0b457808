/** What a robots.txt lets a crawler fetch: RFC 9309, with Google's order of precedence. */

interface Rule {
  allow: boolean
  /** As written, percent-encoded alike. */
  pattern: string
}

interface Group {
  agents: string[]
  rules: Rule[]
}

/** RFC 9309 2.5: a parser reads at least this much; what comes after it is left alone. */
const MOST_BYTES = 500 * 1024

/**
 * Whether `userAgent` (a product token, or the whole header) may fetch `url`. The group that names the crawler most
 * closely counts, all its parts together; else the one for everybody; without any, everything is allowed. In a group the
 * longest pattern counts, and of two equally long ones the one that allows. `/robots.txt` itself is always allowed.
 */
export function robotsAllows(robotsTxt: string, userAgent: string, url: string): boolean {
  const path = pathOf(url)
  if (path === '/robots.txt') return true
  const rules = rulesFor(groupsOf(robotsTxt.slice(0, MOST_BYTES)), tokenOf(userAgent))
  const fitting = rules.filter(({ pattern }) => matches(pattern, path))
  const longest = Math.max(0, ...fitting.map(({ pattern }) => pattern.length))
  const deciding = fitting.filter(({ pattern }) => pattern.length === longest)
  return deciding.length === 0 || deciding.some(({ allow }) => allow)
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = []
  let open: Group | null = null
  let ruled = false
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const [, name = '', value = ''] = /^\s*([A-Za-z-]+)\s*:?\s*([^#]*)/.exec(line) ?? []
    const key = name.toLowerCase()
    if (/^user-?agent$/.test(key)) {
      if (!open || ruled) {
        open = { agents: [], rules: [] }
        groups.push(open)
        ruled = false
      }
      open.agents.push(value.trim().startsWith('*') ? '*' : tokenOf(value))
    } else if (open && (key === 'allow' || key === 'disallow')) {
      ruled = true
      const pattern = encoded(value.trim())
      // an empty rule says nothing
      if (pattern !== '') open.rules.push({ allow: key === 'allow', pattern })
    }
  }
  return groups
}

/** `Googlebot-Image` falls back to a group for `googlebot`, and then to the one for everybody. */
function rulesFor(groups: readonly Group[], token: string): Rule[] {
  for (let name = token; name !== ''; name = name.includes('-') ? name.slice(0, name.lastIndexOf('-')) : '') {
    const named = groups.filter(({ agents }) => agents.includes(name))
    if (named.length > 0) return named.flatMap(({ rules }) => rules)
  }
  return groups.filter(({ agents }) => agents.includes('*')).flatMap(({ rules }) => rules)
}

/** The product token: letters, `_` and `-` at the beginning, in lower case. */
const tokenOf = (agent: string): string => /^[A-Za-z_-]*/.exec(agent.trim())?.[0].toLowerCase() ?? ''

function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url)
    return encoded(pathname + search)
  } catch {
    return encoded(url.startsWith('/') ? url : `/${url}`)
  }
}

/** Alike on both sides: what is not ASCII as octets, escapes in capitals, escapes of unreserved characters undone. */
const encoded = (text: string): string =>
  text
    .replace(/[^\u0021-\u007e]+/g, (part) => encodeURI(part.replace(/[\ud800-\udfff]/g, '')))
    .replace(/%([0-9A-Fa-f]{2})/g, (whole, hex: string) => {
      const char = String.fromCharCode(Number.parseInt(hex, 16))
      return /[A-Za-z0-9._~-]/.test(char) ? char : whole.toUpperCase()
    })

/** `*` is anything, `$` at the end is the end; in time that grows with the lengths only. */
function matches(pattern: string, path: string): boolean {
  const ends = pattern.endsWith('$')
  const parts = (ends ? pattern.slice(0, -1) : pattern).split('*')
  let at = 0
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1
    if (index === 0) {
      if (!path.startsWith(part)) return false
      at = part.length
      if (last) return !ends || path.length === at
    } else if (last && ends) return path.length - part.length >= at && path.endsWith(part)
    else {
      const found = path.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
  }
  return true
}
