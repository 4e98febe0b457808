/** Workflows brought from n8n, and what became of every node. */
import type { FieldError } from '../../../platform/result.ts'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { ErrorSummary, errorOf, FileField, Form, SubmitButton, TextareaField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { NodeReport } from '../domain/n8n.ts'

export interface ImportPageProps {
  made: { automation: { id: string; name: string }; report: NodeReport[] }[]
  text: string
  errors?: FieldError[]
}

const OUTCOMES: Record<NodeReport['outcome'], { label: string; tone: Tone }> = {
  mapped: { label: 'Taken over', tone: 'success' },
  needs_person: { label: 'Needs you', tone: 'warning' },
  note: { label: 'Noted', tone: 'neutral' },
}

export function ImportPage({ made, text, errors }: ImportPageProps) {
  return (
    <>
      <PageHeader
        title="Import from n8n"
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: '/ops/new', label: 'New' },
        ]}
        lead="Each workflow becomes a draft. What cannot be taken over keeps its place, switched off, and says what you have to do."
      />
      {made.map(({ automation, report }) => (
        <section class="mb-8">
          <h2 class="mb-1 font-semibold">
            <a class="link" href={`/ops/automations/${automation.id}`}>
              {automation.name}
            </a>
          </h2>
          <p class="mb-2 text-base-content/75 text-sm">{summary(report)}</p>
          <DataTable
            caption={`Nodes of ${automation.name}`}
            rows={report}
            columns={[
              { key: 'node', label: 'Node', cell: ({ node }) => node },
              {
                key: 'outcome',
                label: 'Outcome',
                cell: ({ outcome }) => <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Badge>,
              },
              { key: 'why', label: 'What became of it', cell: ({ why }) => why },
              { key: 'todo', label: 'What you have to do', cell: ({ todo }) => todo },
            ]}
          />
        </section>
      ))}
      <Form action="/ops/import" enctype="multipart/form-data" class="flex max-w-xl flex-col gap-4">
        {errors && <ErrorSummary errors={errors} />}
        <FileField
          label="The file that n8n saved"
          name="file"
          accept=".json,application/json"
          error={errorOf(errors, 'file')}
        />
        <TextareaField
          label="Or paste it here"
          name="text"
          value={text}
          rows={5}
          hint="Nodes that were copied from the canvas of n8n work too."
        />
        <SubmitButton>Import</SubmitButton>
      </Form>
    </>
  )
}

function summary(report: readonly NodeReport[]): string {
  const count = (outcome: NodeReport['outcome']) => report.filter((one) => one.outcome === outcome).length
  return `${report.length} nodes: ${count('mapped')} taken over, ${count('needs_person')} need you, ${count('note')} noted.`
}
