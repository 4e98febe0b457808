// `npm run reset`: forgets the local state (database, files, queues). The next start begins afresh.
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROOT, say, stop } from './lib/node.mjs'
import { parseStart } from './lib/options.mjs'
import { holderOf } from './lib/state-lock.mjs'

const options = parseStart(process.argv.slice(2))
if (options.error) stop('npm run reset takes only --state DIR.', 2)
const state = resolve(ROOT, options.state)
const holder = holderOf(state)
if (holder !== null)
  stop(`A start (process ${holder}) still runs on ${state}. End it with Ctrl-C there, then reset.`)
rmSync(state, { recursive: true, force: true })
say(`Forgotten: ${state}`)
