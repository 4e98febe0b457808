// Builds what the browser loads: one stylesheet, the islands, the maps, and htmx from its package; and the fonts of PDFs. Skips what is up to date.
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { usMap, worldMap } from './lib/maps.mjs'
import { ROOT, say } from './lib/node.mjs'

const OUT = join(ROOT, 'public/js')
const FONTS = join(ROOT, 'public/fonts')
const MAPS = join(ROOT, 'public/maps')
const HTMX = join(ROOT, 'node_modules/htmx.org/dist')

const newest = (path) => {
  if (!existsSync(path)) return 0
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const islands = existsSync(join(ROOT, 'client'))
  ? readdirSync(join(ROOT, 'client')).filter((name) => name.endsWith('.ts'))
  : []
const outputs = [
  'public/app.css',
  ...islands.map((name) => `public/js/${name.replace(/\.ts$/, '.js')}`),
  'public/js/htmx.min.js',
  'public/js/gridstack.css',
  'public/fonts/regular.ttf',
  'public/fonts/bold.ttf',
  'public/maps/world.svg',
  'public/maps/us.svg',
]
const built = Math.min(...outputs.map((path) => newest(join(ROOT, path))))
const sources = Math.max(
  ...['src', 'client', 'package-lock.json', 'scripts/build-assets.mjs', 'scripts/lib/maps.mjs'].map((path) =>
    newest(join(ROOT, path)),
  ),
)

if (built > sources) process.exit(0)

mkdirSync(OUT, { recursive: true })
copyFileSync(join(HTMX, 'htmx.min.js'), join(OUT, 'htmx.min.js'))
copyFileSync(join(HTMX, 'ext/hx-ws.min.js'), join(OUT, 'hx-ws.min.js'))
// the builder of dashboards alone loads it
copyFileSync(join(ROOT, 'node_modules/gridstack/dist/gridstack.min.css'), join(OUT, 'gridstack.css'))
mkdirSync(FONTS, { recursive: true })
for (const [name, folder] of [
  ['regular', '400Regular'],
  ['bold', '700Bold'],
]) {
  const file = `node_modules/@expo-google-fonts/noto-sans/${folder}/NotoSans_${folder}.ttf`
  copyFileSync(join(ROOT, file), join(FONTS, `${name}.ttf`))
}
mkdirSync(MAPS, { recursive: true })
writeFileSync(join(MAPS, 'world.svg'), worldMap().svg)
writeFileSync(join(MAPS, 'us.svg'), usMap().svg)
const bin = (name) => join(ROOT, 'node_modules/.bin', name)
const results = await Promise.all([
  run(bin('tailwindcss'), ['-i', 'src/views/styles.css', '-o', 'public/app.css', '--minify']),
  run(bin('esbuild'), [
    ...islands.map((name) => `client/${name}`),
    '--bundle',
    '--minify',
    '--format=esm',
    '--target=es2022',
    '--outdir=public/js',
    '--log-level=error',
  ]),
])
process.exit(results.every((code) => code === 0) ? 0 : 1)

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    child.stdout.on('data', (chunk) => (words += chunk))
    child.stderr.on('data', (chunk) => (words += chunk))
    child.on('exit', (code) => {
      if (code !== 0) say(words)
      resolve(code)
    })
  })
}
