// The builder of dashboards: widgets are dragged and resized, by pointer or by keys; each change is one step of the form.
import { GridStack } from 'gridstack'
import { undoByKeys } from './parts/turn-back.ts'

const PLACE_KEY = 'builder-place'
const board = document.querySelector<HTMLElement>('[data-builder]')
const form = document.querySelector<HTMLFormElement>('form[data-builder-place]')
const voice = document.querySelector<HTMLElement>('[data-builder-voice]')

interface Kept {
  path: string
  scroll: number
  widget: string | null
}

/** Pages load anew after each step: the reader stays where they were. */
function keepPlace(widget: string | null): void {
  const kept: Kept = { path: location.pathname, scroll: scrollY, widget }
  sessionStorage.setItem(PLACE_KEY, JSON.stringify(kept))
}

function takePlace(): void {
  const text = sessionStorage.getItem(PLACE_KEY)
  sessionStorage.removeItem(PLACE_KEY)
  if (!text) return
  const kept = JSON.parse(text) as Kept
  if (kept.path !== location.pathname) return
  scrollTo(0, kept.scroll)
  const tile = kept.widget && board?.querySelector<HTMLElement>(`[gs-id="${CSS.escape(kept.widget)}"]`)
  if (!tile) return
  const at = (name: string) => Number(tile.getAttribute(`gs-${name}`))
  if (voice)
    voice.textContent = `${tile.getAttribute('aria-label')}: column ${at('x') + 1}, row ${at('y') + 1}, ${at('w')} wide, ${at('h')} high.`
  tile.focus({ preventScroll: true })
}

function startGrid(element: HTMLElement): void {
  element.classList.remove('grid', 'grid-cols-12', 'gap-3')
  element.classList.add('grid-stack')
  const grid = GridStack.init(
    { column: 12, cellHeight: 92, margin: 6, animate: false, handle: '[data-builder-handle]' },
    element,
  )
  if (!grid) return
  grid.on('dragstop resizestop', (_event: Event, tile: HTMLElement) => {
    const layout = grid.getGridItems().map((item) => {
      const node = item.gridstackNode
      return { id: node?.id, x: node?.x, y: node?.y, w: node?.w, h: node?.h }
    })
    const field = form?.querySelector<HTMLInputElement>('[name="layout"]')
    if (!field) return
    field.value = JSON.stringify(layout)
    keepPlace(tile.getAttribute('gs-id'))
    form?.requestSubmit()
  })
}

const MOVES: Record<string, [plain: string, shifted: string]> = {
  ArrowUp: ['up', 'shorter'],
  ArrowDown: ['down', 'taller'],
  ArrowLeft: ['left', 'narrower'],
  ArrowRight: ['right', 'wider'],
}

/** Arrows move the widget that has the focus, with Shift they size it: both press the button that is there for it. */
board?.addEventListener('keydown', (event) => {
  const tile = event.target as HTMLElement
  const move = MOVES[event.key]
  if (!move || !tile.hasAttribute('gs-id') || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  tile.querySelector<HTMLButtonElement>(`button[value="${move[event.shiftKey ? 1 : 0]}"]`)?.click()
})

board?.addEventListener('submit', (event) => {
  const tile = (event.target as HTMLElement).closest('[gs-id]')
  keepPlace(tile?.getAttribute('gs-id') ?? null)
})

undoByKeys('builder', () => keepPlace(null))

// on a phone the buttons do it: dragging would fight with scrolling
if (board && matchMedia('(min-width: 64rem)').matches) startGrid(board)
takePlace()
