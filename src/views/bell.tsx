/** The bell of the shell: how many notices wait, kept up to date and said aloud once when it changes. */
import { Icon } from './icon.tsx'

const CEILING = 100

export function Bell({ unread }: { unread: number }) {
  return (
    <>
      <a href="/notifications" class="btn btn-ghost btn-square btn-sm relative">
        <Icon name="bell" />
        <span id="inbox-count">
          <Count unread={unread} />
        </span>
      </a>
      <p id="inbox-said" role="status" class="sr-only">
        {inWords(unread)}
      </p>
      <div id="inbox-line" hidden {...{ 'hx-ws:connect': '/live?kind=inbox' }} />
    </>
  )
}

/** The same as pieces for an open page. The elements stay, only what is in them changes: a reader hears it then. */
export const inboxPieces = (unread: number): string =>
  (
    <>
      <hx-partial hx-target="#inbox-count" hx-swap="innerMorph">
        <Count unread={unread} />
      </hx-partial>
      <hx-partial hx-target="#inbox-said" hx-swap="innerMorph">
        {inWords(unread)}
      </hx-partial>
    </>
  ).toString()

function Count({ unread }: { unread: number }) {
  return (
    <>
      <span class="sr-only">Notifications: {inWords(unread)}</span>
      {unread > 0 && (
        <span
          class="badge badge-primary badge-xs absolute -top-1 -right-1 min-w-4 tabular-nums"
          aria-hidden="true"
        >
          {shown(unread)}
        </span>
      )}
    </>
  )
}

const shown = (unread: number): string => (unread >= CEILING ? `${CEILING - 1}+` : String(unread))

const inWords = (unread: number): string => (unread === 0 ? 'none unread' : `${shown(unread)} unread`)
