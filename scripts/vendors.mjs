// `npm run vendors`: made-up vendors on this machine, answering as theirs are documented, for anything to be pointed at.
import { continueOnLockedNode, ensureInstalled, requireNode18, say, stop } from './lib/node.mjs'
import { isFree } from './lib/ports.mjs'

const HELP = `npm run vendors -- [options]
  --port N     port to listen on (8790)
  --orders N   orders in two years (6000)
  --help       this text`

requireNode18()
const options = { port: 8790, orders: 6000 }
const args = process.argv.slice(2)
for (let i = 0; i < args.length; i++) {
  const [name, inline] = args[i].split('=')
  if (name === '--help') {
    process.stdout.write(`${HELP}\n`)
    process.exit(0)
  }
  const value = Number(inline ?? args[++i])
  const key = name.slice(2)
  if (!(key in options) || !Number.isInteger(value) || value < 1) stop(`${args.join(' ')}\n\n${HELP}`, 2)
  options[key] = value
}
ensureInstalled()
await continueOnLockedNode()
if (!(await isFree(options.port))) stop(`Port ${options.port} is taken. Choose another with --port.`)

const { startVendors } = await import('./lib/vendors.mjs')
const vendors = await startVendors(options)
say(`vendors    ${vendors.url}`)
for (const [name, value] of Object.entries(vendors.vars)) say(`  ${name}=${value}`)
say('Put these lines into .dev.vars. npm start runs such vendors by itself.')
for (const { name, how } of vendors.ways) say(`  ${name}: ${how}`)
