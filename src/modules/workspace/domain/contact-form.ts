/** A form that takes contacts in: what it asks, and how an answer is read. Answers come from anybody and are hostile. */
import * as z from 'zod'
import { emailKey, tidyTags } from './contact.ts'

export const FORM_FIELDS = ['name', 'email', 'phone', 'company', 'message'] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** A field that people do not see and programs fill in. */
export const HONEYPOT = 'website'

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)

export const contactFormSchema = z.strictObject({
  name: text(80).min(1, 'Give it a name, for yourselves.'),
  title: text(120).min(1, 'Say what the form is for; visitors read it.'),
  lead: text(1000).default(''),
  fields: z
    .array(
      z.strictObject({
        field: z.enum(FORM_FIELDS),
        label: text(80).min(1, 'Give the field a label.'),
        required: z.boolean(),
      }),
    )
    .refine((fields) => fields.some(({ field, required }) => field === 'email' && required), {
      message: 'A form asks for the e-mail address: it tells people apart.',
    }),
  /** The exact words that visitors agree to; empty: the form does not ask for consent. */
  consent_text: text(1000).default(''),
  tags: z.array(text(200)).max(20).default([]).transform(tidyTags),
  thanks: text(500).default(''),
})
export type ContactFormInput = z.output<typeof contactFormSchema>

export const FIELD_LABELS: Record<FormField, string> = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Telephone',
  company: 'Company',
  message: 'Message',
}

export type Answer = Partial<Record<FormField, string>>

const LIMITS: Record<FormField, number> = { name: 200, email: 254, phone: 40, company: 200, message: 5000 }

/** The answer, or what is wrong with it by field. Only what the form asks is taken. */
export function readAnswer(
  form: { fields: readonly { field: string; label: string; required: boolean }[] },
  given: Readonly<Record<string, string>>,
): { answer: Answer; errors: { path: string; message: string }[] } {
  const answer: Answer = {}
  const errors: { path: string; message: string }[] = []
  for (const field of FORM_FIELDS) {
    const asked = form.fields.find((known) => known.field === field)
    if (!asked) continue
    const raw = (given[field] ?? '').trim()
    const value = field === 'message' ? raw : raw.replaceAll(/[\p{Cc}\s]+/gu, ' ')
    if (!value) {
      if (asked.required) errors.push({ path: field, message: `Fill in “${asked.label}”.` })
    } else if (value.length > LIMITS[field])
      errors.push({ path: field, message: `At most ${LIMITS[field]} characters.` })
    else if (field === 'email' && (!emailKey(value) || !z.email().safeParse(value).success))
      errors.push({ path: field, message: 'This is no e-mail address, e.g. ada@example.com.' })
    else answer[field] = value
  }
  return { answer, errors }
}
