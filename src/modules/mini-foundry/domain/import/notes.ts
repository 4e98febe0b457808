/** The words of notes about how a file was read, and their counts. */
import type { NoteKey } from './rows/row.ts'
import type { ImportNote } from './types.ts'

const rows = (n: number): string => (n === 1 ? 'One row' : `${n.toLocaleString('en')} rows`)
const has = (n: number): string => (n === 1 ? 'has' : 'have')

const WORDS: Record<NoteKey, { level: ImportNote['level']; text: (n: number) => string }> = {
  'line-total-computed': {
    level: 'info',
    text: (n) => `${rows(n)} ${has(n)} no line total: it was computed as quantity × price × (1 − discount).`,
  },
  'quantity-assumed': { level: 'info', text: (n) => `${rows(n)} ${has(n)} no quantity: taken as 1.` },
  'order-per-row': {
    level: 'warning',
    text: () => 'The file has no order number, so each row counts as an order of its own.',
  },
  'cost-from-profit': {
    level: 'info',
    text: (n) => `Cost was computed as line total − profit for ${rows(n).toLowerCase()}.`,
  },
  'tax-taken-out': {
    level: 'info',
    text: (n) =>
      `The line total of ${rows(n).toLowerCase()} includes tax: it was taken out, since revenue is before tax.`,
  },
  'refund-rows': {
    level: 'info',
    text: (n) => `${rows(n)} with a negative quantity or total came in as refunds on their own day.`,
  },
  'refunded-orders': {
    level: 'warning',
    text: (n) =>
      `${rows(n)} ${n === 1 ? 'is' : 'are'} marked refunded. The file does not say when, so the money back is booked on the order's day.`,
  },
  'partly-refunded': {
    level: 'warning',
    text: (n) =>
      `${rows(n)} ${n === 1 ? 'is' : 'are'} marked partly refunded. The file does not say how much, so they count as sold in full.`,
  },
  'cancelled-orders': {
    level: 'info',
    text: (n) => `${rows(n)} ${n === 1 ? 'is' : 'are'} cancelled or failed: kept, but not counted as sales.`,
  },
  'status-unknown': {
    level: 'warning',
    text: (n) => `${rows(n)} ${has(n)} a status that is not known here; they count as sold.`,
  },
  'customer-missing': {
    level: 'info',
    text: (n) =>
      `${rows(n)} ${n === 1 ? 'names' : 'name'} no customer: they count as sales, but for no customer.`,
  },
  'invoice-paid-assumed': {
    level: 'info',
    text: (n) => `${rows(n)} marked paid without an amount: taken as paid in full.`,
  },
  'email-odd': {
    level: 'warning',
    text: (n) => `${rows(n)} ${has(n)} an e-mail address that is none: it was kept as it is written.`,
  },
  'channel-missing': {
    level: 'info',
    text: (n) => `${rows(n)} ${n === 1 ? 'names' : 'name'} no channel: shown as "Unknown".`,
  },
}

/** Adds counts to the notes there are, one note for each key. */
export function countNotes(notes: ImportNote[], counts: ReadonlyMap<NoteKey, number>): ImportNote[] {
  const merged = notes.map((note) => ({ ...note }))
  for (const [key, more] of counts) {
    const known = merged.find((note) => note.key === key)
    const count = (known?.count ?? 0) + more
    const { level, text } = WORDS[key]
    if (known) Object.assign(known, { count, text: text(count) })
    else merged.push({ level, text: text(count), key, count })
  }
  return merged
}
