/** Every outside system that can be connected, in the order the connections page shows them. */
import type { Settings } from '../env.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'
import type { Vendor, VendorApp } from '../platform/vendor.ts'

export function createVendors(_settings: Settings, _rules: FetchRules): Vendor[] {
  return []
}

export function appsOf(_settings: Settings): Record<string, VendorApp> {
  return {}
}
