/** The places of Ops Copilot. */
import { Tabs } from '../../../views/tabs.tsx'

const PLACES = [
  { key: 'automations', href: '/ops', label: 'Automations' },
  { key: 'runs', href: '/ops/runs', label: 'Runs' },
  { key: 'approvals', href: '/ops/approvals', label: 'Approvals' },
  { key: 'tasks', href: '/ops/tasks', label: 'Tasks' },
  { key: 'templates', href: '/ops/templates', label: 'Templates' },
  { key: 'settings', href: '/ops/settings', label: 'Working hours' },
] as const

export type OpsPlace = (typeof PLACES)[number]['key']

export function OpsTabs({ current }: { current: OpsPlace }) {
  return (
    <Tabs
      label="Ops Copilot"
      tabs={PLACES.map(({ key, href, label }) => ({ href, label, current: key === current }))}
    />
  )
}
