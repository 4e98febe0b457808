/** The places of Mini Foundry. */
import { Tabs } from '../../../views/tabs.tsx'

const PLACES = [
  { key: 'dashboards', href: '/foundry', label: 'Dashboards' },
  { key: 'metrics', href: '/foundry/metrics', label: 'Metrics' },
  { key: 'imports', href: '/foundry/imports', label: 'Imports' },
  { key: 'sources', href: '/foundry/sources', label: 'Sources' },
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
