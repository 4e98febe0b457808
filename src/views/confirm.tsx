/**
 * A second thought before something that cannot be taken back. With JavaScript a dialog asks; without it the form posts
 * and the server answers `ConfirmPage`, because the field `confirmed` is absent.
 */
import type { Child } from 'hono/jsx'

export interface ConfirmWords {
  action: string
  title: string
  text: Child
  confirmLabel: string
  tone?: 'danger' | 'primary'
  fields?: Record<string, string>
}

export interface ConfirmButtonProps extends ConfirmWords {
  label: string
  small?: boolean
}

export function ConfirmButton({ label, small = true, ...words }: ConfirmButtonProps) {
  const look = words.tone === 'primary' ? 'btn-primary' : 'btn-outline btn-error'
  return (
    <form action={words.action} method="post" data-confirm class="contents">
      <Hidden fields={words.fields} />
      <button type="submit" class={`btn ${small ? 'btn-sm' : ''} ${look}`}>
        {label}
      </button>
      <template>
        <ConfirmBody {...words} />
      </template>
    </form>
  )
}

/** The page of the same words. `cancelHref` leads back. */
export function ConfirmPage({ cancelHref, ...words }: ConfirmWords & { cancelHref: string }) {
  return (
    <div class="mx-auto max-w-lg rounded-box border border-base-300 bg-base-100 p-6">
      <h1 class="font-semibold text-xl">{words.title}</h1>
      <div class="mt-2 text-sm">{words.text}</div>
      <form action={words.action} method="post" class="mt-5 flex gap-2">
        <Hidden fields={words.fields} />
        <input type="hidden" name="confirmed" value="yes" />
        <button type="submit" class={`btn ${words.tone === 'primary' ? 'btn-primary' : 'btn-error'}`}>
          {words.confirmLabel}
        </button>
        <a href={cancelHref} class="btn border-base-300 bg-base-100">
          Cancel
        </a>
      </form>
    </div>
  )
}

function ConfirmBody(words: ConfirmWords) {
  return (
    <div>
      <h2 class="font-semibold text-lg" data-confirm-title>
        {words.title}
      </h2>
      <div class="mt-2 text-sm">{words.text}</div>
      <div class="mt-5 flex justify-end gap-2">
        <button type="button" class="btn border-base-300 bg-base-100" data-confirm-no>
          Cancel
        </button>
        <button
          type="button"
          class={`btn ${words.tone === 'primary' ? 'btn-primary' : 'btn-error'}`}
          data-confirm-yes
        >
          {words.confirmLabel}
        </button>
      </div>
    </div>
  )
}

function Hidden({ fields = {} }: { fields?: Record<string, string> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  )
}
