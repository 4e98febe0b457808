/** The places of Mini Foundry. */
import { Tabs } from '../../../views/tabs.tsx'

const PLACES = [
  { key: 'dashboards', href: '/foundry', label: 'Dashboards' },
  { key: 'metrics', href: '/foundry/metrics', label: 'Metrics' },
  { key: 'targets', href: '/foundry/targets', label: 'Targets' },
  { key: 'alerts', href: '/foundry/alerts', label: 'Alerts' },
  { key: 'money', href: '/foundry/money', label: 'Money' },
  { key: 'sources', href: '/foundry/sources', label: 'Sources' },
  { key: 'imports', href: '/foundry/imports', label: 'Imports' },
  { key: 'customers', href: '/foundry/customers', label: 'Customers' },
  { key: 'products', href: '/foundry/products', label: 'Products' },
  { key: 'invoices', href: '/foundry/invoices', label: 'Invoices' },
] as const

export function FoundryTabs({ current }: { current: (typeof PLACES)[number]['key'] }) {
  return (
    <Tabs
      label="Mini Foundry"
      tabs={PLACES.map(({ key, href, label }) => ({ href, label, current: key === current }))}
    />
  )
}
