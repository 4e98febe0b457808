// Undo and redo by keys, and staying where one was, for builders whose pages load anew after each step.

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y) outside of fields press the buttons `[data-<name>-undo]` and `[data-<name>-redo]`. */
export function undoByKeys(name: string, before: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || (event.target as HTMLElement).closest('input, textarea, select'))
      return
    const key = event.key.toLowerCase()
    const wish = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null
    const button =
      wish && document.querySelector<HTMLButtonElement>(`[data-${name}-${wish}] button:not(:disabled)`)
    if (!button) return
    event.preventDefault()
    before()
    button.click()
  })
}
