/** Proof that who spends a code is who asked for it (RFC 7636): the S256 challenge of a verifier. */

/** 43 characters of base64url; `verifier` has 43 to 128 unreserved characters. */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
