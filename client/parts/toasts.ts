// Toasts go by themselves after a while, or at a click; never while the pointer rests on them.

const STAY_MS = 6000

export function watchToasts(): void {
  const place = document.querySelector('#toasts')
  if (!place) return
  const meet = (toast: HTMLElement) => {
    let timer = setTimeout(() => toast.remove(), STAY_MS)
    toast.addEventListener('pointerenter', () => clearTimeout(timer))
    toast.addEventListener('pointerleave', () => {
      timer = setTimeout(() => toast.remove(), STAY_MS / 2)
    })
    toast.addEventListener('click', () => toast.remove())
  }
  for (const toast of place.querySelectorAll<HTMLElement>('[data-toast]')) meet(toast)
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node instanceof HTMLElement && node.matches('[data-toast]')) meet(node)
    }
  }).observe(place, { childList: true })
}
