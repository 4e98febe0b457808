// Starts the product once, as a newcomer would, on its own state; every browser test walks in through the front door.
import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { type Started, startProduct } from './product.ts'

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
  const { started, stop } = await startProduct()
  project.provide('started', started)
  project.provide('chromium', chromium)
  return stop
}
