/** JSON from outside: what is none is null, never a throw. What it means is for zod to say. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
