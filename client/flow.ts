// The builder of automations: steps are dragged between lists, and fields are put into the text where the cursor stands.
import Sortable from 'sortablejs'
import { undoByKeys } from './parts/turn-back.ts'

const KEY = 'flow-place'
const form = document.querySelector<HTMLFormElement>('form[data-flow-place]')
const flow = document.querySelector<HTMLElement>('[data-flow]')

/** Each change loads the page anew: the reader stays where they were. */
function keepPlace(): void {
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, scroll: scrollY }))
}

function takePlace(): void {
  const text = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  if (!text) return
  const kept = JSON.parse(text) as { path: string; scroll: number }
  if (kept.path === location.pathname) scrollTo(0, kept.scroll)
}

const stepsOf = (list: HTMLElement): HTMLElement[] =>
  [...list.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && 'flowStep' in child.dataset,
  )

function startDragging(list: HTMLElement): void {
  Sortable.create(list, {
    group: 'flow',
    handle: '[data-flow-handle]',
    draggable: '[data-flow-step]',
    animation: 120,
    fallbackOnBody: true,
    invertSwap: true,
    emptyInsertThreshold: 24,
    ghostClass: 'flow-ghost',
    onEnd({ item, to }) {
      const at = stepsOf(to).indexOf(item)
      const set = (name: string, value: string) => {
        const field = form?.querySelector<HTMLInputElement>(`[name="${name}"]`)
        if (field) field.value = value
      }
      set('id', item.dataset.flowStep ?? '')
      set('list', to.dataset.flowList ?? '')
      set('at', String(at))
      keepPlace()
      form?.requestSubmit()
    },
  })
}

// on a phone the buttons do it: dragging would fight with scrolling
if (flow && matchMedia('(min-width: 48rem)').matches)
  for (const list of flow.querySelectorAll<HTMLElement>('[data-flow-list]')) startDragging(list)

flow?.addEventListener('submit', keepPlace)
takePlace()

undoByKeys('flow', keepPlace)

type TextField = HTMLInputElement | HTMLTextAreaElement

let last: TextField | null = null
document.addEventListener('focusin', ({ target }) => {
  const isText =
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
  if (isText) last = target as TextField
})

/** Conditions and lists take the path alone, every other field takes it in braces. */
document.addEventListener('click', (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>('[data-insert-field]')
  if (!button) return
  const field = last ?? document.querySelector<TextField>('main form textarea, main form input[type="text"]')
  if (!field) return
  const braces = button.dataset.insertField ?? ''
  const bare = /_field$|^list$/.test(field.name)
  const text = bare ? braces.replace(/[{}\s]/g, '') : braces
  const at = field.selectionStart ?? field.value.length
  field.value = bare ? text : field.value.slice(0, at) + text + field.value.slice(field.selectionEnd ?? at)
  field.focus()
  const end = bare ? text.length : at + text.length
  field.setSelectionRange(end, end)
})
