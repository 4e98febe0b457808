/** Shopify behind the port of privacy deliveries. */
import type { PrivacyHookPort } from '../../modules/connections/domain/privacy-hook.ts'
import { shopifyDelivery, shopifyPrivacyRequest, shopifySigned } from './hook.ts'

export const shopifyPrivacyHooks: PrivacyHookPort = {
  kind: 'shopify',
  delivery(headers) {
    const claim = shopifyDelivery(headers)
    return claim && { id: claim.id, topic: claim.topic, account: claim.shop }
  },
  signed: shopifySigned,
  read: shopifyPrivacyRequest,
}
