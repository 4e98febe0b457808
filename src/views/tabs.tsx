/** Places side by side, as links: each has an address of its own. */

export interface Tab {
  href: string
  label: string
  current: boolean
  count?: number
}

export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} class="mb-5 overflow-x-auto border-base-300 border-b">
      <ul class="flex gap-1">
        {tabs.map((tab) => (
          <li>
            <a
              href={tab.href}
              class={`block whitespace-nowrap border-b-2 px-3 py-2 text-sm ${tab.current ? 'border-primary font-semibold' : 'border-transparent text-base-content/80 hover:border-base-300'}`}
              aria-current={tab.current ? 'page' : undefined}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span class="ml-1 text-base-content/70 tabular-nums">{tab.count}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
