/** Comments: their bounds, whom they mention, and their text taken apart for showing. */
import * as z from 'zod'

export const LONGEST_COMMENT = 5000
const MOST_MENTIONS = 20

/** `mentions`: person ids that were chosen beside the text. */
export const commentSchema = z.strictObject({
  body: z
    .string()
    .transform((text) => text.toWellFormed().replace(/\r\n?/g, '\n').replace(/\0/g, '').trim())
    .pipe(z.string().min(1, 'Write something first.').max(LONGEST_COMMENT, 'At most 5,000 characters.')),
  mentions: z.array(z.string().max(100)).max(MOST_MENTIONS, 'At most 20 people.').default([]),
})

export interface Member {
  id: string
  name: string
}

export type CommentPart =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; name: string; personId: string }
  | { kind: 'link'; href: string; text: string }

/** `@[Name](person id)`. */
const MENTION = /@\[([^\]\n]{1,120})\]\(([0-9A-Za-z-]{1,64})\)/g
const PART = /@\[([^\]\n]{1,120})\]\(([0-9A-Za-z-]{1,64})\)|https?:\/\/[^\s<>"'`\p{Cc}]+/giu

/**
 * The text with its mentions made true: names are those of the members with these ids, whoever is no member becomes plain
 * text, and people that were chosen but not written are added at the end. `mentions`: ids, each once, at most 20.
 */
export function settleMentions(
  body: string,
  chosen: readonly string[],
  members: readonly Member[],
): { body: string; mentions: string[] } {
  const known = new Map(members.map((member) => [member.id, plainName(member.name)]))
  const mentions = new Set<string>()
  const written = body.replace(MENTION, (_whole, name: string, id: string) => {
    const real = known.get(id)
    if (real === undefined || mentions.size >= MOST_MENTIONS) return `@${name}`
    mentions.add(id)
    return `@[${real}](${id})`
  })
  const added: string[] = []
  for (const id of chosen) {
    const name = known.get(id)
    if (name === undefined || mentions.has(id) || mentions.size >= MOST_MENTIONS) continue
    mentions.add(id)
    added.push(`@[${name}](${id})`)
  }
  return { body: added.length ? `${written}\n${added.join(' ')}` : written, mentions: [...mentions] }
}

/** The pieces of a comment in order. Their texts put together are what a reader sees. Only http and https become links. */
export function commentParts(body: string): CommentPart[] {
  const parts: CommentPart[] = []
  let from = 0
  const text = (until: number) => {
    if (until > from) parts.push({ kind: 'text', text: body.slice(from, until) })
  }
  for (const match of body.matchAll(PART)) {
    const [whole, name, personId] = match
    const part: CommentPart | null =
      name && personId ? { kind: 'mention', name, personId } : linkPart(withoutTail(whole))
    if (!part) continue
    text(match.index)
    parts.push(part)
    from = match.index + (part.kind === 'link' ? part.text.length : whole.length)
  }
  text(body.length)
  return parts
}

/** The comment as one line of plain words, for notifications; at most `longest` characters. */
export function commentSummary(body: string, longest = 140): string {
  const plain = commentParts(body)
    .map((part) => (part.kind === 'mention' ? `@${part.name}` : part.text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
  const signs = Array.from(plain)
  return signs.length <= longest ? plain : `${signs.slice(0, longest - 1).join('')}…`
}

function linkPart(text: string): CommentPart | null {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null
  return { kind: 'link', href: url.href, text }
}

/** A full stop or a closing bracket after an address belongs to the sentence, unless its opening is in the address. */
function withoutTail(text: string): string {
  let kept = text.replace(/[.,;:!?…]+$/u, '')
  while (kept.endsWith(')') && kept.split('(').length < kept.split(')').length)
    kept = kept.slice(0, -1).replace(/[.,;:!?…]+$/u, '')
  return kept
}

/** Names may hold signs that would end the mention. */
const plainName = (name: string): string =>
  name
    .replace(/[[\]\n\r]/g, ' ')
    .trim()
    .slice(0, 120) || 'Somebody'
