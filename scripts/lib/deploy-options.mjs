// The command line and the settings of `npm run deploy`: flags, then the environment, then what the last deploy used.
import { isIP } from 'node:net'

export const DEPLOY_HELP = `npm run deploy -- [options]
  --url URL          the https:// address people will use (a custom domain, or https://NAME.SUBDOMAIN.workers.dev)
  --mail-from TEXT   sender of mails, e.g. "Acme <hello@acme.example>"; mails then go out through Resend
  --signups WORD     open, invite or closed
  --name NAME        name of the Worker and beginning of every resource's name (smb-command); another name is another installation
  --account ID       Cloudflare account, when the sign-in reaches several
  --location WORD    where a new database and bucket live: weur, eeur, apac, oc, wnam, enam
  --new-keys         make new MASTER_KEYS although the database already holds accounts (what was sealed is lost)
  --no-check         do not ask the new version whether it is well
  --dry-run          print every command, build and check the bundle, change nothing
  --help             this text

Also read from the environment: PUBLIC_URL, MAIL_FROM, SIGNUPS, RESEND_API_KEY, CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN.`

const WORDS = {
  '--url': 'url',
  '--mail-from': 'mailFrom',
  '--signups': 'signups',
  '--name': 'name',
  '--account': 'account',
  '--location': 'location',
}
const SWITCHES = {
  '--new-keys': 'newKeys',
  '--no-check': 'noCheck',
  '--dry-run': 'dryRun',
  '--help': 'help',
}
const LOCATIONS = ['weur', 'eeur', 'apac', 'oc', 'wnam', 'enam']

/** The flags as `{ url?, mailFrom?, signups?, name, account?, location?, newKeys, noCheck, dryRun, help }`, or `{ error }`. */
export function parseDeploy(args) {
  const options = { name: 'smb-command' }
  for (let i = 0; i < args.length; i++) {
    const [flag, inline] = args[i].split(/=(.*)/s)
    if (SWITCHES[flag] && inline === undefined) options[SWITCHES[flag]] = true
    else if (WORDS[flag]) {
      const value = inline ?? args[++i]
      if (!value || value.startsWith('--')) return { error: `${flag} takes a value.\n\n${DEPLOY_HELP}` }
      options[WORDS[flag]] = value
    } else return { error: `Unknown option ${args[i]}.\n\n${DEPLOY_HELP}` }
  }
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(options.name))
    return { error: '--name takes small letters, digits and dashes.' }
  if (options.location && !LOCATIONS.includes(options.location))
    return { error: `--location takes one of ${LOCATIONS.join(', ')}.` }
  return options
}

/**
 * What the installation is to run with: `{ vars, resendKey, account }`. `before` is the configuration that the last deploy
 * wrote, or null. Fails with `{ error }`, a sentence, when something needed is not known.
 */
export function settle(options, env, before) {
  const known = before?.vars ?? {}
  const vars = {
    PUBLIC_URL: options.url || env.PUBLIC_URL || known.PUBLIC_URL || '',
    SIGNUPS: options.signups || env.SIGNUPS || known.SIGNUPS || 'open',
    MAIL_FROM: options.mailFrom || env.MAIL_FROM || known.MAIL_FROM || '',
  }
  vars.PUBLIC_URL = vars.PUBLIC_URL.replace(/\/+$/, '')
  // a provider that somebody has put into the configuration stays
  const chosen = known.MAIL_PROVIDER && known.MAIL_PROVIDER !== 'outbox' ? known.MAIL_PROVIDER : 'resend'
  vars.MAIL_PROVIDER = vars.MAIL_FROM ? chosen : 'outbox'
  const address = publicUrlProblem(vars.PUBLIC_URL)
  if (address) return { error: address }
  if (!['open', 'invite', 'closed'].includes(vars.SIGNUPS))
    return { error: '--signups takes open, invite or closed.' }
  return {
    vars: { ...known, ...vars },
    resendKey: env.RESEND_API_KEY ?? '',
    account: options.account || env.CLOUDFLARE_ACCOUNT_ID || before?.account_id || '',
  }
}

/** What is wrong with an address for production, in words; null when it will do. */
export function publicUrlProblem(text) {
  if (!text)
    return 'Which address will people use? Say it once: npm run deploy -- --url https://command.example.com'
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:' || url.origin !== text)
    return `--url takes https:// and a host, nothing after it; this was ${text}`
  if (!url.hostname.includes('.') || isIP(url.hostname))
    return `--url takes a host with a domain; this was ${url.hostname}`
  return null
}
