// The words of a formula, offered while it is typed: arrows choose, Enter or Tab takes, Escape leaves it.

const MOST = 8
/** The word that ends at the caret. */
const WORD = /[A-Za-z_][A-Za-z0-9_]*$/

interface Word {
  value: string
  label: string
}

export function watchFormulas(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-formula]')) {
    const area = box.querySelector('textarea')
    const words = [...(document.getElementById(box.dataset.formula ?? '')?.querySelectorAll('option') ?? [])]
    if (area) offerWords(box, area, words)
  }
}

function offerWords(box: HTMLElement, area: HTMLTextAreaElement, words: Word[]): void {
  const list = document.createElement('ul')
  list.id = `${area.id}-offers`
  list.hidden = true
  list.className = 'menu mt-1 w-full rounded-box border border-base-300 bg-base-100 shadow'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Words that fit')
  box.append(list)
  area.setAttribute('autocomplete', 'off')
  area.setAttribute('aria-autocomplete', 'list')
  area.setAttribute('aria-controls', list.id)
  let chosen = 0

  const close = () => {
    list.hidden = true
    area.removeAttribute('aria-activedescendant')
  }
  const mark = (at: number) => {
    chosen = (at + list.children.length) % list.children.length
    for (const [n, line] of [...list.children].entries()) {
      line.setAttribute('aria-selected', String(n === chosen))
      line.firstElementChild?.classList.toggle('menu-active', n === chosen)
    }
    area.setAttribute('aria-activedescendant', list.children[chosen]?.id ?? '')
  }
  const take = (value: string) => {
    const end = area.selectionEnd
    const start = end - (WORD.exec(area.value.slice(0, end))?.[0].length ?? 0)
    area.setRangeText(value, start, end, 'end')
    close()
    area.focus()
    area.dispatchEvent(new Event('input', { bubbles: true }))
    close()
  }

  area.addEventListener('input', () => {
    const fitting = fits(words, WORD.exec(area.value.slice(0, area.selectionEnd))?.[0] ?? '')
    list.replaceChildren(...fitting.map((word, n) => lineOf(word, `${list.id}-${n}`, take)))
    list.hidden = fitting.length === 0
    if (fitting.length > 0) mark(0)
    else close()
  })
  area.addEventListener('keydown', (event) => {
    if (list.hidden) return
    if (event.key === 'ArrowDown') mark(chosen + 1)
    else if (event.key === 'ArrowUp') mark(chosen - 1)
    else if (event.key === 'Enter' || event.key === 'Tab')
      take(list.children[chosen]?.getAttribute('data-word') ?? '')
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  })
  area.addEventListener('blur', close)
}

/** What begins with it before what has it inside, in the word or in its name; a word that is whole needs no offer. */
function fits(words: readonly Word[], typed: string): Word[] {
  if (typed.length < 2) return []
  const sought = typed.toLowerCase()
  if (words.some(({ value }) => value === sought)) return []
  const begins = words.filter(({ value }) => value.startsWith(sought))
  const holds = words.filter(
    ({ value, label }) =>
      !value.startsWith(sought) && (value.includes(sought) || label.toLowerCase().includes(sought)),
  )
  return [...begins, ...holds].slice(0, MOST)
}

function lineOf({ value, label }: Word, id: string, take: (value: string) => void): HTMLElement {
  const line = document.createElement('li')
  line.id = id
  line.dataset.word = value
  line.setAttribute('role', 'option')
  const inside = document.createElement('span')
  const code = document.createElement('code')
  code.textContent = value
  const name = document.createElement('span')
  // the colour of the row, also when it is the chosen one
  name.className = 'text-xs opacity-80'
  name.textContent = label
  inside.append(code, name)
  line.append(inside)
  // before the field loses the focus
  line.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    take(value)
  })
  return line
}
