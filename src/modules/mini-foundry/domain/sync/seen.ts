/** What a page brought: distinct records to count, and the ids of its facts. Pure. */
import type { Normalised } from '../../../../platform/source-reader.ts'
import type { FactBatch } from '../facts.ts'

type Seen = Record<string, string[]>

/** Ids of the facts by kind; facts known only in passing are not of this page. */
export function seenFacts(batch: FactBatch): Seen {
  const kinds = Object.entries(batch).filter(([kind]) => kind !== 'ifAbsent') as [
    string,
    { extId: string }[],
  ][]
  return Object.fromEntries(
    kinds
      .filter(([, facts]) => facts.length > 0)
      .map(([kind, facts]) => [kind, [...new Set(facts.map(({ extId }) => extId))]]),
  )
}

/**
 * Names of the page's records, so that one that came on two pages counts once: the ids of the kind of which there is
 * one fact for each record. Null when no kind is: then records are counted as they came.
 */
export function recordKeys(page: Normalised<FactBatch>, records: number): string[] | null {
  const refused = page.refused.flatMap(({ extId }) => (extId === null ? [] : [extId]))
  if (refused.length < page.refused.length) return null
  for (const ids of Object.values(seenFacts(page.batch))) {
    const keys = new Set([...ids, ...refused])
    if (keys.size === records) return [...keys]
  }
  return null
}
