// The command line of `npm start` and `npm run reset`, parsed; a wrong word gets a sentence.

export const START_HELP = `npm start -- [options]
  --port N      port to listen on (8787, or the next free one)
  --state DIR   folder for the local database, files and queues (.wrangler/state)
  --no-vendors  without the made-up Shopify, Stripe and QuickBooks: connect real accounts
  --empty       an owner with an empty workspace instead of the demo
  --json        print one line { "url", "email", "password", "apiKey" } on standard output
  --help        this text`

/** `{ port, portGiven, state, empty, json, help }`, or `{ error }`. */
export function parseStart(args) {
  const options = {
    port: 8787,
    portGiven: false,
    state: '.wrangler/state',
    vendors: true,
    empty: false,
    json: false,
    help: false,
  }
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].split(/=(.*)/s)
    const value = () => inline ?? (args[i + 1]?.startsWith('--') ? undefined : args[++i])
    if (name === '--no-vendors') options.vendors = false
    else if (name === '--empty' || name === '--json' || name === '--help') options[name.slice(2)] = true
    else if (name === '--port') {
      options.port = Number(value())
      options.portGiven = true
      if (!Number.isInteger(options.port) || options.port < 1 || options.port > 65535) {
        return { error: '--port takes a number from 1 to 65535.' }
      }
    } else if (name === '--state') {
      options.state = value()
      if (!options.state) return { error: '--state takes a folder.' }
    } else return { error: `Unknown option ${args[i]}.\n\n${START_HELP}` }
  }
  return options
}

/** `{ state }`, or `{ error }`. */
export function parseReset(args) {
  const options = parseStart(args)
  const other = options.portGiven || options.empty || options.json || options.help || !options.vendors
  return options.error || other
    ? { error: 'npm run reset takes only --state DIR.' }
    : { state: options.state }
}
