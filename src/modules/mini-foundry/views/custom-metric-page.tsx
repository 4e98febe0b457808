/** The editor of a metric of one's own: formula, what can be in it, a preview on real figures, versions. */
import { dateFormat } from '../../../kit/format.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { Chart } from '../../../views/chart.tsx'
import { CheckboxField, errorOf, Field, Form, TextareaField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { caretLines, type PlacedError, UNIT_WORDS } from '../domain/custom-metric.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { Detail, type FormulaName, type MetricDetail, Names } from './custom-metric-detail.tsx'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { chartFormats, figure, numbers } from './dashboard-words.ts'

export interface CustomMetricFormProps {
  id: string | null
  fields: { name: string; formula: string; description: string; lessIsBetter: boolean; percent: boolean }
  errors?: (PlacedError | { path: string; message: string; at?: undefined; length?: undefined })[]
  preview: { answer: MetricAnswer; words: string } | null
  names: FormulaName[]
  detail: MetricDetail | null
  mayWrite: boolean
  timeZone: string
  locale: string
}

/** While somebody types: the same preview as by the button, in its place alone. */
const LIVE = {
  'hx-post': '/foundry/metrics/custom/preview',
  'hx-trigger': 'input delay:600ms',
  'hx-include': 'closest form',
  'hx-select': '#formula-result',
  'hx-target': '#formula-result',
  // in place: a later answer must find the target that it set out for
  'hx-swap': 'outerMorph',
  // what was typed last wins, however slow the answer before it
  'hx-sync': 'replace',
}

export function CustomMetricPage(props: CustomMetricFormProps) {
  const { id, fields, errors, preview, names, detail, mayWrite, timeZone, locale } = props
  const action = id ? `/foundry/metrics/custom/${id}` : '/foundry/metrics/custom'
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title={detail ? detail.name : 'New metric'}
        lead={detail ? `Wherever a metric is named, it is ${detail.key}.` : undefined}
        crumbs={[
          { label: 'Metrics', href: '/foundry/metrics' },
          { label: 'Your own', href: '/foundry/metrics/custom' },
        ]}
      />
      <div class="flex flex-col gap-5">
        {detail?.archivedAt && <Alert>It is archived. Saving it brings it back.</Alert>}
        {detail?.problem && (
          <Alert tone="warning" title="It has no value at the moment.">
            {detail.problem}
          </Alert>
        )}
        <Card>
          <Form action={action}>
            {id && <input type="hidden" name="id" value={id} />}
            <Field
              label="Name"
              name="name"
              value={fields.name}
              required
              maxlength={80}
              error={errorOf(errors, 'name')}
            />
            <div data-formula="formula-words" {...(mayWrite ? LIVE : {})}>
              <TextareaField
                label="Formula"
                name="formula"
                value={fields.formula}
                rows={3}
                hint="Names, numbers, + - * /, brackets, and min, max, round, abs, if. For example revenue - ad_spend."
                error={errorOf(errors, 'formula')}
              />
            </div>
            <datalist id="formula-words">
              {names.map(({ id: word, name }) => (
                <option value={word} label={name} />
              ))}
            </datalist>
            <Field
              label="Description"
              name="description"
              value={fields.description}
              required={false}
              maxlength={500}
              error={errorOf(errors, 'description')}
            />
            <CheckboxField
              label="Show a ratio as a percentage"
              name="percent"
              checked={fields.percent}
              error={errorOf(errors, 'unit')}
            />
            <CheckboxField label="Less is better" name="less" checked={fields.lessIsBetter} />
            {mayWrite && (
              <div class="flex flex-wrap gap-2">
                <Button tone="primary">Save</Button>
                <Button formaction="/foundry/metrics/custom/preview">Preview</Button>
              </div>
            )}
          </Form>
        </Card>
        <div id="formula-result" aria-live="polite">
          <Caret formula={fields.formula} errors={errors} />
          {preview && <Preview {...preview} timeZone={timeZone} locale={locale} />}
        </div>
        {detail && <Detail {...props} detail={detail} />}
        <Names names={names} />
      </div>
    </>
  )
}

function Caret({ formula, errors }: Pick<CustomMetricFormProps, 'errors'> & { formula: string }) {
  const error = errors?.find(({ path }) => path === 'formula')
  if (!error || error.at === undefined || error.length === undefined) return null
  const [line, carets] = caretLines(formula, { at: error.at, length: error.length })
  return (
    <div class="rounded-box bg-base-200 p-3 text-sm">
      <pre class="overflow-x-auto" aria-hidden="true">
        {`${line}\n`}
        <span class="text-error">{carets}</span>
      </pre>
      <p class="mt-1 text-error">{error.message}</p>
    </div>
  )
}

interface PreviewProps {
  answer: MetricAnswer
  words: string
  timeZone: string
  locale: string
}

function Preview({ answer, words, ...reader }: PreviewProps) {
  const { locale } = reader
  const date = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const labels = answer.series.map(({ period }) => date.format(new Date(`${period}T00:00:00Z`)))
  const series = [{ name: answer.name, values: numbers(answer.series) }]
  return (
    <Card
      id="preview"
      title={`${figure(answer, answer.total, reader)} in the last 90 days`}
      lead={`${words}: it gives ${UNIT_WORDS[answer.unit]}.`}
    >
      {answer.missing && (
        <Alert tone="warning" title="There is no value.">
          {answer.missing}
        </Alert>
      )}
      <Chart
        kind="line"
        id="preview-chart"
        title={answer.name}
        labelName="Day"
        data={{ labels, series, ...chartFormats(answer, reader) }}
      />
    </Card>
  )
}
