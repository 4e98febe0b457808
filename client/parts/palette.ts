// The command palette: Ctrl or Cmd and K, arrows, Enter. The server finds; this only shows.

export function watchPalette(): void {
  const dialog = document.querySelector<HTMLDialogElement>('#palette')
  const input = document.querySelector<HTMLInputElement>('#palette-input')
  const results = document.querySelector<HTMLElement>('#palette-results')
  if (!dialog || !input || !results) return
  let asked = 0

  const open = () => {
    dialog.showModal()
    input.value = ''
    input.focus()
    void find()
  }
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      open()
    }
  })
  for (const form of document.querySelectorAll('form[data-palette-open]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      open()
    })
  }

  async function find(): Promise<void> {
    const mine = ++asked
    const answer = await fetch(`/palette?q=${encodeURIComponent(input?.value ?? '')}`, {
      headers: { 'HX-Request': 'true', 'HX-Request-Type': 'partial' },
    })
    if (mine !== asked || !answer.ok || !results) return
    const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html')
    results.replaceChildren(...parsed.body.childNodes)
    offerAsOptions(results)
    select(0)
  }

  const items = () => Array.from(results.querySelectorAll<HTMLAnchorElement>('a[data-palette-item]'))
  function select(index: number): void {
    const all = items()
    all.forEach((item, place) => {
      item.id = `palette-item-${place}`
      item.setAttribute('aria-selected', String(place === index))
    })
    all[index]?.scrollIntoView({ block: 'nearest' })
    input?.setAttribute('aria-activedescendant', all[index]?.id ?? '')
  }

  let pause: ReturnType<typeof setTimeout> | undefined
  input.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(() => void find(), 120)
  })
  input.addEventListener('keydown', (event) => {
    const all = items()
    const now = all.findIndex((item) => item.getAttribute('aria-selected') === 'true')
    if (event.key === 'ArrowDown') select(Math.min(all.length - 1, now + 1))
    else if (event.key === 'ArrowUp') select(Math.max(0, now - 1))
    else if (event.key === 'Enter') all[now]?.click()
    else return
    event.preventDefault()
  })
}

/** To a reader of the screen the links are the options of the search field; as a page of their own they stay links. */
function offerAsOptions(results: HTMLElement): void {
  results.setAttribute('role', 'listbox')
  results.setAttribute('aria-label', 'Found')
  for (const part of results.querySelectorAll('div, ul, li')) part.setAttribute('role', 'none')
  for (const heading of results.querySelectorAll('h2')) heading.setAttribute('aria-hidden', 'true')
  for (const group of results.querySelectorAll('section')) group.setAttribute('role', 'group')
  for (const link of results.querySelectorAll('a')) {
    link.setAttribute('role', 'option')
    link.tabIndex = -1
  }
}
