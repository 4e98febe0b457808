// Starts the product once, as a newcomer would, on its own state; every browser test walks in through the front door.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

interface Started {
  url: string
  email: string
  password: string
  apiKey: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    started: Started
    chromium: string
  }
}

const BROWSERS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

export default async function setup(project: TestProject) {
  const chromium = BROWSERS.find((path) => path && existsSync(path))
  if (!chromium) {
    throw new Error(
      'No Chromium found. Install one (Debian: apt-get install -y chromium) or set CHROMIUM to its path.',
    )
  }
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
  project.provide('started', started)
  project.provide('chromium', chromium)
  return async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    rmSync(state, { recursive: true, force: true })
  }
}
