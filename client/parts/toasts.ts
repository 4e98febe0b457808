// Toasts go by themselves after a while, or at their button; never while pointer or focus rests on them. Mistakes stay.

const STAY_MS = 7000

export function watchToasts(): void {
  const place = document.querySelector('#toasts')
  if (!place) return
  for (const toast of place.querySelectorAll<HTMLElement>('[data-toast]')) meet(toast)
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes)
        if (node instanceof HTMLElement && node.matches('[data-toast]')) meet(node)
    }
  }).observe(place, { childList: true })
}

function meet(toast: HTMLElement): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'toast-close'
  button.textContent = '×'
  button.setAttribute('aria-label', 'Close this message')
  button.addEventListener('click', () => toast.remove())
  toast.append(button)
  if (toast.dataset.toast === 'error') return
  let timer = setTimeout(() => toast.remove(), STAY_MS)
  const wait = () => clearTimeout(timer)
  const resume = () => {
    clearTimeout(timer)
    timer = setTimeout(() => toast.remove(), STAY_MS / 2)
  }
  toast.addEventListener('pointerenter', wait)
  toast.addEventListener('focusin', wait)
  toast.addEventListener('pointerleave', resume)
  toast.addEventListener('focusout', resume)
}
