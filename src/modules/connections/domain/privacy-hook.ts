/** What the connections wing needs to take a vendor's requests about personal data in. */
export interface PrivacyHookPort {
  /** The vendor's kind, as in `connectors.kind`. */
  kind: string
  /** Who says they sent it, or null. */
  delivery(headers: Headers): { id: string; topic: string; account: string } | null
  /** Whether one of the secrets signed the body, in constant time. */
  signed(body: string, headers: Headers, secrets: readonly string[]): Promise<boolean>
  /** The request; null when the topic asks for nothing; throws on a body that is not what its topic says. */
  read(
    topic: string,
    body: string,
  ): {
    /** The account that the signed body names. */
    account: string
    topic: 'access' | 'erasure' | 'shop_erasure'
    email: string | null
    ref: string | null
    detail: Record<string, unknown>
  } | null
}
