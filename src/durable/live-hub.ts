/** One hub per workspace: open pages hang on it by hibernating sockets, and it pushes them what changed, once a second at most. */
import { DurableObject } from 'cloudflare:workers'
import { compose } from '../compose.ts'
import type { Env } from '../env.ts'
import { systemClock } from '../platform/clock.ts'
import { type LiveSeat, topicOf } from '../platform/live.ts'
import { audienceOf, LiveAudiences, SESSION_OVER } from './live-audiences.ts'

const PAUSE_MS = 1000

export class LiveHub extends DurableObject<Env> {
  #pushedAt = 0
  /** Pushes go one after another, so that an older state never overtakes a newer one. */
  #pushing: Promise<void> = Promise.resolve()
  readonly #audiences = new LiveAudiences(this.ctx)

  /** The door has checked who asks; the seat comes from it and not from the client. */
  override async fetch(request: Request): Promise<Response> {
    const seat = JSON.parse(
      decodeURIComponent(request.headers.get('x-live-seat') ?? 'null'),
    ) as LiveSeat | null
    if (!seat || request.headers.get('Upgrade')?.toLowerCase() !== 'websocket')
      return new Response(null, { status: 426 })
    const { 0: client, 1: server } = new WebSocketPair()
    server.serializeAttachment(seat)
    const audience = await audienceOf(seat)
    this.ctx.acceptWebSocket(server, [topicOf(seat.view), `session:${seat.sessionId}`, audience])
    this.ctx.waitUntil(this.#push(() => (this.#audiences.isTold(server) ? [] : [audience])))
    return new Response(null, { status: 101, webSocket: client })
  }

  /** Data of the workspace changed: whoever looks at a dashboard sees it. */
  async changed(_tenantId: string): Promise<void> {
    await this.#mark('dashboards')
  }

  async importMoved(_tenantId: string, importId: string): Promise<void> {
    await this.#mark(`import:${importId}`)
  }

  async noticed(personIds: readonly string[]): Promise<void> {
    for (const personId of personIds) await this.#mark(`inbox:${personId}`)
  }

  async disconnect(sessionId: string): Promise<void> {
    for (const socket of this.ctx.getWebSockets(`session:${sessionId}`))
      socket.close(SESSION_OVER, 'signed out')
  }

  /** The workspace is no more. */
  async forget(): Promise<void> {
    for (const socket of this.ctx.getWebSockets()) socket.close(SESSION_OVER, 'the workspace is erased')
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  /** The last state always goes out: what is marked while this runs gets an alarm of its own. */
  override async alarm(): Promise<void> {
    const marks = [...(await this.ctx.storage.list({ prefix: 'mark:' })).keys()]
    await this.ctx.storage.delete(marks)
    this.#pushedAt = systemClock.now()
    try {
      await this.#push(() => marks.flatMap((mark) => this.#audiences.of(mark.slice('mark:'.length))))
    } catch (error) {
      await this.ctx.storage.put(Object.fromEntries(marks.map((mark) => [mark, true])))
      throw error
    }
  }

  /** Pages only listen. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
    this.#audiences.forgetEmpty()
  }

  async #mark(topic: string): Promise<void> {
    if (this.ctx.getWebSockets(topic).length === 0) return
    await this.ctx.storage.put(`mark:${topic}`, true)
    if ((await this.ctx.storage.getAlarm()) !== null) return
    await this.ctx.storage.setAlarm(Math.max(systemClock.now(), this.#pushedAt + PAUSE_MS))
  }

  /** Who is to be told is asked when its turn comes: a push before may have told them already. */
  #push(whom: () => string[]): Promise<void> {
    const push = this.#pushing.then(async () => {
      const audiences = whom()
      if (audiences.length === 0) return
      const later = (work: Promise<unknown>) => this.ctx.waitUntil(work)
      const services = await compose(this.env, { later, logFields: { door: 'live' } })
      for (const audience of audiences) await this.#audiences.push(services, audience)
    })
    this.#pushing = push.catch(() => {})
    return push
  }
}
