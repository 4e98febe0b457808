// Files dropped on a marked place go into its file field; the form is sent as it would be without scripts.

export function watchDrops(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-drop]')) {
    const field = place.querySelector<HTMLInputElement>('input[type="file"]')
    const words = place.querySelector<HTMLElement>('[data-drop-words]')
    if (!field) continue
    const mark = (on: boolean) => place.classList.toggle('border-primary', on)
    place.addEventListener('dragover', (event) => {
      event.preventDefault()
      mark(true)
    })
    place.addEventListener('dragleave', () => mark(false))
    place.addEventListener('drop', (event) => {
      event.preventDefault()
      mark(false)
      if (event.dataTransfer?.files.length) {
        field.files = event.dataTransfer.files
        field.dispatchEvent(new Event('change', { bubbles: true }))
      }
    })
    field.addEventListener('change', () => {
      const [file] = field.files ?? []
      if (words && file)
        words.textContent = `${file.name}, ${Math.ceil(file.size / 1024).toLocaleString()} KB`
    })
  }
}
