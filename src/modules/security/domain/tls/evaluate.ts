/** The checks of encryption: TLS-01 and TLS-04 to TLS-12. TLS-02 and TLS-03 are judged by the web pages' redirects. */
import type { CheckResult } from '../check.ts'
import { judgeChain, judgeExpiry, judgeKey, judgeNames, judgeTrust } from './judge-certificate.ts'
import { judgeLoggedHosts, judgeLoggedIssuers } from './judge-logs.ts'
import { judgeCiphers, judgeNewest, judgeOldest } from './judge-protocol.ts'
import type { TlsContext, TlsObservation } from './observation.ts'

/** One result a check, in the order of the catalogue. */
export const evaluateTls = (seen: TlsObservation, context: TlsContext): CheckResult[] => [
  judgeTrust(seen, context),
  judgeNewest(seen),
  judgeOldest(seen),
  judgeExpiry(seen, context),
  judgeNames(seen, context),
  judgeKey(seen),
  judgeChain(seen),
  judgeCiphers(seen),
  judgeLoggedIssuers(seen, context),
  judgeLoggedHosts(seen, context),
]
