/** The provider that the settings name. */
import type { Env, Settings } from '../../env.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import { cloudflareProvider } from './cloudflare.ts'
import { postmarkProvider } from './postmark.ts'
import { type MailProvider, outboxProvider } from './provider.ts'
import { resendProvider } from './resend.ts'
import { smtpProvider } from './smtp.ts'

export function mailProvider(settings: Settings, env: Env, rules: FetchRules): MailProvider {
  switch (settings.MAIL_PROVIDER) {
    case 'resend':
      return resendProvider(settings.RESEND_API_BASE, settings.RESEND_API_KEY, rules)
    case 'postmark':
      return postmarkProvider(settings.POSTMARK_API_BASE, settings.POSTMARK_SERVER_TOKEN, rules)
    case 'smtp':
      return smtpProvider({
        host: settings.SMTP_HOST,
        port: settings.SMTP_PORT,
        user: settings.SMTP_USER,
        password: settings.SMTP_PASSWORD,
      })
    case 'cloudflare':
      return cloudflareProvider(env.EMAIL)
    case 'outbox':
      return outboxProvider
  }
}
