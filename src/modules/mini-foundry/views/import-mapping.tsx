/** The columns of a file before it comes in: what each was understood as, and how the first rows would land. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { FIELDS, missingFields } from '../domain/import/fields.ts'
import type { ImportPreview, ImportRecord } from '../domain/import/model.ts'
import { mappedField } from '../domain/import/plan.ts'
import type { ImportMapping, ImportOptions } from '../domain/import/types.ts'
import { PreviewRows } from './import-preview.tsx'

export interface ImportMappingProps {
  row: ImportRecord
  preview: ImportPreview
  mapping: ImportMapping
  options: ImportOptions
  currency: string
  errors?: FieldError[]
}

export function ImportMappingForm({ row, preview, mapping, options, currency, errors }: ImportMappingProps) {
  const missing = missingFields(row.kind, Object.values(mapping))
  return (
    <Form action={`/foundry/imports/${row.id}`}>
      <ErrorSummary errors={errors?.map((error) => ({ ...error, path: 'columns' }))} />
      <Card
        id="columns"
        title="Columns"
        lead="Each column of the file and the field it fills. Leave out what you do not need."
      >
        {missing.map((group) => (
          <div class="mb-3">
            <Alert tone="warning">
              Still needed: the column that holds the{' '}
              {group.map((field) => field.label.toLowerCase()).join(' or the ')}.
            </Alert>
          </div>
        ))}
        <LeftOut preview={preview} mapping={mapping} />
        <ul class="flex flex-col divide-y divide-base-300">
          {preview.columns.map((column, index) => (
            <ColumnRow
              row={row}
              column={column}
              index={index}
              field={mappedField(mapping, column.name) ?? ''}
            />
          ))}
        </ul>
      </Card>
      <Choices preview={preview} options={options} currency={currency} />
      <div class="flex flex-wrap gap-2">
        <SubmitButton name="do" value="start">
          Start the import
        </SubmitButton>
        <SubmitButton tone="plain" name="do" value="preview">
          Show the rows again
        </SubmitButton>
      </div>
      {missing.length === 0 && <PreviewRows row={row} preview={preview} />}
    </Form>
  )
}

/** Said above the list, since a long file has its last columns below the fold. */
function LeftOut({ preview, mapping }: Pick<ImportMappingProps, 'preview' | 'mapping'>) {
  const names = preview.columns
    .filter(({ name, samples }) => samples.length > 0 && !mappedField(mapping, name))
    .map(({ name }) => name)
  if (names.length === 0) return null
  return (
    <p class="mb-3 text-sm">
      <span class="font-medium">Left out, so nothing of them comes in:</span> {names.join(', ')}.
    </p>
  )
}

interface ColumnRowProps {
  row: ImportRecord
  column: ImportPreview['columns'][number]
  index: number
  field: string
}

function ColumnRow({ row, column, index, field }: ColumnRowProps) {
  const unsure = field !== '' && column.guess?.field === field && column.guess.confidence < 0.6
  return (
    <li class="grid items-center gap-x-4 gap-y-2 py-3 sm:grid-cols-2">
      <div class="min-w-0">
        <label for={`column-${index}`} class="font-medium text-sm">
          {column.name}
        </label>{' '}
        {unsure && <Badge tone="warning">Please check</Badge>}
        {field === '' && column.samples.length > 0 && <Badge>Left out</Badge>}
        <p class="truncate text-base-content/75 text-xs">
          {column.samples.length > 0 ? column.samples.join(' · ') : 'empty in the first rows'}
        </p>
      </div>
      <select id={`column-${index}`} name={`column-${index}`} class="select w-full">
        <option value="" selected={field === ''}>
          Leave out
        </option>
        {FIELDS[row.kind].map((known) => (
          <option value={known.name} selected={known.name === field}>
            {known.label}
          </option>
        ))}
      </select>
    </li>
  )
}

/** Dates and numbers are asked about only where the file itself leaves it open. */
function Choices({
  preview,
  options,
  currency,
}: Pick<ImportMappingProps, 'preview' | 'options' | 'currency'>) {
  const { questions, settled } = preview
  return (
    <Card title="How it is written">
      <div class="grid gap-4 sm:grid-cols-2">
        {questions.date && (
          <SelectField
            label={`Dates like ${questions.date}`}
            name="date_order"
            value={options.dateOrder ?? settled.dateOrder}
            hint="Nothing in the first rows tells which part is the day."
            options={[
              { value: 'dmy', label: 'Day first' },
              { value: 'mdy', label: 'Month first' },
            ]}
          />
        )}
        {questions.number && (
          <SelectField
            label={`Numbers like ${questions.number}`}
            name="decimal_mark"
            value={options.decimalMark ?? settled.decimalMark}
            hint="Nothing in the first rows tells whether this groups thousands or marks decimals."
            options={[
              { value: '.', label: 'Decimal point (1,234.56)' },
              { value: ',', label: 'Decimal comma (1.234,56)' },
            ]}
          />
        )}
        <Field
          label="Currency"
          name="currency"
          value={options.currency ?? currency}
          maxlength={3}
          hint="For rows without a currency of their own. Three letters."
        />
        <SelectField
          label="Rows that are the same to the letter"
          name="duplicates"
          value={options.duplicates ?? 'skip'}
          options={[
            { value: 'skip', label: 'Bring in once, and list the others' },
            { value: 'keep', label: 'Bring in each of them' },
          ]}
        />
      </div>
    </Card>
  )
}
