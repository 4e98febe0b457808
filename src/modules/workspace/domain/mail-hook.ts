/** What the workspace wing needs from a mail provider's webhook. */

export interface MailNews {
  providerId: string
  externalId: string
  type: 'delivered' | 'deferred' | 'bounced' | 'complained'
  /** The address is at its end, not only busy. */
  hard: boolean
  /** ISO 8601 UTC, or empty when the provider did not say. */
  at: string
  detail: string
}

export interface MailHookPort {
  provider: string
  verify(body: string, headers: Headers, nowMs: number): Promise<boolean>
  /** Null: a kind of news that means nothing to us. */
  read(body: string, headers: Headers): MailNews | null | 'malformed'
}
