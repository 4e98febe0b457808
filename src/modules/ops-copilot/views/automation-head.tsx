/** The head of every page of one automation: its name, how it stands, what can be done, and its places. */
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import type { Trigger } from '../domain/automation-model.ts'
import { AutomationStatus } from './automation-list.tsx'
import { type Names, triggerWords } from './words.ts'

export interface HeadAutomation {
  id: string
  kind: 'automation' | 'sequence'
  name: string
  description: string
  status: string
  pausedFor: string | null
  version: number
  publishedVersion: number | null
  triggerConfig: Trigger
}

const PLACES = [
  { key: 'steps', path: '', label: 'Steps' },
  { key: 'rehearse', path: '/rehearse', label: 'Try it' },
  { key: 'runs', path: '/runs', label: 'Runs' },
  { key: 'versions', path: '/versions', label: 'Versions' },
  { key: 'settings', path: '/settings', label: 'Settings' },
] as const

export type AutomationPlace = (typeof PLACES)[number]['key']

export function AutomationHead(props: {
  automation: HeadAutomation
  names: Names
  current: AutomationPlace
  mayWrite: boolean
}) {
  const { automation, names, current, mayWrite } = props
  const base = `/ops/automations/${automation.id}`
  const list = automation.kind === 'sequence' ? ['/ops/sequences', 'Sequences'] : ['/ops', 'Automations']
  return (
    <>
      <PageHeader
        title={automation.name}
        crumbs={[{ href: list[0] ?? '', label: list[1] ?? '' }]}
        lead={automation.description || triggerWords(automation.triggerConfig, names)}
        actions={mayWrite ? <Actions base={base} automation={automation} /> : undefined}
      />
      <div class="-mt-2 mb-3 flex flex-wrap items-center gap-2">
        <AutomationStatus {...automation} />
      </div>
      {automation.pausedFor && (
        <Alert tone="warning" title="It stopped by itself">
          {automation.pausedFor}
        </Alert>
      )}
      <Tabs
        label={automation.name}
        tabs={PLACES.map(({ key, path, label }) => ({
          href: `${base}${path}`,
          label,
          current: key === current,
        }))}
      />
    </>
  )
}

function Actions({ base, automation }: { base: string; automation: HeadAutomation }) {
  const { status, version, publishedVersion, triggerConfig } = automation
  const changed = publishedVersion !== version
  const runs = triggerConfig.kind === 'manual'
  return (
    <>
      {runs && (
        <LinkButton href={`${base}/run`} small icon="right">
          Run now
        </LinkButton>
      )}
      {status === 'active' && (
        <LinkButton href={`${base}/pause`} small>
          Pause
        </LinkButton>
      )}
      {status === 'paused' && publishedVersion !== null && (
        <form action={`${base}/resume`} method="post">
          <Button small tone={changed ? 'plain' : 'primary'}>
            Let it go on
          </Button>
        </form>
      )}
      {changed && (
        <LinkButton href={`${base}/publish`} small tone="primary" icon="check">
          {publishedVersion === null ? 'Publish' : 'Publish changes'}
        </LinkButton>
      )}
    </>
  )
}
