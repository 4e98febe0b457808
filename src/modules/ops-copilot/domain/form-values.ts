/** A sent form as the readers of steps, triggers and conditions take it. */

export interface FormValues {
  /** Trimmed; empty when it was not sent. */
  text(name: string): string
  all(name: string): string[]
  has(name: string): boolean
}

/** Names and values in the order they were sent. */
export function formValues(pairs: Iterable<readonly [string, string]>): FormValues {
  const held = new Map<string, string[]>()
  for (const [name, value] of pairs) held.set(name, [...(held.get(name) ?? []), value])
  return {
    text: (name) => (held.get(name)?.at(-1) ?? '').trim(),
    all: (name) => (held.get(name) ?? []).map((value) => value.trim()).filter(Boolean),
    has: (name) => held.has(name),
  }
}

/** A whole number of the form, or null when it is empty or none. */
export function wholeNumber(values: FormValues, name: string): number | null {
  const text = values.text(name)
  return /^-?\d{1,9}$/.test(text) ? Number(text) : null
}

/** `names` of numbered fields: `case_0_name`, `case_1_name`, up to the first that was not sent. */
export function numbered(values: FormValues, name: (at: number) => string, most = 60): number[] {
  const found: number[] = []
  for (let at = 0; at < most && values.has(name(at)); at++) found.push(at)
  return found
}
