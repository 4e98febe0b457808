/** Numbers, durations, times and amounts as people write them. */
import type { Duration } from '../definition-model.ts'

const NUMBERS: Record<string, number> = {
  ...{
    a: 1,
    an: 1,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
  },
  ...{ twelve: 12, fourteen: 14, fifteen: 15, twenty: 20, thirty: 30, sixty: 60, ninety: 90 },
}

export const NUMBER = String.raw`\d{1,4}|${Object.keys(NUMBERS)
  .sort((a, b) => b.length - a.length)
  .join('|')}`
const UNIT = `(?:business |working |week)?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)`
/** Two groups: how many, of what. */
export const DURATION = `(${NUMBER}|a couple of|another|a few)(?: more)?[ -](${UNIT})`

export const numberOf = (word: string): number => NUMBERS[word.toLowerCase()] ?? (Number(word) || 1)

export function durationOf(amount: string, unit: string): Duration {
  const words = amount.toLowerCase()
  const count =
    words === 'a couple of' ? 2 : words === 'a few' ? 3 : words === 'another' ? 1 : numberOf(words)
  const name = unit.toLowerCase()
  if (/^(business|working|week)\s?day/.test(name) || name.startsWith('weekday'))
    return { amount: count, unit: 'business_days' }
  if (name.startsWith('month')) return { amount: count * 30, unit: 'days' }
  if (name.startsWith('min')) return { amount: count, unit: 'minutes' }
  if (name.startsWith('h')) return { amount: count, unit: 'hours' }
  return { amount: count, unit: name.startsWith('week') ? 'weeks' : 'days' }
}

/** `8`, `8:30`, `8am`, `5 p.m.`, `noon`: three groups of TIME. */
export const TIME = String.raw`(\d{1,2})(?:[:.](\d{2}))?\s?([ap]\.?m\.?)?(?: o'?clock| uhr)?|noon|midnight`

export function timeOf(text: string): { hour: number; minute: number } | null {
  if (/^noon$/i.test(text)) return { hour: 12, minute: 0 }
  if (/^midnight$/i.test(text)) return { hour: 0, minute: 0 }
  const [, hour = '', minute = '0', half = ''] = new RegExp(`^(?:${TIME})$`, 'i').exec(text.trim()) ?? []
  if (hour === '') return null
  const isPm = /^p/i.test(half)
  const whole = half === '' ? Number(hour) : (Number(hour) % 12) + (isPm ? 12 : 0)
  return whole < 24 && Number(minute) < 60 ? { hour: whole, minute: Number(minute) } : null
}

/** `$1,500`, `500 euros`, `1.5k`: one group, read by `amountOf`. */
export const AMOUNT = String.raw`(?:[$€£]|usd |eur |gbp )?\s?(\d[\d,]*(?:\.\d+)?k?)(?:\s?(?:[$€£]|usd|eur|gbp|dollars?|euros?|pounds?|bucks))?`

export const amountOf = (text: string): number =>
  Number(text.replace(/[^\d.]/g, '').replace(/\.$/, '')) * (/\dk\b/i.test(text) ? 1000 : 1)
