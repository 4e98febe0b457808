/** What automations can do here: mark an invoice as paid, and send a dashboard as a report. */

import { isAddress } from '../../../platform/mail-draft.ts'
import { ok, type Result } from '../../../platform/result.ts'
import type { StepDefinition } from '../../../platform/services.ts'
import type { StepJson, StepOutcome } from '../../../platform/step.ts'

import { invoiceRecord } from '../store/automation-records.ts'
import { reportMail } from './dashboards-report.ts'
import { payInvoice } from './invoices.ts'

const failed = (error: string, retry = false): StepOutcome => ({ ok: false, error, retry, left: 'no' })

const payStep: StepDefinition = {
  action: 'invoice.mark_paid',
  title: 'Mark an invoice as paid',
  description: 'For invoices made by hand; those of a connected system are paid there.',
  group: 'money',
  permission: 'foundry:write',
  effect: 'keyed',
  fields: [
    { name: 'invoice', label: 'Invoice', kind: 'line', required: true, preset: '{{ trigger.invoice.id }}' },
  ],
  outputs: [{ name: 'status', label: 'Status', sample: 'paid' }],
  async perform(services, actor, { input }) {
    const db = services.tenant(actor.tenantId)
    const [row] = await db.get(invoiceRecord(db, String(input.invoice ?? '')))
    if (!row) return failed('There is no such invoice.')
    if (row.status === 'paid') return { ok: true, output: { status: 'paid' }, why: 'It was paid already.' }
    const paid = await payInvoice(services, actor, { source_id: row.source_id, ext_id: row.ext_id }, {})
    return paid.ok ? { ok: true, output: { status: 'paid' } } : failed(paid.error.detail)
  },
}

const reportStep: StepDefinition = {
  action: 'report.send',
  title: 'Send a dashboard',
  description: 'The figures of a dashboard as a mail, with the PDF when that is wanted.',
  group: 'data',
  permission: 'foundry:read',
  effect: 'keyed',
  fields: [
    {
      ...{ name: 'to', label: 'To', kind: 'address', required: true },
      hint: 'One or more addresses with commas between them.',
    },
    {
      name: 'dashboard',
      label: 'Dashboard',
      kind: 'dashboard',
      hint: 'Nothing chosen: the one that opens first.',
    },
    {
      ...{ name: 'range', label: 'Over', kind: 'choice', preset: 'last_7_days' },
      choices: [
        { value: 'yesterday', label: 'Yesterday' },
        { value: 'last_7_days', label: 'The last 7 days' },
        { value: 'last_30_days', label: 'The last 30 days' },
        { value: 'last_month', label: 'Last month' },
        { value: 'this_month', label: 'This month so far' },
      ],
    },
    {
      ...{ name: 'format', label: 'As', kind: 'choice', preset: 'mail' },
      choices: [
        { value: 'mail', label: 'Mail' },
        { value: 'pdf', label: 'Mail with PDF' },
      ],
    },
  ],
  outputs: [{ name: 'mails', label: 'Mails', sample: 1 }],
  async perform(services, actor, { input, key }) {
    const addresses = addressesOf(input.to)
    if (!addresses.ok) return failed(addresses.error.detail)
    const report = await reportMail(services, actor, {
      dashboard: input.dashboard ? String(input.dashboard) : null,
      range: String(input.range ?? 'last_7_days'),
      withPdf: input.format === 'pdf',
    })
    if (!report.ok) return failed(report.error.detail, report.error.kind === 'unavailable')
    for (const to of addresses.value)
      await services.mail.send({
        ...{ kind: 'report.sent', stream: 'workspace', tenantId: actor.tenantId, to, ...report.value },
        fromName: actor.workspace.name.replace(/[<>"\p{Cc}]/gu, ' '),
        dedupeKey: `${key}/${to}`,
      })
    return { ok: true, output: { mails: addresses.value.length } }
  },
}

function addressesOf(value: StepJson | undefined): Result<string[]> {
  const words = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[,;\s]+/)
  const addresses = words.map((word) => word.trim().toLowerCase()).filter(Boolean)
  const wrong = addresses.find((address) => !isAddress(address))
  if (addresses.length === 0) return bad('Nobody is named who gets it.')
  return wrong ? bad(`“${wrong}” is no e-mail address.`) : ok([...new Set(addresses)])
}

const bad = (detail: string): Result<never> => ({
  ok: false,
  error: { kind: 'invalid', slug: 'invalid', detail },
})

export const foundrySteps: readonly StepDefinition[] = [payStep, reportStep]
