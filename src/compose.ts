/** The only file that imports connectors: builds the `Services` that actions work with. */
import { createFilePort } from './connectors/files.ts'
import { createFontPort } from './connectors/fonts.ts'
import { createFxPort } from './connectors/fx/read.ts'
import { createIdentityProviders } from './connectors/identity/providers.ts'
import { mailProvider } from './connectors/mail/choose.ts'
import { postmarkHooks, resendHooks } from './connectors/mail/hook.ts'
import { parseMail } from './connectors/mail/inbound.ts'
import { createMailPort } from './connectors/mail/port.ts'
import { createPostPort } from './connectors/post.ts'
import { createReaders } from './connectors/readers.ts'
import { shopifyPrivacyHooks } from './connectors/shopify/privacy.ts'
import { STRIPE_EVENT_TYPES } from './connectors/stripe/normalise.ts'
import { stripeHooks } from './connectors/stripe/port.ts'
import { appsOf, createVendors } from './connectors/vendors.ts'
import { type Env, parseSettings, type Settings } from './env.ts'
import { manifest as connections } from './modules/connections/index.ts'
import { manifest as miniFoundry } from './modules/mini-foundry/index.ts'
import { manifest as opsCopilot } from './modules/ops-copilot/index.ts'
import { type MailHookPort, manifest as workspace } from './modules/workspace/index.ts'
import { type Clock, movedClock, systemClock } from './platform/clock.ts'
import { parseKeyRing } from './platform/crypto/key-ring.ts'
import { passwordHasher } from './platform/crypto/password.ts'
import { createSecretBox } from './platform/crypto/secret-box.ts'
import { createTokenSigner } from './platform/crypto/signed-token.ts'
import { createDirectory } from './platform/directory.ts'
import type { EnginePort } from './platform/engine-port.ts'
import { createLog, type LogFields } from './platform/log.ts'
import { queueOf } from './platform/message.ts'
import type { GatePort, LimitPort, LivePort, QueuePort, Services } from './platform/services.ts'
import { type Meter, TenantDb } from './platform/tenant-db.ts'
import { countUse } from './platform/usage.ts'

export { parseMail, shopifyPrivacyHooks, stripeHooks }

/** What the connect page tells people to choose at Stripe. */
export const stripeEventTypes = STRIPE_EVENT_TYPES

const WINGS = [workspace, connections, miniFoundry, opsCopilot]

export interface Scope {
  /** Keeps work alive after the answer. */
  later(work: Promise<unknown>): void
  logFields?: LogFields
  /** Ports that a test stands in for. */
  replace?: Partial<
    Pick<
      Services,
      | 'clock'
      | 'queue'
      | 'live'
      | 'fx'
      | 'post'
      | 'gate'
      | 'vendors'
      | 'readers'
      | 'apps'
      | 'engine'
      | 'vendorSteps'
    >
  >
}

/** Services for one request, message or tick. Throws when the configuration cannot be right. */
export async function compose(env: Env, scope: Scope): Promise<Services> {
  const settings = parseSettings(env)
  const clock = scope.replace?.clock ?? (await clockOf(env, settings))
  const log = createLog(scope.logFields)
  const queue = scope.replace?.queue ?? queuePort(env)
  const rules = { allowPrivate: privateHosts(settings) }
  const meter: Meter = { batches: 0, rowsRead: 0, rowsWritten: 0 }
  const directory = createDirectory(env.DB)
  const tenant = (tenantId: string) => new TenantDb(databaseOf(env, tenantId), tenantId, meter)
  const mailbox = {
    directory,
    tenant,
    queue,
    clock,
    log,
    from: settings.MAIL_FROM,
    inboundDomain: settings.INBOUND_DOMAIN,
  }
  return {
    config: {
      environment: settings.ENVIRONMENT,
      signups: settings.SIGNUPS,
      publicUrl: settings.PUBLIC_URL,
      mailFrom: settings.MAIL_FROM,
      inboundDomain: settings.INBOUND_DOMAIN,
      operators: settings.OPERATORS,
      version: settings.VERSION,
      standIns: settings.ENVIRONMENT === 'production' ? {} : settings.STAND_INS,
    },
    clock,
    log,
    directory,
    meter,
    tenant,
    queue,
    files: createFilePort(env.FILES),
    mail: createMailPort(mailProvider(settings, env, rules), mailbox),
    live: scope.replace?.live ?? livePort(env, scope),
    limits: limitPort(env),
    gate: scope.replace?.gate ?? gatePort(env),
    engine: scope.replace?.engine ?? enginePort(env),
    vendorSteps: scope.replace?.vendorSteps ?? [],
    post: scope.replace?.post ?? createPostPort(rules),
    vendors: scope.replace?.vendors ?? createVendors(settings, rules),
    readers: scope.replace?.readers ?? createReaders(settings, rules),
    apps: scope.replace?.apps ?? appsOf(settings),
    hookSecrets: {
      quickbooks: settings.QUICKBOOKS_WEBHOOK_SECRET,
      shopify: settings.SHOPIFY_WEBHOOK_SECRET,
      stripe: settings.STRIPE_WEBHOOK_SECRET,
      hubspot: settings.HUBSPOT_WEBHOOK_SECRET,
    },
    identityProviders: createIdentityProviders(settings, rules, clock),
    wings: WINGS,
    fx: scope.replace?.fx ?? createFxPort(settings.FX_API_BASE, rules, log),
    fonts: createFontPort(env.ASSETS),
    box: createSecretBox(parseKeyRing(env.MASTER_KEYS ?? '', 'MASTER_KEYS')),
    tokens: createTokenSigner(parseKeyRing(env.TOKEN_KEYS ?? '', 'TOKEN_KEYS'), clock),
    passwords: passwordHasher,
    later: scope.later,
  }
}

/** Tenant -> shard, in one function from day one (DESIGN 4.2). One shard is bound. */
const databaseOf = (env: Env, _tenantId: string): D1Database => env.DB

/** Hosts that may be private: the development list and the configured vendor bases. */
function privateHosts(settings: Settings): string[] {
  const bases = Object.entries(settings)
    .filter(
      ([name, value]) => /_(BASE|ISSUER)$/.test(name) && typeof value === 'string' && URL.canParse(value),
    )
    .map(([, value]) => new URL(String(value)).host)
  const listed = settings.ALLOW_PRIVATE_HOSTS.split(',').map((host) => host.trim())
  return [...bases, ...listed].filter(Boolean)
}

/** In development the clock can be moved (DESIGN 4.12); in production there is nothing to look up. */
async function clockOf(env: Env, settings: Settings): Promise<Clock> {
  if (settings.ENVIRONMENT === 'production') return systemClock
  const offset = await createDirectory(env.DB).installationValue('clock_offset_ms')
  return offset ? movedClock(Number(offset)) : systemClock
}

function queuePort(env: Env): QueuePort {
  const queues = { sync: env.SYNC_QUEUE, mail: env.MAIL_QUEUE, events: env.EVENTS_QUEUE }
  return {
    async send(message, delaySeconds = 0) {
      countUse('queue_operations')
      await queues[queueOf(message.kind)].send(message, { delaySeconds })
    },
  }
}

/** A screen that could not be told is refreshed by its next look: it must never fail the work itself. */
function livePort(env: Env, scope: Scope): LivePort {
  const hub = (tenantId: string) => {
    countUse('object_requests')
    return env.LIVE_HUB.get(env.LIVE_HUB.idFromName(tenantId))
  }
  const tell = async (work: Promise<void>) => {
    const settled = work.catch((error: unknown) =>
      createLog(scope.logFields).warn('live.failed', { error: String(error) }),
    )
    scope.later(settled)
  }
  return {
    changed: (tenantId) => tell(hub(tenantId).changed(tenantId)),
    importMoved: (tenantId, importId) => tell(hub(tenantId).importMoved(tenantId, importId)),
    noticed: (tenantId, personIds) => tell(hub(tenantId).noticed(personIds)),
    forget: (tenantId) => hub(tenantId).forget(),
    disconnect: (tenantId, sessionId) => tell(hub(tenantId).disconnect(sessionId)),
  }
}

function limitPort(env: Env): LimitPort {
  return {
    signIn: async (key) => (await env.SIGN_IN_LIMIT.limit({ key })).success,
    anonymous: async (key) => (await env.ANONYMOUS_LIMIT.limit({ key })).success,
    api: async (tenantId) => {
      countUse('object_requests')
      return env.QUOTA.get(env.QUOTA.idFromName(tenantId)).take()
    },
  }
}

/** One object a connection: the name carries the tenant, so no two workspaces ever meet in one. */
function gatePort(env: Env): GatePort {
  const gate = (tenantId: string, connectorId: string) =>
    env.CONNECTION_GATE.get(env.CONNECTION_GATE.idFromName(`${tenantId}:${connectorId}`))
  return {
    credentials: (tenantId, connectorId) => gate(tenantId, connectorId).credentials(tenantId, connectorId),
    renewed: (tenantId, connectorId, failed) =>
      gate(tenantId, connectorId).renewed(tenantId, connectorId, failed),
    take: (tenantId, connectorId, cost) => gate(tenantId, connectorId).take(tenantId, connectorId, cost),
    hold: (tenantId, connectorId, forMs) => gate(tenantId, connectorId).hold(tenantId, connectorId, forMs),
    forget: (tenantId, connectorId) => gate(tenantId, connectorId).forget(),
  }
}

/** One object a workspace, named by it. */
function enginePort(env: Env): EnginePort {
  const engine = (tenantId: string) => {
    countUse('object_requests')
    // the stub's own types cannot follow JSON that holds JSON
    return env.AUTOMATION_ENGINE.get(env.AUTOMATION_ENGINE.idFromName(tenantId)) as unknown as EnginePort
  }
  return {
    start: (tenantId, start) => engine(tenantId).start(tenantId, start),
    change: (tenantId, runId, change) => engine(tenantId).change(tenantId, runId, change),
    hear: (tenantId, event) => engine(tenantId).hear(tenantId, event),
    run: (tenantId, runId) => engine(tenantId).run(tenantId, runId),
    flush: (tenantId) => engine(tenantId).flush(tenantId),
    changed: (tenantId) => engine(tenantId).changed(tenantId),
    nudge: (tenantId) => engine(tenantId).nudge(tenantId),
    holdRuns: (tenantId, automationId, held) => engine(tenantId).holdRuns(tenantId, automationId, held),
    endRuns: (tenantId, automationId, by) => engine(tenantId).endRuns(tenantId, automationId, by),
    forget: (tenantId) => engine(tenantId).forget(tenantId),
  }
}

/** How the hooks of each mail provider are proven here; by the provider's name in their address. */
export function mailHooks(env: Env): Record<string, MailHookPort> {
  const settings = parseSettings(env)
  return {
    resend: resendHooks(settings.RESEND_WEBHOOK_SECRET),
    postmark: postmarkHooks(settings.POSTMARK_WEBHOOK_PASSWORD),
  }
}
