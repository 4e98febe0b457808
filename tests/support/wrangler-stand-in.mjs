#!/usr/bin/env node
/**
 * An account at Cloudflare as wrangler shows it: `createAccount(state).start(args, accountId)` answers as spawnSync does.
 * Refuses what wrangler refuses: any command without a sign-in, an account that was not chosen, making what is there
 * already, a queue that is not there, secrets of a Worker that is not there, a configuration whose database the account has
 * not; and, stricter than Cloudflare, code before its migrations. `state.outage` names a command that fails.
 * Run as a program, it keeps the state in the file that ACCOUNT names.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const DATABASE_ID = '11111111-2222-3333-4444-555555555555'

const COMMANDS = {
  whoami: (account) => ({ loggedIn: true, accounts: account.accounts }),
  'd1 list': (account) => account.databases,
  'd1 create': makeDatabase,
  'd1 execute': execute,
  'd1 time-travel': () => ({ bookmark: '00000085-0000024c-00004c6d' }),
  'd1 migrations': migrate,
  'r2 bucket create': (account, { words }) =>
    make(
      account.buckets,
      words[3],
      'The bucket you tried to create already exists, and you own it. [code: 10004]',
    ),
  'queues info': (account, { words }) =>
    account.queues.includes(words[2]) || refuse(`Queue "${words[2]}" does not exist.`),
  'queues create': (account, { words }) =>
    make(account.queues, words[2], `Queue name '${words[2]}' is already taken. [code: 11009]`),
  'secret list': listSecrets,
  deploy: putLive,
}

class Refusal extends Error {}

const refuse = (reason) => {
  throw new Refusal(reason)
}

export function createAccount(state) {
  const log = []
  return {
    state,
    log,
    start(args, chosen) {
      log.push(args.join(' '))
      try {
        const answer = perform(state, args, chosen)
        return {
          status: 0,
          stdout: typeof answer === 'object' ? `${JSON.stringify(answer)}\n` : '',
          stderr: '',
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return { status: 1, stdout: '', stderr: `✘ [ERROR] ${error.message}\n` }
      }
    },
  }
}

function perform(account, args, chosen) {
  const words = args.filter((word) => !word.startsWith('-'))
  const after = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined)
  const command = Object.keys(COMMANDS).find((name) => words.join(' ').startsWith(name))
  if (!command) refuse(`Unknown command ${words.join(' ')}`)
  if (args.includes('--dry-run')) return
  if (!account.signedIn) refuse('Not logged in.')
  if (account.outage === command)
    refuse('A request to the Cloudflare API failed. Service unavailable [code: 10013]')
  if (command !== 'whoami' && account.accounts.length > 1 && !chosen)
    refuse('More than one account available but unable to select one in non-interactive mode.')
  return COMMANDS[command](account, { words, after })
}

function makeDatabase(account, { words }) {
  if (account.databases.some((database) => database.name === words[2]))
    refuse('A database with that name already exists')
  account.databases.push({ name: words[2], uuid: DATABASE_ID })
}

function execute(account, { after }) {
  requireDatabase(account, after)
  const tables = after('--command').includes('sqlite_master')
  if (!tables && !account.migrated) refuse('no such table: people: SQLITE_ERROR')
  const n = tables ? Number(account.migrated === true) : (account.people ?? 0)
  return [{ results: [{ n }], success: true }]
}

function migrate(account, { after }) {
  requireDatabase(account, after)
  account.migrated = true
}

function listSecrets(account, { after }) {
  if (!account.worker) {
    refuse(`Worker "${after('--name')}" not found.

If this is a new Worker, run \`wrangler deploy\` first to create it.`)
  }
  return Object.keys(account.secrets).map((name) => ({ name, type: 'secret_text' }))
}

function putLive(account, { after }) {
  requireDatabase(account, after)
  if (!account.migrated) refuse('deployed before its migrations')
  const file = after('--secrets-file')
  Object.assign(account.secrets, file ? JSON.parse(readFileSync(file, 'utf8')) : {})
  account.worker = true
}

function make(list, name, refusal) {
  if (list.includes(name)) refuse(refusal)
  list.push(name)
}

function requireDatabase(account, after) {
  const { d1_databases } = JSON.parse(readFileSync(after('--config'), 'utf8'))
  const id = d1_databases[0].database_id
  if (!account.databases.some((database) => database.uuid === id))
    refuse(`Couldn't find a D1 DB with the id ${id}`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.env.ACCOUNT
  const account = createAccount(JSON.parse(readFileSync(file, 'utf8')))
  const done = account.start(process.argv.slice(2), process.env.CLOUDFLARE_ACCOUNT_ID)
  writeFileSync(file, JSON.stringify(account.state))
  process.stdout.write(done.stdout)
  process.stderr.write(done.stderr)
  process.exitCode = done.status
}
