// Passkeys: forms marked `data-passkey` appear where the browser can, ask it for a key, and post what it answers.
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

const OPTIONS = '/sign-in/passkey/options'
/** Challenges last five minutes; a page that waits for autofill asks for a new one before. */
const RENEW_MS = 4 * 60_000

if (browserSupportsWebAuthn()) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) watch(form)
}

function watch(form: HTMLFormElement): void {
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!form.reportValidity()) return
    say(form, '')
    void (form.dataset.passkey === 'make' ? make(form) : use(form, false))
  })
  if (form.dataset.autofill !== undefined) void offerAutofill(form)
}

/** Known keys appear in the list below the e-mail field. */
async function offerAutofill(form: HTMLFormElement): Promise<void> {
  if (!(await browserSupportsWebAuthnAutofill())) return
  void use(form, true)
  setInterval(() => {
    if (document.visibilityState === 'visible' && form.dataset.busy === undefined) void use(form, true)
  }, RENEW_MS)
}

async function use(form: HTMLFormElement, quiet: boolean): Promise<void> {
  if (!quiet) form.dataset.busy = ''
  try {
    const response = await fetch(OPTIONS, { headers: { Accept: 'application/json' } })
    if (!response.ok) throw new Error('no challenge')
    const { options, ticket } = await response.json()
    const answer = await startAuthentication({ optionsJSON: options, useBrowserAutofill: quiet })
    send(form, answer, ticket)
  } catch (error) {
    delete form.dataset.busy
    if (!quiet) say(form, wordsOf(error))
  }
}

async function make(form: HTMLFormElement): Promise<void> {
  try {
    send(form, await startRegistration({ optionsJSON: JSON.parse(form.dataset.options ?? '{}') }))
  } catch (error) {
    say(form, wordsOf(error))
  }
}

function send(form: HTMLFormElement, answer: object, ticket?: string): void {
  field(form, 'credential').value = JSON.stringify(answer)
  if (ticket !== undefined) field(form, 'ticket').value = ticket
  form.submit()
}

const field = (form: HTMLFormElement, name: string): HTMLInputElement =>
  form.elements.namedItem(name) as HTMLInputElement

function say(form: HTMLFormElement, words: string): void {
  const place = form.querySelector<HTMLElement>('[data-passkey-words]')
  if (place) place.textContent = words
}

function wordsOf(error: unknown): string {
  const { name } = error as Error
  if (name === 'InvalidStateError') return 'This device has a passkey for your account already.'
  if (name === 'NotAllowedError' || name === 'AbortError')
    return 'Cancelled, or it took too long. Nothing was changed; try again.'
  return 'The browser could not do it. Reload the page and try again.'
}
