/** Choosing the file and what it holds. */
import type { FieldError } from '../../../platform/result.ts'
import { ErrorSummary, errorOf, FileField, Form, RadioGroup, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { KIND_LABELS } from '../domain/import/fields.ts'
import { IMPORT_KINDS } from '../domain/import/types.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface NewImportProps {
  kind?: string
  errors?: FieldError[]
}

export function NewImport({ kind = 'orders', errors }: NewImportProps) {
  return (
    <>
      <FoundryTabs current="imports" />
      <PageHeader
        title="Import a file"
        lead="Nothing comes in yet: first you see how the columns were understood."
        crumbs={[{ href: '/foundry/imports', label: 'Imports' }]}
      />
      <div class="max-w-2xl">
        <Form action="/foundry/imports" enctype="multipart/form-data">
          <ErrorSummary errors={errors} />
          <RadioGroup
            legend="What does the file hold?"
            name="kind"
            value={kind}
            error={errorOf(errors, 'kind')}
            options={IMPORT_KINDS.map((value) => ({
              value,
              label: KIND_LABELS[value].title,
              hint: KIND_LABELS[value].lead,
            }))}
          />
          <FileField
            label="File"
            name="file"
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
            required
            error={errorOf(errors, 'file')}
            hint="CSV with a header row, up to 250 MB and 200,000 rows. In Excel: Save as, CSV UTF-8."
          />
          <SubmitButton>Look at the columns</SubmitButton>
        </Form>
      </div>
    </>
  )
}
