/** A small, safe part of Markdown as data: headings, paragraphs, lists, bold, italics and links. Anything else stays text. */

export type Inline =
  | { kind: 'text' | 'bold' | 'italic'; text: string }
  | { kind: 'link'; text: string; href: string }

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; parts: Inline[] }
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }

const HEADING = /^(#{1,3})\s+(.+)$/
const ITEM = /^\s{0,3}(?:[-*]|(\d{1,3})[.)])\s+(.+)$/

/** Never fails: text that is no Markdown is a paragraph. */
export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = []
  let open: string[] = []
  const close = () => {
    if (open.length > 0) blocks.push({ kind: 'paragraph', parts: inlines(open.join(' ')) })
    open = []
  }
  for (const line of text.split(/\r?\n/)) {
    const heading = HEADING.exec(line)
    const item = ITEM.exec(line)
    if (heading?.[1] && heading[2]) {
      close()
      blocks.push({ kind: 'heading', level: heading[1].length as 1 | 2 | 3, parts: inlines(heading[2]) })
    } else if (item?.[2]) {
      close()
      addItem(blocks, item[1] !== undefined, inlines(item[2]))
    } else if (line.trim() === '') {
      close()
      blocks.push({ kind: 'paragraph', parts: [] })
    } else open.push(line.trim())
  }
  close()
  return blocks.filter((block) => block.kind !== 'paragraph' || block.parts.length > 0)
}

function addItem(blocks: Block[], ordered: boolean, parts: Inline[]): void {
  const last = blocks.at(-1)
  if (last?.kind === 'list' && last.ordered === ordered) last.items.push(parts)
  else blocks.push({ kind: 'list', ordered, items: [parts] })
}

const PIECE = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|_([^_\s][^_]*)_|\[([^\][]+)\]\(([^()\s]+)\)/g

function inlines(text: string): Inline[] {
  const parts: Inline[] = []
  let at = 0
  for (const match of text.matchAll(PIECE)) {
    const [whole, bold, star, underline, words, href] = match
    const italic = star ?? underline
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) })
    at = match.index + whole.length
    if (bold !== undefined) parts.push({ kind: 'bold', text: bold })
    else if (italic !== undefined) parts.push({ kind: 'italic', text: italic })
    else if (words && href && isSafeHref(href)) parts.push({ kind: 'link', text: words, href })
    else parts.push({ kind: 'text', text: whole })
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) })
  return parts
}

/** http(s), or a path of this site: `//elsewhere`, `/\elsewhere` and every other scheme stay text. */
export const isSafeHref = (href: string): boolean =>
  /^https?:\/\/[^\s\\]+$/i.test(href) || /^\/(?![/\\])[^\s\\]*$/.test(href) || /^#[\w-]*$/.test(href)
