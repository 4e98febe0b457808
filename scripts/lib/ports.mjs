// Which ports are free on loopback.
import { createServer } from 'node:net'

export const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** The first free port from `from` on, or null after a hundred. */
export async function nextFree(from) {
  for (let port = from; port < from + 100; port++) if (await isFree(port)) return port
  return null
}
