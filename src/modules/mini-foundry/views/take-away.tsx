/** Taking all facts away as one SQLite file: asking for it, seeing it grow, and where to fetch it. */
import { numberFormat } from '../../../kit/format.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Progress } from '../../../views/progress.tsx'
import { Time } from '../../../views/time.tsx'
import { FACT_TABLES } from '../domain/take-away/tables.ts'

interface TakeAwayItem {
  id: string
  status: 'making' | 'ready' | 'failed'
  tablesDone: number
  tablesTotal: number
  rows: number
  bytes: number
  error: string | null
  requestedByName: string
  createdAt: string
  finishedAt: string | null
  expiresAt: string | null
}

export interface TakeAwayProps {
  /** The last one that was asked for, or null. */
  item: TakeAwayItem | null
  timeZone: string
  locale: string
}

const HOME = '/foundry/take-away'

export function TakeAwayPage(props: TakeAwayProps) {
  return (
    <>
      <PageHeader
        title="Take it all with you"
        lead="Every fact and every metric of this workspace as one SQLite file. Any program that reads SQLite opens it, without us."
        crumbs={[{ href: '/foundry/sources', label: 'Sources' }]}
      />
      <div class="flex max-w-3xl flex-col gap-4">
        <TakeAwayPiece {...props} />
        <Contents />
      </div>
    </>
  )
}

/** The piece that renews itself while the file is being made. */
export function TakeAwayPiece(props: TakeAwayProps) {
  const { item } = props
  const poll =
    item?.status === 'making' ? { 'hx-get': HOME, 'hx-trigger': 'every 2s', 'hx-swap': 'outerMorph' } : {}
  return (
    <div id="take-away" {...poll}>
      <Card title="Your file">
        {item?.status === 'making' && <Growing item={item} locale={props.locale} />}
        {item?.status === 'ready' && <Ready {...props} item={item} />}
        {item?.status === 'failed' && (
          <Alert tone="error" title="The file could not be made">
            {item.error}
          </Alert>
        )}
        {item?.status !== 'making' && (
          <form action={HOME} method="post" class="mt-3">
            <Button small tone={item?.status === 'ready' ? undefined : 'primary'}>
              {item?.status === 'ready' ? 'Make a new one' : 'Make the file'}
            </Button>
          </form>
        )}
      </Card>
    </div>
  )
}

function Growing({ item, locale }: { item: TakeAwayItem; locale: string }) {
  const number = numberFormat(locale)
  return (
    <div role="status">
      <Progress
        label="Being written"
        value={item.tablesDone}
        max={item.tablesTotal}
        words={`${number.format(item.rows)} rows, ${item.tablesDone} of ${item.tablesTotal} tables`}
      />
      <p class="mt-2 text-base-content/75 text-sm">
        You can leave this page.{' '}
        <a href={HOME} class="link">
          Look again
        </a>
      </p>
    </div>
  )
}

function Ready({ item, timeZone, locale }: TakeAwayProps & { item: TakeAwayItem }) {
  const size = numberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  return (
    <>
      <LinkButton href={`${HOME}/${item.id}/download`} tone="primary" icon="download" download>
        Download the SQLite file
      </LinkButton>
      <p class="mt-2 text-base-content/75 text-sm">
        {numberFormat(locale).format(item.rows)} rows, {size.format(item.bytes / 1e6)}, as of{' '}
        <Time at={item.createdAt} timeZone={timeZone} locale={locale} />, asked for by {item.requestedByName}.
        {item.expiresAt && (
          <>
            {' '}
            Kept until <Time at={item.expiresAt} timeZone={timeZone} locale={locale} show="date" />.
          </>
        )}
      </p>
    </>
  )
}

function Contents() {
  const rows = [
    ...FACT_TABLES,
    { name: 'metrics', about: 'What each metric is, with its formula; your own among them.' },
    { name: 'metrics_by_day', about: 'Every metric on every day.' },
  ]
  return (
    <Card
      title="What is in it"
      lead="Amounts stand as decimal text beside their currency and, in columns that end in _e4, as whole numbers of 1/10,000. Days are ISO dates."
    >
      <DataTable
        caption="Tables of the file"
        rows={rows}
        columns={[
          { key: 'name', label: 'Table', cell: ({ name }) => <code>{name}</code> },
          { key: 'about', label: 'A row is', cell: ({ about }) => about },
        ]}
      />
    </Card>
  )
}
