/** Who looks at the same thing with the same rights: rendered once for all of them, and sent only what is new to each. */
import { sha256Hex } from '../platform/crypto/digest.ts'
import type { LivePiece, LiveSeat } from '../platform/live.ts'
import type { Services } from '../platform/services.ts'
import { renderSeat } from './live-render.ts'

/** Application close codes are 4000-4999; on this one the page does not come back by itself. */
export const SESSION_OVER = 4401

const TAG = 'audience:'

/** The tag that all sockets of an audience carry. Tags are short, so that it is a digest. */
export const audienceOf = async ({ tenantId, role, view }: LiveSeat): Promise<string> =>
  TAG + (await sha256Hex(JSON.stringify([tenantId, role, view])))

/**
 * Lives in memory only: after an eviction everybody is sent everything once. In between, all sockets in `#told` have
 * exactly the pieces whose digests `#sent` holds for their audience.
 */
export class LiveAudiences {
  readonly #ctx: DurableObjectState
  readonly #sent = new Map<string, Map<string, string>>()
  readonly #told = new WeakSet<WebSocket>()

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx
  }

  isTold(socket: WebSocket): boolean {
    return this.#told.has(socket)
  }

  /** Each audience among those who wait for a topic. */
  of(topic: string): string[] {
    const tags = this.#ctx.getWebSockets(topic).flatMap((socket) => this.#ctx.getTags(socket))
    return [...new Set(tags)].filter((tag) => tag.startsWith(TAG))
  }

  /** Nobody has what was sent any more. */
  forgetEmpty(): void {
    for (const audience of this.#sent.keys())
      if (this.#ctx.getWebSockets(audience).length === 0) this.#sent.delete(audience)
  }

  /** Newcomers are sent all pieces, the others those that changed; expired sessions are closed instead. */
  async push(services: Services, audience: string): Promise<void> {
    const [first] = this.#current(audience, services.clock.now())
    if (!first) return
    const pieces = await renderSeat(services, seatOf(first))
    if (!pieces) return
    const before = this.#sent.get(audience)
    const digests = await digestsOf(pieces)
    const all = textOf(pieces)
    const changed = textOf(pieces.filter(({ target }) => digests.get(target) !== before?.get(target)))
    // Nothing is awaited from here on: who joined while this was drawn is served too, and nobody gets in between.
    this.#sent.set(audience, digests)
    for (const socket of this.#current(audience, services.clock.now())) {
      const text = this.#told.has(socket) ? changed : all
      if (text) socket.send(text)
      this.#told.add(socket)
    }
  }

  /** A page that just went away misses nothing: it is sent everything when it comes back. */
  #current(audience: string, now: number): WebSocket[] {
    const open = this.#ctx
      .getWebSockets(audience)
      .filter(({ readyState }) => readyState === WebSocket.READY_STATE_OPEN)
    const [late, current] = [true, false].map((isLate) =>
      open.filter((socket) => seatOf(socket).expiresAt <= now === isLate),
    ) as [WebSocket[], WebSocket[]]
    for (const socket of late) socket.close(SESSION_OVER, 'session expired')
    return current
  }
}

const seatOf = (socket: WebSocket): LiveSeat => socket.deserializeAttachment() as LiveSeat

const textOf = (pieces: readonly LivePiece[]): string => pieces.map(({ html }) => html).join('')

const digestsOf = async (pieces: readonly LivePiece[]): Promise<Map<string, string>> =>
  new Map(await Promise.all(pieces.map(async ({ target, html }) => [target, await sha256Hex(html)] as const)))
