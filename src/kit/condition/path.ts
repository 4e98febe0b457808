/** Paths into plain data. */

/** What stands at `a.b.0.c`: own properties and places of lists only; undefined where nothing does. */
export function valueAt(data: unknown, path: string): unknown {
  let at: unknown = data
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    if (Array.isArray(at) && !/^\d+$/.test(part)) return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return at
}
