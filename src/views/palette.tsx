/** The command palette: a dialog over pages and records; without JavaScript `/palette` is a page. */
import { Icon, type IconName } from './icon.tsx'

export interface PaletteItem {
  href: string
  label: string
  hint?: string
  icon: IconName
}

export interface PaletteGroup {
  label: string
  items: PaletteItem[]
}

export function PaletteDialog() {
  return (
    <dialog id="palette" class="modal modal-top sm:modal-middle" aria-label="Search or jump to">
      <div class="modal-box max-w-xl p-0">
        <label class="flex items-center gap-2 border-base-300 border-b px-4 py-3">
          <Icon name="search" />
          <span class="sr-only">Search pages and records</span>
          <input
            id="palette-input"
            type="search"
            name="q"
            autocomplete="off"
            placeholder="Search pages, orders, customers, invoices…"
            class="w-full bg-transparent outline-none"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-results"
          />
        </label>
        <div id="palette-results" class="max-h-96 overflow-y-auto p-2" />
      </div>
      <form method="dialog" class="modal-backdrop">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}

export function PaletteResults({ groups }: { groups: PaletteGroup[] }) {
  const filled = groups.filter((group) => group.items.length > 0)
  if (filled.length === 0)
    return <p class="p-3 text-base-content/75 text-sm">Nothing of that name. Try fewer letters.</p>
  return (
    <div>
      {filled.map((group) => (
        <section aria-label={group.label}>
          <h2 class="px-2 pt-2 pb-1 text-base-content/70 text-xs">{group.label}</h2>
          <ul>
            {group.items.map((item) => (
              <li>
                <a href={item.href} class="nav-link" data-palette-item>
                  <Icon name={item.icon} size={16} />
                  <span class="min-w-0 flex-1 truncate">{item.label}</span>
                  {item.hint && <span class="truncate text-base-content/70 text-xs">{item.hint}</span>}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
