/** A contact: its words, the shape people and programs give one in, and the key that tells two apart. */
import * as z from 'zod'

export const STAGES = ['lead', 'qualified', 'customer', 'lost'] as const
export type Stage = (typeof STAGES)[number]

export const CONSENTS = ['unknown', 'given', 'withdrawn'] as const
export type ConsentState = (typeof CONSENTS)[number]

export const MAX_TAG = 50
export const MAX_TAGS = 50

/** What is compared of an e-mail address; null for a text that is none. */
export function emailKey(email: string | null | undefined): string | null {
  const key = email?.trim().toLowerCase() ?? ''
  return /^[^\s@]+@[^\s@]+$/.test(key) && key.length <= 254 ? key : null
}

/** Trimmed, of one space between words, each once whatever its case (as first written), at most 50 of at most 50 signs. */
export function tidyTags(tags: readonly string[]): string[] {
  const kept = new Map<string, string>()
  for (const raw of tags) {
    const tag = Array.from(raw.replaceAll(/[\p{Cc},;|\s]+/gu, ' ').trim())
      .slice(0, MAX_TAG)
      .join('')
      .trim()
    if (tag && !kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag)
  }
  return [...kept.values()].slice(0, MAX_TAGS)
}

/** The tags of a cell: parted by commas, semicolons or bars. */
export const tagsOf = (text: string | null | undefined): string[] => tidyTags((text ?? '').split(/[,;|]/))

const STAGE_WORDS: [RegExp, Stage][] = [
  [/customer|client|won|paying|kunde/i, 'customer'],
  [/lost|churn|dead|disqualif|unqualif|closed|not interested|verloren/i, 'lost'],
  [/qualif|opportunit|proposal|negotiat|\b[ms]ql\b|demo|trial|angebot/i, 'qualified'],
]

/** The stage that other systems' words stand for; a word nobody knows is a lead. */
export function stageOf(words: string | null | undefined): Stage {
  const text = words ?? ''
  if (/closed[ -]?won/i.test(text)) return 'customer'
  if (/lost|former|churn/i.test(text)) return 'lost'
  const order = /unqualif|disqualif/i.test(text) ? 'lost' : undefined
  return order ?? STAGE_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'lead'
}

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most} characters.`)
    .regex(/^[^\p{Cc}]*$/u, 'One line, letters, digits and signs only.')

const blankIsNull = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
    schema.nullable(),
  )

const consentInput = z.strictObject({
  state: z.enum(['given', 'withdrawn'], 'Say given or withdrawn.'),
  /** When it was given or withdrawn; now when left out. */
  at: z.iso.datetime('Give an instant, e.g. 2026-11-23T09:00:00Z.').optional(),
  /** Where: a form, a call, a trade fair. */
  source: line(200).optional(),
  /** The exact words that were agreed to. */
  text: z.string().trim().max(2000, 'At most 2,000 characters.').optional(),
})

/** What may be said of a contact. Left out stays; null or empty takes away. */
export const contactFields = {
  name: line(200).optional(),
  email: blankIsNull(z.email('This is no e-mail address.').max(254)).optional(),
  phone: blankIsNull(line(40)).optional(),
  company: blankIsNull(line(200)).optional(),
  stage: z.enum(STAGES, `Choose one of ${STAGES.join(', ')}.`).optional(),
  note: z.string().max(5000, 'At most 5,000 characters.').optional(),
  owner_id: blankIsNull(z.string().max(60)).optional(),
  tags: z.array(z.string().max(200)).max(200).optional(),
  consent: consentInput.optional(),
}

export const contactChange = z.strictObject(contactFields)
export type ContactChange = z.output<typeof contactChange>

/** A new contact; somebody must be named. `external_id` is the caller's own number: the same again is the same contact. */
export const newContact = z
  .strictObject({
    ...contactFields,
    source_detail: line(200).optional(),
    external_id: z.string().trim().min(1).max(200).optional(),
  })
  .refine((value) => value.name || value.email || value.phone, {
    message: 'Give a name, an e-mail address or a telephone number.',
    path: ['name'],
  })
export type NewContact = z.output<typeof newContact>
