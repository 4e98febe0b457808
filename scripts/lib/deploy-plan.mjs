// What a deploy does, as data: which wrangler command answers what is there, and which makes what is missing.

export const NAMES = {
  database: 'smb-command',
  bucket: 'smb-command-files',
  queues: ['smb-command-sync', 'smb-command-mail', 'smb-command-events', 'smb-command-dead'],
  secrets: ['MASTER_KEYS', 'TOKEN_KEYS'],
}

/** The production configuration: wrangler.toml with this account's database id and the public address. */
export function productionToml(toml, { databaseId, publicUrl, mailFrom, mailProvider }) {
  const set = (text, name, value) => text.replace(new RegExp(`^${name} = ".*"$`, 'm'), `${name} = "${value}"`)
  let out = set(toml, 'database_id', databaseId)
  out = set(out, 'PUBLIC_URL', publicUrl)
  out = set(out, 'MAIL_FROM', mailFrom ?? '')
  return set(out, 'MAIL_PROVIDER', mailProvider ?? 'outbox')
}

/** `[{ name, uuid }]` of `wrangler d1 list --json`; tolerates words before the JSON. */
export function parseJsonOutput(text) {
  const start = text.search(/[[{]/)
  if (start < 0) return []
  try {
    return JSON.parse(text.slice(start))
  } catch {
    return []
  }
}

/** The id in the words of `wrangler d1 create`. */
export const databaseIdIn = (text) =>
  /"?database_id"?\s*[:=]\s*"([0-9a-f-]{36})"/.exec(text)?.[1] ??
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text)?.[0] ??
  null

/** Settings from the command line: `--url https://… --mail-from … [--dry-run]`, or `{ error }`. */
export function parseDeploy(args) {
  const options = { url: '', mailFrom: '', resend: false, dryRun: false, help: false }
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].split(/=(.*)/s)
    const value = () => inline ?? args[++i] ?? ''
    if (name === '--dry-run') options.dryRun = true
    else if (name === '--help') options.help = true
    else if (name === '--resend') options.resend = true
    else if (name === '--url') options.url = value().replace(/\/$/, '')
    else if (name === '--mail-from') options.mailFrom = value()
    else return { error: `Unknown option ${args[i]}.` }
  }
  if (options.help) return options
  if (!/^https:\/\/[^/\s]+$/.test(options.url)) {
    return { error: 'Say where it will be reached: --url https://app.example.com (no path).' }
  }
  if (options.resend && !options.mailFrom)
    return { error: '--resend needs --mail-from "Name <mail@example.com>".' }
  return options
}
