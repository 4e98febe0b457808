/** A request to any web address. */

import type { StepDefinition } from '../../../../platform/services.ts'
import type { StepJson } from '../../../../platform/step.ts'

import { refused, textOf } from './outcome.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
/** RFC 9110 9.2.2: the same request again changes no more than the first. */
const REPEATABLE = new Set(['GET', 'PUT', 'DELETE'])
const FORBIDDEN_HEADERS = /^(host|content-length|transfer-encoding|connection|cookie|cf-.*|x-forwarded-.*)$/i

const requestStep: StepDefinition = {
  action: 'http.request',
  title: 'HTTP request',
  description: 'Asks or tells any web address; what it answers is there for later steps.',
  group: 'web',
  permission: 'ops:write',
  effect: 'unkeyed',
  fields: [
    {
      ...{ name: 'method', label: 'Method', kind: 'choice', required: true, preset: 'POST' },
      choices: METHODS.map((value) => ({ value, label: value })),
    },
    { name: 'url', label: 'Address', kind: 'line', required: true, hint: 'https://api.example.com/orders' },
    { name: 'headers', label: 'Headers', kind: 'pairs' },
    { name: 'body', label: 'Body', kind: 'json', hint: 'JSON, or text.' },
  ],
  outputs: [
    { name: 'status', label: 'Status', sample: 200 },
    { name: 'body', label: 'Answer', sample: {} },
  ],
  async perform(services, _actor, { input, key }) {
    const method = METHODS.find((one) => one === textOf(input.method).toUpperCase()) ?? 'POST'
    const url = textOf(input.url).trim()
    const refusal = services.post.refuse(url)
    if (refusal) return refused(refusal)
    const headers = headersOf(input.headers)
    if (typeof headers === 'string') return refused(headers)
    const body = method === 'GET' || method === 'DELETE' ? null : bodyOf(input.body)
    const answer = await services.post.ask(url, {
      method,
      headers: { ...(body?.type ? { 'Content-Type': body.type } : {}), 'Idempotency-Key': key, ...headers },
      ...(body ? { body: body.text } : {}),
    })
    const repeatable = REPEATABLE.has(method)
    if (!answer.ok)
      return { ok: false, error: answer.error.detail, retry: true, left: repeatable ? 'no' : 'maybe' }
    const { status, text } = answer.value
    const output = { status, body: readBody(text) }
    if (status < 400) return { ok: true, output, why: `It answered ${status}.` }
    const later = status === 408 || status === 425 || status === 429 || status >= 500
    const error = `The address answered ${status}: ${text.slice(0, 200)}`
    // a refusal has not done it; trouble at the other side may have
    return { ok: false, error, retry: later, left: status < 500 || repeatable ? 'no' : 'maybe' }
  },
}

function headersOf(value: StepJson | undefined): Record<string, string> | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const headers: Record<string, string> = {}
  for (const [name, held] of Object.entries(value)) {
    const text = textOf(held)
    if (!/^[A-Za-z0-9-]{1,80}$/.test(name) || FORBIDDEN_HEADERS.test(name))
      return `The header ${name} cannot be set.`
    if (/[\r\n\0]/.test(text)) return `The header ${name} holds a line break.`
    headers[name] = text
  }
  return headers
}

/** A structure goes as JSON, text as it is. */
function bodyOf(value: StepJson | undefined): { text: string; type: string | null } | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'object') return { text: JSON.stringify(value), type: 'application/json' }
  const text = String(value)
  return { text, type: isJson(text) ? 'application/json' : 'text/plain;charset=utf-8' }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function readBody(text: string): StepJson {
  try {
    return JSON.parse(text) as StepJson
  } catch {
    return text.slice(0, 20_000)
  }
}

export const webSteps: readonly StepDefinition[] = [requestStep]
