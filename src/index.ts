/** What the platform calls: requests, queues, crons, and the Durable Object classes. */
import { app } from './app.tsx'
import { scheduled } from './cron/scheduled.ts'
import type { Env } from './env.ts'
import { inboundMail } from './inbound-mail.ts'
import { consume } from './queues/consume.ts'

export { AutomationEngine } from './durable/automation-engine.ts'
export { ConnectionGate } from './durable/connection-gate.ts'
export { LiveHub } from './durable/live-hub.ts'
export { Quota } from './durable/quota.ts'

export default {
  fetch: app.fetch,
  queue: consume,
  scheduled,
  email: inboundMail,
} satisfies ExportedHandler<Env>
