/** Every vendor whose records can be read, one line each. */
import type { Settings } from '../env.ts'
import type { FactBatch } from '../modules/mini-foundry/domain/facts.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'
import type { SourceReader } from '../platform/source-reader.ts'
import { readBases } from './bases.ts'

export function createReaders(settings: Settings, rules: FetchRules): SourceReader<FactBatch>[] {
  const bases = readBases(settings, rules)
  void bases
  return []
}
