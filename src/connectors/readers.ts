/** Every vendor whose records can be read, one line each. */
import type { Settings } from '../env.ts'
import type { FactBatch } from '../modules/mini-foundry/domain/facts.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'
import type { SourceReader } from '../platform/source-reader.ts'
import { readBases, textSetting } from './bases.ts'
import { googleAdsReader } from './google-ads/read.ts'
import { googleSheetsReader } from './google-sheets/read.ts'
import { csvUrlReader, httpReader } from './http/read.ts'
import { hubspotReader } from './hubspot/read.ts'
import { MAPPING_LINES } from './mapping-lines.ts'
import { metaAdsReader } from './meta-ads/read.ts'
import { quickbooksReader } from './quickbooks/read.ts'
import { shopifyReader } from './shopify/read.ts'
import { stripeReader } from './stripe/read.ts'
import { woocommerceReader } from './woocommerce/read.ts'

export function createReaders(settings: Settings, rules: FetchRules): SourceReader<FactBatch>[] {
  const bases = readBases(settings, rules)
  const readers = [
    shopifyReader(bases),
    woocommerceReader(rules),
    stripeReader(bases),
    quickbooksReader(bases),
    hubspotReader(bases, `${settings.PUBLIC_URL}/hooks/source/hubspot`),
    googleSheetsReader(bases),
    csvUrlReader(rules),
    httpReader(rules),
    metaAdsReader(bases),
    googleAdsReader(bases, textSetting(settings, 'GOOGLE_ADS_DEVELOPER_TOKEN')),
  ]
  return readers.map((reader) => ({ ...reader, mapping: MAPPING_LINES[reader.kind] ?? [] }))
}
