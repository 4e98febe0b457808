#!/usr/bin/env node
// Answers like wrangler for an account whose things stand in the file ACCOUNT names; refuses what wrangler refuses: any
// command without a sign-in, making what is there already, migrating or deploying without the configuration's database.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'

const file = process.env.ACCOUNT
const account = JSON.parse(readFileSync(file, 'utf8'))
const args = process.argv.slice(2)
const command = args.filter((word) => !word.startsWith('-')).join(' ')
appendFileSync(`${file}.log`, `${args.join(' ')}\n`)

const save = () => writeFileSync(file, JSON.stringify(account))
const refuse = (words) => {
  process.stderr.write(`✘ [ERROR] ${words}\n`)
  process.exit(1)
}
const say = (words) => process.stdout.write(`${words}\n`)

if (!account.signedIn) {
  say('You are not authenticated. Please run `wrangler login`.')
  process.exit(command === 'whoami' ? 0 : 1)
}
const config = args.includes('--config') ? args[args.indexOf('--config') + 1] : null
const configured = config && existsSync(config) ? readFileSync(config, 'utf8') : ''

if (command === 'whoami') say('You are logged in with an OAuth Token.')
else if (command === 'd1 list') say(JSON.stringify(account.databases))
else if (command.startsWith('d1 create')) {
  const name = args[2]
  if (account.databases.some((database) => database.name === name))
    refuse(`A database with the name ${name} already exists`)
  account.databases.push({ name, uuid: '11111111-2222-3333-4444-555555555555' })
  save()
  say(
    '✅ Successfully created DB\n{ "d1_databases": [{ "database_id": "11111111-2222-3333-4444-555555555555" }] }',
  )
} else if (command === 'r2 bucket list') say(account.buckets.map((name) => `name: ${name}`).join('\n'))
else if (command.startsWith('r2 bucket create')) {
  if (account.buckets.includes(args[3])) refuse('The bucket you tried to create already exists')
  account.buckets.push(args[3])
  save()
} else if (command === 'queues list') say(account.queues.join('\n'))
else if (command.startsWith('queues create')) {
  if (account.queues.includes(args[2])) refuse('Queue name is already taken')
  account.queues.push(args[2])
  save()
} else if (command.startsWith('d1 migrations apply')) {
  if (!configured.includes(account.databases[0]?.uuid ?? 'none')) refuse('Couldn’t find a D1 DB with that id')
  account.migrated = true
  save()
} else if (command.startsWith('secret list'))
  say(JSON.stringify(account.secrets.map((name) => ({ name, type: 'secret_text' }))))
else if (command.startsWith('secret put')) {
  const value = readFileSync(0, 'utf8')
  if (!/^k1:[A-Za-z0-9+/=]{44}$/.test(value.trim())) refuse('empty secret')
  account.secrets.push(args[2])
  save()
} else if (command.startsWith('deploy')) {
  if (!account.migrated) refuse('deployed before its migrations')
  account.deployed = true
  save()
} else refuse(`Unknown command ${command}`)
