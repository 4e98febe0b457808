// What every page gains when scripts run: the palette, dialogs that ask first, toasts that go, copying, charts that answer.
import { watchCharts } from './parts/chart-hover.ts'
import { watchConfirms } from './parts/confirm.ts'
import { watchCopies } from './parts/copy.ts'
import { watchDrops } from './parts/drop.ts'
import { watchFormulas } from './parts/formula.ts'
import { watchPalette } from './parts/palette.ts'
import { watchToasts } from './parts/toasts.ts'
import { watchUploads } from './parts/upload.ts'

watchPalette()
watchConfirms()
watchCopies()
watchToasts()
watchDrops()
watchUploads()
watchCharts()
watchFormulas()

/** After an answer with mistakes the reader is led to the summary. */
function focusErrors(): void {
  const summary = document.querySelector<HTMLElement>('[data-error-summary]:not([data-read])')
  summary?.setAttribute('data-read', '')
  summary?.focus()
}
focusErrors()
document.addEventListener('htmx:after:swap', focusErrors)

/** One menu at a time, and none after a click elsewhere or Escape. */
document.addEventListener('click', (event) => closeMenus(event.target as Node))
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus(null)
})

function closeMenus(keep: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (!keep || !menu.contains(keep)) menu.open = false
  }
}
