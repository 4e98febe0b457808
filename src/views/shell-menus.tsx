/** The two menus of the shell: which workspace, and the person. Both open without JavaScript. */
import { Icon } from './icon.tsx'
import type { ShellViewer } from './viewer.ts'

export function WorkspaceMenu({ viewer }: { viewer: ShellViewer }) {
  return (
    <details class="dropdown w-full" data-menu>
      <summary class="flex cursor-pointer list-none items-center gap-2 rounded-field px-2 py-1.5 hover:bg-base-200">
        <span
          class="grid size-7 shrink-0 place-items-center rounded-md bg-primary/12 font-semibold text-primary text-sm"
          aria-hidden="true"
        >
          {viewer.workspace.name.slice(0, 1).toUpperCase()}
        </span>
        <span class="min-w-0 flex-1 truncate font-medium text-sm">{viewer.workspace.name}</span>
        <Icon name="updown" size={16} class="text-base-content/70" />
      </summary>
      <div class="dropdown-content z-50 mt-1 w-64 rounded-box border border-base-300 bg-base-100 p-1.5 shadow-lg">
        <p class="px-2 py-1 text-base-content/70 text-xs">Workspaces</p>
        <ul>
          {viewer.workspaces.map((workspace) => (
            <li>
              <form action="/workspaces/switch" method="post">
                <input type="hidden" name="workspace" value={workspace.id} />
                <button
                  type="submit"
                  class="nav-link w-full text-left"
                  aria-current={workspace.id === viewer.workspace.id ? 'true' : undefined}
                >
                  <span class="min-w-0 flex-1 truncate">{workspace.name}</span>
                  {workspace.id === viewer.workspace.id && <Icon name="check" size={16} />}
                </button>
              </form>
            </li>
          ))}
        </ul>
        <a href="/workspaces/new" class="nav-link">
          <Icon name="plus" size={16} /> New workspace
        </a>
      </div>
    </details>
  )
}

const THEMES = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function PersonMenu({ viewer, compact = false }: { viewer: ShellViewer; compact?: boolean }) {
  return (
    <details class={`dropdown ${compact ? 'dropdown-end' : 'dropdown-top w-full'}`} data-menu>
      <summary class="flex cursor-pointer list-none items-center gap-2 rounded-field px-2 py-1.5 hover:bg-base-200">
        <span
          class="grid size-8 shrink-0 place-items-center rounded-full bg-neutral text-neutral-content text-xs"
          aria-hidden="true"
        >
          {initials(viewer.name)}
        </span>
        {compact ? (
          <span class="sr-only">Your account</span>
        ) : (
          <span class="min-w-0 flex-1">
            <span class="block truncate font-medium text-sm">{viewer.name}</span>
            <span class="block truncate text-base-content/70 text-xs">{viewer.role}</span>
          </span>
        )}
      </summary>
      <div class="dropdown-content z-50 w-64 rounded-box border border-base-300 bg-base-100 p-1.5 shadow-lg">
        <p class="truncate px-2 py-1 text-base-content/70 text-xs">{viewer.email}</p>
        <a href="/settings/profile" class="nav-link">
          <Icon name="user" size={16} /> Your profile
        </a>
        <a href="/settings/security" class="nav-link">
          <Icon name="shield" size={16} /> Sign-in and devices
        </a>
        <form action="/settings/theme" method="post" class="flex items-center gap-1 px-2 py-1.5">
          <fieldset class="join w-full">
            <legend class="sr-only">Appearance</legend>
            {THEMES.map(({ value, label }) => (
              <button
                type="submit"
                name="theme"
                value={value}
                class={`btn join-item btn-xs flex-1 ${viewer.theme === value ? 'btn-primary' : ''}`}
                aria-pressed={viewer.theme === value ? 'true' : 'false'}
              >
                {label}
              </button>
            ))}
          </fieldset>
        </form>
        <form action="/sign-out" method="post">
          <button type="submit" class="nav-link w-full text-left">
            <Icon name="out" size={16} /> Sign out
          </button>
        </form>
      </div>
    </details>
  )
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('')
    .toUpperCase()
