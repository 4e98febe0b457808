/** The DNS group of the catalogue: DNS-01 to DNS-11 from one observation. */
import type { CheckResult } from '../check.ts'
import { judgePrivate, judgeTakeover } from './judge-hosts.ts'
import { judgeRegistration } from './judge-registration.ts'
import {
  judgeCatchAll,
  judgeCount,
  judgeIssuers,
  judgeSignatures,
  judgeTargets,
  judgeTokens,
} from './judge-zone.ts'
import type { DnsContext, DnsObservation } from './observation.ts'

/** One result for each check of the group, in the order of the catalogue. */
export const evaluateDns = (seen: DnsObservation, context: DnsContext): CheckResult[] => [
  judgeSignatures(seen),
  ...judgeIssuers(seen, context),
  judgeTakeover(seen),
  judgeTargets(seen),
  judgeCount(seen),
  judgeCatchAll(seen, context),
  judgePrivate(seen),
  ...judgeRegistration(seen, context),
  judgeTokens(seen, context),
]
