#!/usr/bin/env node
/**
 * Answers like wrangler for an account whose things stand in the file ACCOUNT names, and notes each command in `<file>.log`.
 * Refuses what wrangler refuses: any command without a sign-in, an unknown account, making what is there already, a queue
 * that is not there, secrets of a Worker that is not there, migrating or deploying with a configuration whose database the
 * account has not; and, stricter than Cloudflare, code before its migrations. `outage` names a command that fails.
 */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'

const DATABASE = '11111111-2222-3333-4444-555555555555'
const file = process.env.ACCOUNT
const account = JSON.parse(readFileSync(file, 'utf8'))
const args = process.argv.slice(2)
const words = args.filter((word) => !word.startsWith('-'))
const after = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined)
appendFileSync(`${file}.log`, `${args.join(' ')}\n`)

const COMMANDS = {
  whoami: () => print({ loggedIn: true, accounts: account.accounts }),
  'd1 list': () => print(account.databases),
  'd1 create': makeDatabase,
  'd1 execute': execute,
  'd1 time-travel': () => print({ bookmark: '00000085-0000024c-00004c6d' }),
  'd1 migrations': migrate,
  'r2 bucket': () =>
    make(
      account.buckets,
      words[3],
      'The bucket you tried to create already exists, and you own it. [code: 10004]',
    ),
  'queues info': () => account.queues.includes(words[2]) || refuse(`Queue "${words[2]}" does not exist.`),
  'queues create': () =>
    make(account.queues, words[2], `Queue name '${words[2]}' is already taken. [code: 11009]`),
  'secret list': listSecrets,
  deploy,
}

const command = Object.keys(COMMANDS).find((name) => words.join(' ').startsWith(name))
if (!account.signedIn) refuse('Not logged in.')
if (account.outage === command)
  refuse('A request to the Cloudflare API failed. Service unavailable [code: 10013]')
const chosen = process.env.CLOUDFLARE_ACCOUNT_ID
if (command !== 'whoami' && !args.includes('--dry-run') && account.accounts.length > 1 && !chosen)
  refuse('More than one account available but unable to select one in non-interactive mode.')
if (!command) refuse(`Unknown command ${words.join(' ')}`)
COMMANDS[command]()
writeFileSync(file, JSON.stringify(account))

function makeDatabase() {
  if (account.databases.some((database) => database.name === words[2]))
    refuse('A database with that name already exists')
  account.databases.push({ name: words[2], uuid: DATABASE })
  process.stdout.write('✅ Successfully created DB\n')
}

function execute() {
  requireDatabase()
  const sql = after('--command')
  if (!sql.includes('sqlite_master') && !account.migrated) refuse('no such table: people: SQLITE_ERROR')
  const n = sql.includes('sqlite_master') ? Number(account.migrated === true) : (account.people ?? 0)
  print([{ results: [{ n }], success: true }])
}

function migrate() {
  requireDatabase()
  account.migrated = true
}

function listSecrets() {
  if (!account.worker)
    refuse(
      `Worker "${after('--name')}" not found.\n\nIf this is a new Worker, run \`wrangler deploy\` first to create it.`,
    )
  print(Object.keys(account.secrets).map((name) => ({ name, type: 'secret_text' })))
}

function deploy() {
  if (args.includes('--dry-run')) return
  requireDatabase()
  if (!account.migrated) refuse('deployed before its migrations')
  const secrets = after('--secrets-file')
  Object.assign(account.secrets, secrets ? JSON.parse(readFileSync(secrets, 'utf8')) : {})
  account.worker = true
}

function make(list, name, refusal) {
  if (list.includes(name)) refuse(refusal)
  list.push(name)
}

function requireDatabase() {
  const { d1_databases } = JSON.parse(readFileSync(after('--config'), 'utf8'))
  const id = d1_databases[0].database_id
  if (!account.databases.some((database) => database.uuid === id))
    refuse(`Couldn't find a D1 DB with the id ${id}`)
}

function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

function refuse(reason) {
  process.stderr.write(`✘ [ERROR] ${reason}\n`)
  process.exit(1)
}
