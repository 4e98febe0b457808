// Forms with a file say how far the file has gone. Where this cannot be, the form is sent as it would be without scripts.

export function watchUploads(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return
    if (
      form.enctype !== 'multipart/form-data' ||
      !form.querySelector('[data-drop]') ||
      form.matches('[hx-post]')
    )
      return
    event.preventDefault()
    send(form, new FormData(form, event.submitter))
  })
}

function send(form: HTMLFormElement, data: FormData): void {
  const request = new XMLHttpRequest()
  const bar = progressOf(form)
  const buttons = Array.from(form.querySelectorAll<HTMLButtonElement>('button[type="submit"]'))
  const rest = () => {
    for (const button of buttons) button.disabled = false
    bar.remove()
  }
  for (const button of buttons) button.disabled = true
  request.upload.addEventListener('progress', (event) => {
    if (event.lengthComputable) bar.say(event.loaded / event.total)
  })
  request.addEventListener('load', () => {
    const next = request.getResponseHeader('HX-Redirect')
    if (next) return location.assign(next)
    rest()
    showAnswer(form, request.responseText)
  })
  request.addEventListener('error', () => {
    rest()
    bar.fail('The file did not arrive: the connection broke. Send it again.')
  })
  // The server then names the next page in a header instead of moving there, so that its message is shown once, there.
  request.open('POST', form.action)
  request.setRequestHeader('HX-Request', 'true')
  request.send(data)
}

/** An answer that is not a move: the page with its mistakes, in place of this one. */
function showAnswer(form: HTMLFormElement, html: string): void {
  const answer = new DOMParser().parseFromString(html, 'text/html')
  const main = document.querySelector('main')
  const content = answer.querySelector('main') ?? answer.body
  if (main) main.replaceChildren(...content.childNodes)
  else form.replaceWith(...content.childNodes)
  ;(window as { htmx?: { process(part: Element): void } }).htmx?.process(main ?? document.body)
  document.dispatchEvent(new CustomEvent('htmx:after:swap'))
  scrollTo({ top: 0 })
}

function progressOf(form: HTMLFormElement) {
  const place = form.querySelector<HTMLElement>('[data-drop]')
  const bar = document.createElement('progress')
  bar.className = 'progress progress-primary mt-3 w-full'
  bar.max = 1
  bar.setAttribute('aria-label', 'Sending the file')
  const words = place?.querySelector<HTMLElement>('[data-drop-words]')
  const before = words?.textContent ?? ''
  words?.setAttribute('role', 'status')
  place?.append(bar)
  const tell = (text: string) => {
    if (words && words.textContent !== text) words.textContent = text
  }
  return {
    say(share: number) {
      bar.value = share
      tell(share < 1 ? `Sending, ${Math.floor(share * 10) * 10} %` : 'Sent. Reading the file…')
    },
    remove() {
      bar.remove()
      tell(before)
    },
    fail: tell,
  }
}
