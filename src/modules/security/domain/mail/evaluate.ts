/** The mail group of the catalogue: EML-01 to EML-15 from one observation. */
import type { CheckResult } from '../check.ts'
import { judgeDkim } from './judge-dkim.ts'
import { judgeDmarc } from './judge-dmarc.ts'
import { judgeServers } from './judge-servers.ts'
import { judgeSpf } from './judge-spf.ts'
import { judgeTransport } from './judge-transport.ts'
import type { MailObservation } from './observation.ts'

/** One result for each check of the group, in the order of the catalogue. */
export const evaluateMail = (seen: MailObservation): CheckResult[] => [
  ...judgeSpf(seen),
  ...judgeDkim(seen),
  ...judgeDmarc(seen),
  ...judgeTransport(seen),
  ...judgeServers(seen),
]
