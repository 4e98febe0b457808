/** A page for those who are not signed in: one card, our name above it. */
import type { Child } from 'hono/jsx'
import { Wordmark } from './brand.tsx'
import { Document } from './document.tsx'
import { Toast } from './toast.tsx'

export interface BarePageProps {
  title: string
  locale: string
  wide?: boolean
  /** Nothing around it, edge to edge and dark: for a screen on a wall. */
  screen?: boolean
  flash?: string
  children: Child
}

export function BarePage({ title, locale, wide = false, screen = false, flash, children }: BarePageProps) {
  if (screen) {
    return (
      <Document title={title} locale={locale}>
        <body class="min-h-dvh bg-base-200 text-base-content" data-theme="dark">
          <main id="main">{children}</main>
        </body>
      </Document>
    )
  }
  return (
    <Document title={title} locale={locale}>
      <body class="min-h-dvh bg-base-200 text-base-content">
        <a href="#main" class="skip-link">
          Skip to the page
        </a>
        <div
          class={`mx-auto flex min-h-dvh w-full flex-col gap-6 px-4 py-8 ${wide ? 'max-w-5xl' : 'max-w-md justify-center'}`}
        >
          <header>
            <a href="/" class="inline-block text-lg">
              <Wordmark />
            </a>
          </header>
          <main
            id="main"
            tabindex={-1}
            class="rounded-box border border-base-300 bg-base-100 p-6 outline-none sm:p-8"
          >
            {children}
          </main>
        </div>
        <section id="toasts" class="toast toast-end z-50" aria-live="polite" aria-label="Messages">
          {flash && <Toast text={flash} />}
        </section>
      </body>
    </Document>
  )
}
