/** What is known of a metric of one's own beside its formula, and the words that formulas are made of. */
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { Time } from '../../../views/time.tsx'

export interface FormulaName {
  id: string
  name: string
  unit: string
  note: string
}

export interface MetricDetail {
  key: string
  name: string
  version: number
  archivedAt: string | null
  problem: string | null
  versions: { version: number; name: string; formula: string; unit: string; changedAt: string }[]
  uses: { kind: string; id: string; name: string }[]
}

interface DetailProps {
  id: string | null
  detail: MetricDetail
  mayWrite: boolean
  timeZone: string
  locale: string
}

/** Its versions, where it is used, and how it is put away. */
export function Detail({ id, detail, mayWrite, timeZone, locale }: DetailProps) {
  const at = `/foundry/metrics/custom/${id}`
  const hrefs: Record<string, string> = {
    dashboard: '/foundry?dashboard=',
    alert: '/foundry/alerts/',
    metric: '/foundry/metrics/custom/',
  }
  return (
    <>
      <DataTable
        caption="Versions"
        rows={detail.versions}
        columns={[
          { key: 'version', label: 'Version', cell: ({ version }) => String(version) },
          {
            key: 'formula',
            label: 'Formula',
            cell: ({ version, formula }) => (
              <FormulaChange
                now={formula}
                before={detail.versions.find((one) => one.version === version - 1)?.formula}
              />
            ),
          },
          {
            key: 'at',
            label: 'Changed',
            cell: ({ changedAt }) => <Time at={changedAt} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'restore',
            label: '',
            cell: ({ version }) =>
              mayWrite &&
              version !== detail.version && (
                <form action={`${at}/restore`} method="post">
                  <Button small name="version" value={String(version)}>
                    Bring back
                  </Button>
                </form>
              ),
          },
        ]}
      />
      <Card title="Where it is used">
        {detail.uses.length === 0 ? (
          <p class="text-sm">
            Nowhere yet. It can be chosen on dashboards, in alerts, targets and other formulas.
          </p>
        ) : (
          <ul class="list-inside list-disc text-sm">
            {detail.uses.map(({ kind, id: used, name }) => (
              <li>
                {kind}:{' '}
                {hrefs[kind] ? (
                  <a class="link" href={`${hrefs[kind]}${used}`}>
                    {name}
                  </a>
                ) : (
                  name
                )}
              </li>
            ))}
          </ul>
        )}
        {mayWrite && !detail.archivedAt && (
          <div class="mt-3">
            <ConfirmButton
              label="Archive"
              action={`${at}/archive`}
              title={`Archive “${detail.name}”?`}
              text="It can be brought back with all its versions."
              confirmLabel="Archive the metric"
              tone="danger"
            />
          </div>
        )}
      </Card>
    </>
  )
}

/** What was there before is struck out, what is there now is marked. */
function FormulaChange({ now, before }: { now: string; before?: string }) {
  if (before === undefined || before === now) return <code class="text-xs">{now}</code>
  return (
    <span class="flex flex-col gap-1">
      <del class="text-base-content/70 text-xs">
        <code>{before}</code>
      </del>
      <ins class="text-xs no-underline">
        <code>{now}</code>
      </ins>
    </span>
  )
}

/** Every word that a formula may hold. */
export function Names({ names }: { names: FormulaName[] }) {
  return (
    <Card title="What can be in a formula" lead="Begin to type in the formula, and what fits is offered.">
      <details>
        <summary class="min-h-6 cursor-pointer text-sm">All {names.length} words</summary>
        <DataTable
          caption="Words for formulas"
          rows={names}
          columns={[
            { key: 'id', label: 'Word', cell: ({ id }) => <code class="text-xs">{id}</code> },
            { key: 'name', label: 'What it is', cell: ({ name, note }) => `${name}. ${note}` },
            { key: 'unit', label: 'Gives', cell: ({ unit }) => unit },
          ]}
        />
      </details>
    </Card>
  )
}
