/** What a page's HTML loads, links and says, in one pass over at most a megabyte. */
import { Parser } from 'htmlparser2'

export interface Loaded {
  /** As written in the page. */
  address: string
  element: string
  integrity: boolean
}

export interface PageForm {
  action: string
  hasPassword: boolean
}

export interface PageFacts {
  /** `http-equiv` and `name` of meta elements in lower case -> contents in order. */
  meta: ReadonlyMap<string, readonly string[]>
  /** Script elements, inline ones too. */
  scriptCount: number
  scripts: readonly Loaded[]
  styles: readonly Loaded[]
  /** Frames and plugins. */
  frames: readonly Loaded[]
  media: readonly Loaded[]
  forms: readonly PageForm[]
  hasPassword: boolean
  /** Of the base element, or null. */
  base: string | null
}

type Attributes = Record<string, string>

const LONGEST = 1_000_000
const MOST = 5_000
const FRAMES: Record<string, string> = { iframe: 'src', frame: 'src', embed: 'src', object: 'data' }
const MEDIA: Record<string, string> = { img: 'src', audio: 'src', video: 'src', source: 'src', track: 'src' }

/** Facts of a page; broken HTML gives what can be read of it, as in a browser. */
export function readPageFacts(html: string): PageFacts {
  const meta = new Map<string, string[]>()
  const lists = { scripts: [], styles: [], frames: [], media: [] } as Record<string, Loaded[]>
  const forms: PageForm[] = []
  const facts = { scriptCount: 0, hasPassword: false, base: null as string | null }
  let form: PageForm | null = null

  const load = (list: string, element: string, address: string | undefined, integrity = false) => {
    const kept = lists[list] ?? []
    if (address?.trim() && kept.length < MOST) kept.push({ address: address.trim(), element, integrity })
  }
  const open = (name: string, at: Attributes) => {
    if (name === 'meta') addMeta(meta, at)
    else if (name === 'base') facts.base ??= at.href ?? null
    else if (name === 'script') {
      facts.scriptCount += 1
      load('scripts', name, at.src, Boolean(at.integrity?.trim()))
    } else if (name === 'link') loadLink(at, load)
    else if (FRAMES[name]) load('frames', name, at[FRAMES[name]])
    else if (MEDIA[name]) load('media', name, at[MEDIA[name]])
    else if (name === 'form') {
      form = { action: at.action ?? '', hasPassword: false }
      if (forms.length < MOST) forms.push(form)
    } else if (name === 'input' && at.type?.toLowerCase() === 'password') {
      facts.hasPassword = true
      if (form) form.hasPassword = true
    }
  }
  const close = (name: string) => {
    if (name === 'form') form = null
  }
  const parser = new Parser({ onopentag: open, onclosetag: close })
  parser.write(html.slice(0, LONGEST))
  parser.end()
  const { scripts = [], styles = [], frames = [], media = [] } = lists
  return { ...facts, meta, scripts, styles, frames, media, forms }
}

function addMeta(meta: Map<string, string[]>, at: Attributes): void {
  const key = (at['http-equiv'] ?? at.name)?.toLowerCase().trim()
  if (!key || !at.content) return
  meta.set(key, [...(meta.get(key) ?? []), at.content])
}

function loadLink(
  at: Attributes,
  load: (list: string, element: string, address: string | undefined, integrity?: boolean) => void,
): void {
  const kinds = (at.rel ?? '').toLowerCase().split(/\s+/)
  if (kinds.includes('stylesheet')) load('styles', 'link', at.href, Boolean(at.integrity?.trim()))
  else if (kinds.includes('icon')) load('media', 'link', at.href)
}
