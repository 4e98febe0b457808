/** The shell: navigation, search, workspace and person, and the page itself. */
import type { Child } from 'hono/jsx'
import { Bell } from './bell.tsx'
import { Wordmark } from './brand.tsx'
import { Document } from './document.tsx'
import { Icon } from './icon.tsx'
import { PaletteDialog } from './palette.tsx'
import { PersonMenu, WorkspaceMenu } from './shell-menus.tsx'
import { Toast } from './toast.tsx'
import type { NavItem, ShellViewer } from './viewer.ts'

export interface PageProps {
  title: string
  viewer: ShellViewer
  section: string
  /** Words from the request before, shown once. */
  flash?: string
  children: Child
}

export function Page({ title, viewer, section, flash, children }: PageProps) {
  return (
    <Document title={title} locale={viewer.locale} theme={viewer.theme}>
      <body class="min-h-dvh bg-base-200 text-base-content">
        <a href="#main" class="skip-link">
          Skip to the page
        </a>
        {viewer.development && <DevelopmentBar />}
        {viewer.testDataOf && <TestDataBar live={viewer.testDataOf} />}
        {viewer.erasedOn && <ErasureBar day={viewer.erasedOn} />}
        <div class="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
          <SideBar viewer={viewer} section={section} />
          <div class="min-w-0">
            <TopBar viewer={viewer} />
            <main
              id="main"
              tabindex={-1}
              class="mx-auto w-full max-w-7xl px-4 pt-5 pb-28 outline-none sm:px-6 lg:pb-12"
            >
              {children}
            </main>
          </div>
        </div>
        <PhoneBar viewer={viewer} section={section} />
        <section
          id="toasts"
          class="toast toast-end z-50 max-lg:bottom-16"
          aria-live="polite"
          aria-label="What just happened"
        >
          {flash && <Toast text={flash} />}
        </section>
        <PaletteDialog />
      </body>
    </Document>
  )
}

function DevelopmentBar() {
  return (
    <aside class="bg-neutral px-4 py-1 text-center text-neutral-content text-xs" aria-label="Development">
      Development, nothing leaves this machine{' · '}
      <a href="/dev" class="underline">
        Tools
      </a>
    </aside>
  )
}

function TestDataBar({ live }: { live: string }) {
  return (
    <aside class="px-4 py-1.5 text-center text-sm tone-warning" aria-label="Test data">
      <form action="/workspaces/switch" method="post">
        <input type="hidden" name="workspace" value={live} />
        <strong>Test data.</strong> Nothing here is real, and no mail leaves.{' '}
        <button type="submit" class="link">
          Back to the live workspace
        </button>
      </form>
    </aside>
  )
}

function ErasureBar({ day }: { day: string }) {
  return (
    <aside class="bg-error px-4 py-1.5 text-center text-error-content text-sm" aria-label="Erasure">
      This workspace and everything in it will be erased on {day}.{' '}
      <a href="/settings/data" class="underline">
        Keep it, or take the data out
      </a>
    </aside>
  )
}

function SideBar({ viewer, section }: { viewer: ShellViewer; section: string }) {
  return (
    <header class="hidden border-base-300 border-r bg-base-100 lg:block">
      <div
        class={`sticky top-0 flex flex-col gap-4 px-3 py-4 ${viewer.development ? 'h-[calc(100dvh-1.5rem)]' : 'h-dvh'}`}
      >
        <a href="/" class="px-2 text-base">
          <Wordmark />
        </a>
        <WorkspaceMenu viewer={viewer} />
        <nav aria-label="Main" class="flex flex-col gap-0.5">
          {viewer.nav.map((item) => (
            <NavLink item={item} current={item.section === section} />
          ))}
        </nav>
        <div class="mt-auto">
          <PersonMenu viewer={viewer} />
        </div>
      </div>
    </header>
  )
}

function NavLink({ item, current }: { item: NavItem; current: boolean }) {
  return (
    <a
      href={item.href}
      class={`nav-link ${current ? 'nav-link-current' : ''}`}
      aria-current={current ? 'page' : undefined}
    >
      <Icon name={item.icon} />
      {item.label}
    </a>
  )
}

function TopBar({ viewer }: { viewer: ShellViewer }) {
  return (
    <section
      aria-label="Search and account"
      class="flex items-center gap-2 border-base-300 border-b bg-base-100 px-4 py-2 sm:px-6"
    >
      <div class="min-w-0 flex-1 lg:hidden">
        <WorkspaceMenu viewer={viewer} />
      </div>
      <form action="/palette" method="get" class="hidden lg:block" data-palette-open>
        <button
          type="submit"
          class="btn btn-sm w-72 justify-start gap-2 border-base-300 bg-base-100 font-normal text-base-content/75"
        >
          <Icon name="search" size={16} />
          Search or jump to…
          <kbd class="kbd kbd-sm ml-auto">Ctrl K</kbd>
        </button>
      </form>
      <form action="/palette" method="get" class="lg:hidden" data-palette-open>
        <button type="submit" class="btn btn-ghost btn-square btn-sm" aria-label="Search">
          <Icon name="search" />
        </button>
      </form>
      <div class="lg:ml-auto">
        <Bell unread={viewer.unread} />
      </div>
      <div class="lg:hidden">
        <PersonMenu viewer={viewer} compact />
      </div>
    </section>
  )
}

function PhoneBar({ viewer, section }: { viewer: ShellViewer; section: string }) {
  return (
    <nav
      aria-label="Main, phone"
      class="fixed inset-x-0 bottom-0 z-40 grid grid-flow-col border-base-300 border-t bg-base-100 lg:hidden"
    >
      {viewer.nav.map((item) => (
        <a
          href={item.href}
          class={`flex flex-col items-center gap-0.5 py-2 text-xs ${item.section === section ? 'font-semibold text-primary' : 'text-base-content/80'}`}
          aria-current={item.section === section ? 'page' : undefined}
        >
          <Icon name={item.icon} size={20} />
          {item.label}
        </a>
      ))}
    </nav>
  )
}
