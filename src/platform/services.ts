/** What actions are given to work with: ports only. `compose.ts` is the one file that fills them. */
import type { Clock } from './clock.ts'
import type { PasswordHasher } from './crypto/password.ts'
import type { SecretBox } from './crypto/secret-box.ts'
import type { TokenSigner } from './crypto/signed-token.ts'
import type { Directory } from './directory.ts'
import type { Log } from './log.ts'
import type { Message } from './message.ts'
import type { TenantDb } from './tenant-db.ts'

export interface Config {
  environment: 'development' | 'test' | 'production'
  signups: 'open' | 'invite' | 'closed'
  publicUrl: string
  mailFrom: string
}

export interface QueuePort {
  send(message: Message, delaySeconds?: number): Promise<void>
}

/** R2: raw payloads and files, keyed `<area>/<tenant>/...`. */
export interface FilePort {
  put(
    key: string,
    body: ReadableStream | ArrayBuffer | string,
    contentType: string,
  ): Promise<{ bytes: number }>
  /**
   * A stream of unknown length, passed on in parts and never held whole. Past `maxBytes` the upload is given up and
   * `null` answered; when the stream fails, nothing is stored and the failure is thrown.
   */
  putStream(
    key: string,
    body: ReadableStream<Uint8Array>,
    contentType: string,
    maxBytes: number,
  ): Promise<{ bytes: number } | null>
  /** A range of bytes (end exclusive, shorter at the end of the file), or null when there is no such file. */
  range(key: string, start: number, end: number): Promise<Uint8Array | null>
  text(key: string): Promise<string | null>
  stream(key: string): Promise<ReadableStream | null>
  list(prefix: string): Promise<string[]>
  remove(keys: string[]): Promise<void>
}

export interface MailDraft {
  kind: string
  to: string
  subject: string
  text: string
  html: string
  tenantId?: string
}

/** The one way a mail leaves. Returns when the mail is safely queued. */
export interface MailPort {
  send(draft: MailDraft): Promise<{ id: string }>
  /** Hands a queued mail to the provider; called by the mail queue. Sending twice sends once. */
  deliver(mailId: string): Promise<void>
}

/** The tenant's live hub. */
export interface LivePort {
  /** Something that pages show has changed: the hub renders and pushes. */
  changed(tenantId: string): Promise<void>
  /** Progress of an import, to whoever looks at it. */
  importMoved(tenantId: string, importId: string): Promise<void>
  /** Ends the sockets of a session that was revoked. */
  disconnect(tenantId: string, sessionId: string): Promise<void>
}

export interface LimitPort {
  /** False when the caller must wait. `key` names who, e.g. `sign-in:ip:203.0.113.0/24`. */
  signIn(key: string): Promise<boolean>
  anonymous(key: string): Promise<boolean>
  /** Token bucket per tenant for the API. */
  api(tenantId: string): Promise<{ allowed: boolean; remaining: number; resetSeconds: number; limit: number }>
}

export interface FxPort {
  /** Units of each currency for one euro on each day since `from`; empty when no source is configured. */
  rates(from: string): Promise<{ day: string; currency: string; perEuro: string }[]>
}

export interface Services {
  config: Config
  clock: Clock
  log: Log
  directory: Directory
  /** Rows of one tenant; `meter` of the returned handle counts what D1 did. */
  tenant(tenantId: string): TenantDb
  queue: QueuePort
  files: FilePort
  mail: MailPort
  live: LivePort
  limits: LimitPort
  fx: FxPort
  box: SecretBox
  tokens: TokenSigner
  passwords: PasswordHasher
  /** Work to finish after the answer is sent. */
  later(work: Promise<unknown>): void
}
