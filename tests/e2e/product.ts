// The product as a newcomer starts it: by `npm start`, on state of its own, with a demo sign-in.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Started {
  url: string
  email: string
  password: string
  apiKey: string
}

export async function startProduct(): Promise<{ started: Started; stop(): Promise<void> }> {
  const state = mkdtempSync(join(tmpdir(), 'smb-e2e-'))
  const child = spawn(process.execPath, ['scripts/start.mjs', '--json', '--state', state], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  const started = await new Promise<Started>((resolve, reject) => {
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const line = out.split('\n').find((text) => text.startsWith('{'))
      if (line && out.includes('\n')) resolve(JSON.parse(line))
    })
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}\n${errors.join('')}`)))
  })
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    rmSync(state, { recursive: true, force: true })
  }
  return { started, stop }
}
