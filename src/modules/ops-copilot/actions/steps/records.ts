/** Steps that look at records: find some, or read one as it stands now. */
import { can } from '../../../../platform/actor.ts'
import type { StepDefinition } from '../../../../platform/services.ts'
import type { StepJson } from '../../../../platform/step.ts'

import { recordKinds } from '../engine/trigger-facts.ts'
import { refused, textOf } from './outcome.ts'

const MOST = 200

const kindField = {
  name: 'kind',
  label: 'Kind of record',
  kind: 'choice' as const,
  required: true,
  choices: ['invoice', 'contact', 'order', 'customer', 'task'].map((value) => ({
    value,
    label: (value[0]?.toUpperCase() ?? '') + value.slice(1),
  })),
}

const findStep: StepDefinition = {
  action: 'records.find',
  title: 'Find records',
  description: 'A list of invoices, contacts, orders or customers, for a loop over them.',
  group: 'data',
  permission: 'ops:read',
  effect: 'look',
  fields: [
    kindField,
    { name: 'where', label: 'Where', kind: 'pairs', hint: 'For example status is overdue.' },
    { name: 'text', label: 'With these words', kind: 'line' },
    { name: 'most', label: 'At most', kind: 'number', preset: 100 },
  ],
  outputs: [
    { name: 'records', label: 'The records', sample: [] },
    { name: 'count', label: 'How many', sample: 3 },
  ],
  async perform(services, actor, { input }) {
    const kind = recordKinds(services).find((one) => one.kind === textOf(input.kind))
    if (!kind) return refused('There are no such records.')
    if (!can(actor, kind.permission))
      return refused(`Whoever owns this automation may not see ${kind.title}s.`)
    const where = (typeof input.where === 'object' && input.where !== null ? input.where : {}) as Record<
      string,
      StepJson
    >
    const limit = Math.max(1, Math.min(Number(input.most) || 100, MOST))
    const records = await kind.find(services, actor, { text: textOf(input.text), where, limit })
    return { ok: true, output: { records, count: records.length }, why: `Found ${records.length}.` }
  },
}

const readStep: StepDefinition = {
  action: 'records.read',
  title: 'Look at a record again',
  description: 'An invoice, contact or order as it stands this moment: is it paid meanwhile?',
  group: 'data',
  permission: 'ops:read',
  effect: 'look',
  fields: [
    kindField,
    { name: 'id', label: 'Which', kind: 'line', required: true, preset: '{{ trigger.invoice.id }}' },
  ],
  outputs: [
    { name: 'found', label: 'It is there', sample: true },
    { name: 'record', label: 'The record', sample: {} },
  ],
  async perform(services, actor, { input }) {
    const kind = recordKinds(services).find((one) => one.kind === textOf(input.kind))
    if (!kind) return refused('There are no such records.')
    if (!can(actor, kind.permission))
      return refused(`Whoever owns this automation may not see ${kind.title}s.`)
    const record = await kind.read(services, actor, textOf(input.id))
    return { ok: true, output: { found: record !== null, record: record ?? {} } }
  },
}

export const recordSteps: readonly StepDefinition[] = [findStep, readStep]
