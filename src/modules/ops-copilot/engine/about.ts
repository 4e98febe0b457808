/** Which events a listener may be meant by, told by one fact of the event, so that few of many listeners are looked at. */
import type { Condition } from '../../../kit/condition.ts'
import type { Json } from '../domain/definition-model.ts'

/** `invoice_id=7` when the event must carry that; empty when nothing of the kind is certain. */
export function aboutMatch(match: Condition): string {
  const lines = 'all' in match ? match.all : [match]
  for (const line of lines) {
    if (!('field' in line) || line.operator !== 'equals' || typeof line.value !== 'string') continue
    const name = /^event\.([a-z0-9_]*_id)$/.exec(line.field)?.[1]
    if (name && line.value !== '') return fact(name, line.value)
  }
  return ''
}

/** The facts of a payload by which listeners may be found. */
export function aboutPayload(payload: Json): string[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return []
  return Object.entries(payload).flatMap(([name, value]) =>
    name.endsWith('_id') && (typeof value === 'string' || typeof value === 'number')
      ? [fact(name, String(value))]
      : [],
  )
}

/** Written so that two are the same text when conditions hold them for the same: without case, numbers as numbers. */
function fact(name: string, value: string): string {
  const text = value.trim().toLowerCase()
  return `${name}=${/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text}`
}
