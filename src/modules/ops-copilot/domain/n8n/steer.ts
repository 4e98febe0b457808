/** Nodes of n8n that steer, wait or end: what they become by themselves, without their branches. */
import type { Condition } from '../../../../kit/condition.ts'
import type { Duration, Step } from '../definition-model.ts'
import { conditionOf, ruleOf } from './condition.ts'
import { type Source, templateOf } from './expression.ts'
import { isRecord, type N8nNode, textOf } from './workflow.ts'

export interface Way {
  name: string
  condition: Condition
  /** Index of the node's output. */
  output: number
}

export interface Decision {
  ways: Way[]
  /** Output that is taken when none holds; null: nothing goes on then. */
  otherwise: number | null
  unread: string[]
}

export const isDecision = ({ kind }: N8nNode): boolean =>
  kind === 'if' || kind === 'filter' || kind === 'switch'

export function decisionOf({ kind, params }: N8nNode, source: Source): Decision {
  if (kind !== 'switch') {
    const combine = textOf(params.combineOperation) || textOf(params.combineConditions) || 'all'
    const { condition, unread } = conditionOf(params.conditions, combine, source)
    return { ways: [{ name: 'yes', condition, output: 0 }], otherwise: kind === 'if' ? 1 : null, unread }
  }
  const held = isRecord(params.rules) ? (params.rules.values ?? params.rules.rules) : []
  const rules = (Array.isArray(held) ? held : []).filter(isRecord).slice(0, 20)
  const unread = rules.length === 0 ? [textOf(params.output) || 'its rules'] : []
  const ways = rules.map((rule, at): Way => {
    const isNew = isRecord(rule.conditions)
    const read = isNew ? conditionOf(rule.conditions, 'and', source) : ruleOf(params.value1, rule, source)
    unread.push(...read.unread)
    const output = isNew || rule.output === undefined ? at : Math.max(0, Math.floor(Number(rule.output)) || 0)
    return {
      name: (textOf(rule.outputKey) || textOf(rule.value2) || `Case ${at + 1}`).slice(0, 120),
      condition: read.condition,
      output,
    }
  })
  const fallback = isRecord(params.options) ? params.options.fallbackOutput : params.fallbackOutput
  const otherwise =
    fallback === 'extra' ? rules.length : typeof fallback === 'number' && fallback >= 0 ? fallback : null
  return { ways, otherwise, unread }
}

export interface Steered {
  step: Step
  why: string
  todo: string
}

const UNITS: Record<string, [Duration['unit'], number]> = {
  seconds: ['minutes', 1 / 60],
  minutes: ['minutes', 1],
  hours: ['hours', 1],
  days: ['days', 1],
  weeks: ['weeks', 1],
}

export function waitOf({ name, params }: N8nNode, id: string, source: Source): Steered {
  const base = { id, kind: 'wait' as const, hours: 'any' as const, name: name.slice(0, 120) }
  const resume = textOf(params.resume) || 'timeInterval'
  if (resume === 'specificTime') {
    const read = templateOf(textOf(params.dateTime), source)
    const until = read.text.slice(0, 500)
    const todo = until === '' || read.unread.length > 0 ? 'Say until when.' : ''
    return { step: { ...base, until: until || '2030-01-01' }, why: 'It waits until then.', todo }
  }
  const [unit, factor] = UNITS[textOf(params.unit) || 'hours'] ?? ['hours', 1]
  const amount = Number(params.amount ?? 1) * factor
  const whole = Number.isFinite(amount) ? Math.min(10_000, Math.max(1, Math.ceil(amount))) : 1
  const step: Step = { ...base, for: { amount: whole, unit } }
  if (resume === 'webhook' || resume === 'form')
    return {
      step,
      why: 'It waited for a call from outside; here it waits for a while.',
      todo: 'Use Wait for something or Ask for approval instead, if an answer is needed.',
    }
  const rough = amount !== whole ? 'Waits here are whole minutes; look whether that is right.' : ''
  return { step, why: 'It waits as long.', todo: rough }
}

export function endOf({ params }: N8nNode, id: string, source: Source): Steered {
  const text = textOf(params.errorMessage) || textOf(params.message)
  const read = templateOf(text, source)
  return {
    step: { id, kind: 'stop', outcome: 'failed', message: read.text.slice(0, 500) },
    why: 'It ends here as failed.',
    todo: '',
  }
}

/** Nodes that need no step, with why; null: it is none of those. */
export function passing({ kind, params }: N8nNode): { why: string; todo: string } | null {
  switch (kind) {
    case 'noop':
      return Object.keys(params).length > 0
        ? {
            why: 'In the file it does nothing, though it has settings.',
            todo: 'If it stood for another node, add a step for it.',
          }
        : { why: 'It does nothing, so it needs no step.', todo: '' }
    case 'merge':
      return /mergeby|combine|multiplex|sql/i.test(`${textOf(params.mode)}${textOf(params.combineBy)}`)
        ? {
            why: 'Ways meet again by themselves.',
            todo: 'It joined lists by a key; later steps read each list by its own step.',
          }
        : { why: 'Ways meet again by themselves.', todo: '' }
    case 'respondtowebhook':
      return { why: 'Whoever calls the address is answered at once.', todo: '' }
    case 'aggregate':
    case 'itemlists':
    case 'limit':
    case 'sort':
    case 'removeduplicates':
    case 'summarize':
    case 'splitoutitems':
      return { why: 'Lists are not reshaped here.', todo: 'Look whether later steps need the list so.' }
    case 'form':
      return {
        why: 'A form has one page here; it thanks at its end.',
        todo: 'Put what it said into the thanks of the form.',
      }
    default:
      return null
  }
}
