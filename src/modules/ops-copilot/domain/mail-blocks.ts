/** What a mail template is made of: blocks one below the other, their texts Liquid. */
import * as z from 'zod'

const text = (most: number) => z.string().max(most, `At most ${most} characters.`)
/** A web address, a phone or mail link, or a template that gives one; checked again when it is filled in. */
const address = text(2000)
const align = z.enum(['left', 'center']).default('left')

export const blockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text: text(300), align }),
  /** Empty lines part paragraphs; `[words](address)` is a link, `**words**` are strong, lines with `- ` are a list. */
  z.strictObject({ kind: z.literal('text'), text: text(20_000), align }),
  z.strictObject({ kind: z.literal('button'), label: text(120), href: address, align }),
  z.strictObject({
    kind: z.literal('image'),
    src: address,
    alt: text(300),
    href: address.default(''),
    width: z.number().int().min(16).max(600).default(560),
  }),
  /** Names beside values: number, total, due day. */
  z.strictObject({
    kind: z.literal('facts'),
    rows: z.array(z.strictObject({ name: text(120), value: text(500) })).max(20),
  }),
  /** A line for each element of a list: `trigger.lines`. */
  z.strictObject({
    kind: z.literal('list'),
    list: text(200),
    most: z.number().int().min(1).max(100).default(20),
    text: text(1000),
  }),
  z.strictObject({ kind: z.literal('quote'), text: text(5000), by: text(200).default('') }),
  z.strictObject({ kind: z.literal('divider') }),
  z.strictObject({ kind: z.literal('space'), size: z.number().int().min(4).max(80).default(24) }),
  z.strictObject({ kind: z.literal('signature'), text: text(2000) }),
])
export type MailBlock = z.infer<typeof blockSchema>

export const BLOCK_KINDS = [
  'heading',
  'text',
  'button',
  'image',
  'facts',
  'list',
  'quote',
  'divider',
  'space',
  'signature',
] as const

export const mailBlocksSchema = z.array(blockSchema).max(60, 'A template holds at most 60 blocks.')

export interface MailTemplate {
  subject: string
  /** What inboxes show after the subject. */
  preheader: string
  blocks: MailBlock[]
  stream: 'workspace' | 'marketing'
}
