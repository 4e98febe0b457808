// Files dropped on a marked place go into its file field; the form is sent as it would be without scripts.

export function watchDrops(): void {
  for (const type of ['dragover', 'dragleave', 'drop'] as const) {
    document.addEventListener(type, (event) => {
      const place = placeOf(event.target)
      if (!place) return
      event.preventDefault()
      place.classList.toggle('drop-ready', type === 'dragover')
      if (type === 'drop') take(place, event.dataTransfer)
    })
  }
  document.addEventListener('change', (event) => {
    const place = placeOf(event.target)
    const field = event.target
    const words = place?.querySelector('[data-drop-words]')
    if (!words || !(field instanceof HTMLInputElement)) return
    const [file] = field.files ?? []
    if (file) words.textContent = `${file.name}, ${sizeOf(file.size)}`
  })
}

const placeOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null

function take(place: HTMLElement, dropped: DataTransfer | null): void {
  const field = place.querySelector<HTMLInputElement>('input[type="file"]')
  if (!field || !dropped?.files.length) return
  field.files = dropped.files
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
