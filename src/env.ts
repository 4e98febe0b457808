/** Bindings and configuration of the Worker, parsed once. A value that cannot be right stops the start with a sentence. */
import * as z from 'zod'
import type { AutomationEngine } from './durable/automation-engine.ts'
import type { ConnectionGate } from './durable/connection-gate.ts'
import type { LiveHub } from './durable/live-hub.ts'
import type { Quota } from './durable/quota.ts'

export interface Env {
  DB: D1Database
  FILES: R2Bucket
  ASSETS: Fetcher
  SYNC_QUEUE: Queue
  MAIL_QUEUE: Queue
  EVENTS_QUEUE: Queue
  LIVE_HUB: DurableObjectNamespace<LiveHub>
  QUOTA: DurableObjectNamespace<Quota>
  CONNECTION_GATE: DurableObjectNamespace<ConnectionGate>
  AUTOMATION_ENGINE: DurableObjectNamespace<AutomationEngine>
  /** Cloudflare's own way to send mail; bound when MAIL_PROVIDER is cloudflare. */
  EMAIL?: { send(message: Record<string, unknown>): Promise<{ messageId?: string }> }
  SIGN_IN_LIMIT: RateLimit
  ANONYMOUS_LIMIT: RateLimit
  ENVIRONMENT: string
  SIGNUPS: string
  PUBLIC_URL: string
  MASTER_KEYS: string
  TOKEN_KEYS: string
  DEV_KEY?: string
  MAIL_PROVIDER?: string
  MAIL_FROM?: string
  RESEND_API_KEY?: string
  RESEND_API_BASE?: string
  FX_API_BASE?: string
  ALLOW_PRIVATE_HOSTS?: string
  /** Everything else is read by name through `parseSettings`. */
  [setting: string]: unknown
}

const optionalUrl = z.union([z.literal(''), z.url()]).default('')

const standIns = z
  .string()
  .default('')
  .transform((text) => (text ? JSON.parse(text) : {}))
  .pipe(
    z.record(
      z.string(),
      z.object({ method: z.enum(['key', 'oauth']), fields: z.record(z.string(), z.string()) }),
    ),
  )

/** What each way to send mail cannot do without. */
const MAIL_NEEDS = {
  outbox: [],
  cloudflare: ['MAIL_FROM', 'EMAIL'],
  resend: ['MAIL_FROM', 'RESEND_API_KEY'],
  postmark: ['MAIL_FROM', 'POSTMARK_SERVER_TOKEN'],
  smtp: ['MAIL_FROM', 'SMTP_HOST'],
} as const

const settingsSchema = z
  .object({
    ENVIRONMENT: z.enum(['development', 'test', 'production']),
    SIGNUPS: z.enum(['open', 'invite', 'closed']).default('open'),
    PUBLIC_URL: optionalUrl,
    MAIL_PROVIDER: z.enum(['outbox', 'cloudflare', 'resend', 'postmark', 'smtp']).default('outbox'),
    MAIL_FROM: z.string().default(''),
    RESEND_API_KEY: z.string().default(''),
    RESEND_API_BASE: optionalUrl,
    FX_API_BASE: optionalUrl,
    ALLOW_PRIVATE_HOSTS: z.string().default(''),
    POSTMARK_SERVER_TOKEN: z.string().default(''),
    POSTMARK_API_BASE: z.union([z.literal(''), z.url()]).default('https://api.postmarkapp.com'),
    SMTP_HOST: z.string().default(''),
    SMTP_PORT: z.coerce.number().int().default(587),
    SMTP_USER: z.string().default(''),
    SMTP_PASSWORD: z.string().default(''),
    /** Secrets that prove mail providers' hooks. */
    RESEND_WEBHOOK_SECRET: z.string().default(''),
    QUICKBOOKS_WEBHOOK_SECRET: z.string().default(''),
    SHOPIFY_WEBHOOK_SECRET: z.string().default(''),
    STRIPE_WEBHOOK_SECRET: z.string().default(''),
    HUBSPOT_WEBHOOK_SECRET: z.string().default(''),
    /** JSON, development only: vendors whose addresses lead to stand-ins, and what their forms are sent with. */
    STAND_INS: standIns,
    POSTMARK_WEBHOOK_PASSWORD: z.string().default(''),
    INBOUND_DOMAIN: z.string().default(''),
    VERSION: z.string().default('development'),
    OPERATORS: z
      .string()
      .default('')
      .transform((list) =>
        list
          .toLowerCase()
          .split(',')
          .map((address) => address.trim())
          .filter(Boolean),
      ),
    GOOGLE_SIGN_IN_CLIENT_ID: z.string().default(''),
    GOOGLE_SIGN_IN_CLIENT_SECRET: z.string().default(''),
    GOOGLE_SIGN_IN_ISSUER: z.union([z.literal(''), z.url()]).default('https://accounts.google.com'),
    MICROSOFT_SIGN_IN_CLIENT_ID: z.string().default(''),
    MICROSOFT_SIGN_IN_CLIENT_SECRET: z.string().default(''),
    MICROSOFT_SIGN_IN_ISSUER: z
      .union([z.literal(''), z.url()])
      .default('https://login.microsoftonline.com/common/v2.0'),
    DEV_KEY: z.string().default(''),
  })
  .catchall(z.unknown())
  .superRefine((value, context) => {
    if (value.ENVIRONMENT !== 'production') return
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (!value.PUBLIC_URL.startsWith('https://'))
      refuse('PUBLIC_URL', 'production needs its https:// address')
    if (value.ALLOW_PRIVATE_HOSTS) refuse('ALLOW_PRIVATE_HOSTS', 'is for development only')
    for (const name of MAIL_NEEDS[value.MAIL_PROVIDER])
      if (!value[name]) refuse(name, 'is needed to send mail')
  })

export type Settings = z.infer<typeof settingsSchema>

/** Throws with every setting that is wrong, by name. */
export function parseSettings(env: Env): Settings {
  const parsed = settingsSchema.safeParse(env)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The configuration needs mending. ${wrong.join('; ')}`)
}
