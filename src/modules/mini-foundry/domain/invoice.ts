/** An invoice made here: what a person may write, and what follows from it. Amounts in units of 1/10,000. */
import * as z from 'zod'
import { readAmountText } from '../../../kit/amount-text.ts'
import { isDay } from '../../../kit/calendar.ts'
import { currencyDigits, multiplyUnits, parseUnits } from '../../../platform/money.ts'

/** A billion, for anything that is written and for the total. */
export const MOST = 1_000_000_000 * 10_000

const amount = (what: string) =>
  z
    .string()
    .trim()
    .refine(
      (text) => readAmountText(text)?.reading !== 'two-ways',
      `${what} can be read two ways: write 1250 or 1.25.`,
    )
    .refine((text) => {
      const units = unitsIn(text)
      return units !== null && Math.abs(units) <= MOST
    }, `Write ${what.toLowerCase()} as a number, like 12.50.`)

const day = z.string().refine(isDay, 'Write the day as 2026-01-31.')

const lineSchema = z.strictObject({
  description: z.string().trim().min(1, 'Say what it is for.').max(300),
  quantity: amount('The quantity').default('1'),
  unit_price: amount('The price'),
})

export const newInvoiceSchema = z
  .strictObject({
    number: z.string().trim().max(40).optional(),
    customer_name: z.string().trim().min(1, 'Write who owes it.').max(200),
    customer_email: z.union([z.literal(''), z.email('Write one e-mail address.')]).optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'Write a currency as three letters, like USD.')
      .optional(),
    issued_day: day.optional(),
    due_day: day.optional(),
    memo: z.string().trim().max(2000).optional(),
    /** False: a draft, which nobody is told of and no figure counts. */
    issue: z.boolean().default(true),
    lines: z.array(lineSchema).min(1, 'An invoice needs at least one line.').max(100),
  })
  .refine(({ issued_day, due_day }) => !issued_day || !due_day || due_day >= issued_day, {
    path: ['due_day'],
    message: 'It cannot be due before it is issued.',
  })
export type NewInvoice = z.infer<typeof newInvoiceSchema>

export const paymentSchema = z.strictObject({
  day: day.optional(),
  /** Absent: all that is outstanding. */
  amount: amount('The amount').optional(),
})

export interface InvoiceLineValue {
  description: string
  quantity: number
  unitPrice: number
  total: number
}

/** Each line is rounded to the currency's own precision, so that what is shown adds up to the total. */
export function linesOf(
  input: Pick<NewInvoice, 'lines'>,
  currency: string,
): { lines: InvoiceLineValue[]; total: number } {
  const step = 10 ** (4 - currencyDigits(currency))
  const lines = input.lines.map(({ description, quantity, unit_price }) => {
    const [count, price] = [unitsOf(quantity), unitsOf(unit_price)]
    const total = Math.round(multiplyUnits(count, price) / step) * step || 0
    return { description, quantity: count, unitPrice: price, total }
  })
  return { lines, total: lines.reduce((all, line) => all + line.total, 0) }
}

/** What the lines written so far come to, in units; null while none can be read or the currency is half typed. */
export function draftTotal(
  lines: readonly { description: string; quantity: string; unit_price: string }[],
  currency: string,
): number | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null
  const readable = lines.flatMap((line) => {
    const read = lineSchema.safeParse({ ...line, description: line.description || 'What it is for' })
    return read.success ? [read.data] : []
  })
  return readable.length > 0 ? linesOf({ lines: readable }, currency).total : null
}

export const unitsOf = (text: string): number => unitsIn(text) ?? 0

function unitsIn(text: string): number | null {
  const read = readAmountText(text)
  return read && parseUnits(read.plain)
}

/** The number after the highest of this year: `2026-0042`. `known` are numbers in use. */
export function nextNumber(year: string, known: readonly string[]): string {
  const highest = known
    .map((number) => new RegExp(`^${year}-(\\d{1,6})$`).exec(number)?.[1])
    .reduce((most, digits) => Math.max(most, Number(digits ?? 0)), 0)
  return `${year}-${String(highest + 1).padStart(4, '0')}`
}
