// `npm run reset`: forgets the local state (database, files, queues). The next start begins afresh.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT, say, stop } from './lib/node.mjs'
import { parseReset } from './lib/options.mjs'
import { holderOf } from './lib/state-lock.mjs'

// What a start writes into its state folder; a folder that holds anything else is somebody's own.
const OURS = ['v3', 'migrated', 'registry', 'start.pid', 'worker.pid', 'worker.log']

const options = parseReset(process.argv.slice(2))
if (options.error) stop(options.error, 2)
const state = resolve(ROOT, options.state)
const entries = existsSync(state) ? readdirSync(state) : []
const foreign = entries.filter((name) => !OURS.includes(name))
if (foreign.length > 0)
  stop(
    `${state} is no state folder of this product (it holds ${foreign.slice(0, 3).join(', ')}); nothing was removed.`,
  )
const holder = holderOf(state)
if (holder !== null)
  stop(`A start (process ${holder}) still runs on ${state}. End it with Ctrl-C there, then reset.`)
for (const name of entries) rmSync(join(state, name), { recursive: true, force: true })
say(entries.length > 0 ? `Forgotten: ${state}` : `There was nothing to forget in ${state}`)
