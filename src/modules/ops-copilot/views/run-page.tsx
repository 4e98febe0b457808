/** One run: its path lit in the flow, what it waits for, its history line by line, and the proof of each effect. */
import type { RunDetail } from '../../../platform/engine-port.ts'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import type { Step } from '../domain/definition-model.ts'
import { FlowMap } from './flow-map.tsx'
import { FlowTree, type TreeMark } from './flow-tree.tsx'
import { RunDeeds } from './run-deeds.tsx'
import { RunHistory } from './run-history.tsx'
import { RunState } from './run-list.tsx'
import type { RunPageProps } from './run-page-props.ts'

export function RunPage(props: RunPageProps) {
  const { automation, line, detail, names, about, timeZone, locale } = props
  const alive = line.completedAt === null
  const live = alive
    ? {
        'hx-get': `/ops/runs/${line.id}`,
        'hx-trigger': 'every 3s',
        'hx-swap': 'outerMorph',
        'hx-select': '#run',
      }
    : {}
  const steps = (Array.isArray(detail.steps) ? detail.steps : []) as unknown as Step[]
  const marks = marksOf(detail)
  return (
    <>
      <PageHeader
        title="Run"
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: `/ops/automations/${automation.id}`, label: automation.name },
          { href: `/ops/automations/${automation.id}/runs`, label: 'Runs' },
        ]}
      />
      <div id="run" {...live}>
        <section class="surface mb-5 p-4">
          <div class="flex flex-wrap items-start gap-x-4 gap-y-2">
            <RunState state={line.state} />
            <p class="min-w-0 flex-1 basis-64 break-words font-medium">{line.why || 'It has begun.'}</p>
          </div>
          <p class="mt-2 text-base-content/75 text-sm">
            Started by {line.cause}, <Time at={line.startedAt} timeZone={timeZone} locale={locale} />
            {line.completedAt && (
              <>
                {' '}
                · ended <Time at={line.completedAt} timeZone={timeZone} locale={locale} />
              </>
            )}{' '}
            · version {detail.version}
            {about && (
              <>
                {' '}
                · about{' '}
                <a class="link" href={about.href}>
                  {about.label}
                </a>
              </>
            )}
          </p>
          {detail.error && <p class="mt-2 text-error text-sm">{detail.error}</p>}
          <RunDeeds {...props} />
        </section>
        <div class="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
          <div class="min-w-0">
            <h2 class="mb-2 font-semibold">Its path</h2>
            <FlowTree steps={steps} names={names} marks={marks} />
          </div>
          <aside aria-label="At a glance" class="lg:sticky lg:top-20">
            <FlowMap steps={steps} names={names} lit={new Set(marks.keys())} />
          </aside>
        </div>
        <RunHistory detail={detail} names={names} timeZone={timeZone} locale={locale} />
      </div>
    </>
  )
}

const MARKS: Record<string, { label: string; tone: TreeMark['tone'] }> = {
  done: { label: 'Done', tone: 'success' },
  waiting: { label: 'Waiting', tone: 'info' },
  failed: { label: 'Failed', tone: 'error' },
  retrying: { label: 'Tried again', tone: 'warning' },
  skipped: { label: 'Not done', tone: 'neutral' },
  unknown: { label: 'Needs you', tone: 'error' },
  held: { label: 'Held', tone: 'warning' },
}

/** The last word on each step; in a loop that of the last round. */
function marksOf({ entries, open }: RunDetail): Map<string, TreeMark> {
  const marks = new Map<string, TreeMark>()
  for (const { step, kind, state, why } of entries) {
    if (kind === 'run') continue
    const mark = MARKS[state] ?? { label: state, tone: 'neutral' as const }
    marks.set(step, { ...mark, why })
  }
  for (const { step, kind, why, error } of open) {
    if (kind === 'held') marks.set(step, { ...(MARKS.held as TreeMark), why })
    if (kind === 'effect' && !marks.has(step)) marks.set(step, { label: 'At it', tone: 'info', why: '' })
    if (kind === 'retry') marks.set(step, { ...(MARKS.retrying as TreeMark), why: error ?? why })
  }
  return marks
}
