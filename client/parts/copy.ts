// Buttons that copy the field they name.

export function watchCopies(): void {
  document.addEventListener('click', async (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-copy]')
    if (!button) return
    const field = document.getElementById(button.dataset.copy ?? '') as HTMLInputElement | null
    if (!field) return
    field.select()
    await navigator.clipboard.writeText(field.value).catch(() => document.execCommand('copy'))
    const words = button.textContent
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = words
    }, 1500)
  })
}
