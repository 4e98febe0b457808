/** Puts a file through the real import: into storage, made into an import, and worked on until its queue is empty. */
import {
  type ArrivedFile,
  continueImport,
  createImport,
  type ImportRecord,
  type ImportWish,
  newImportFile,
  readImport,
  undoImportChunk,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { World } from './world.ts'

export async function arrive(
  world: World,
  actor: Actor,
  text: string,
  fileName = 'orders.csv',
): Promise<ArrivedFile> {
  const place = newImportFile(world.services, actor)
  if (!place.ok) throw new Error(place.error.detail)
  const { bytes } = await world.services.files.put(place.value.key, text, 'text/csv')
  return { id: place.value.id, fileName, bytes }
}

/** Makes the import and answers its id; the queue is left alone. */
export async function begin(
  world: World,
  actor: Actor,
  text: string,
  wish: ImportWish = { kind: 'orders' },
): Promise<string> {
  const created = await createImport(world.services, actor, await arrive(world, actor, text), wish)
  if (!created.ok) throw new Error(`${created.error.detail} ${JSON.stringify(created.error.errors)}`)
  return created.value.id
}

export async function importText(
  world: World,
  actor: Actor,
  text: string,
  wish: ImportWish = { kind: 'orders' },
): Promise<ImportRecord> {
  const id = await begin(world, actor, text, wish)
  await drainImports(world, actor)
  return rowOf(world, actor, id)
}

/** Performs what imports ask for and drops the rest: rollups have tests of their own, and take their time. */
export async function drainImports(world: World, actor: Actor): Promise<void> {
  for (let message = world.messages.shift(); message; message = world.messages.shift()) {
    if (message.kind === 'import.continue') await continueImport(world.services, actor, message.importId)
    if (message.kind === 'import.undo') await undoImportChunk(world.services, actor, message.importId)
  }
}

export async function rowOf(world: World, actor: Actor, id: string): Promise<ImportRecord> {
  const view = await readImport(world.services, actor, id)
  if (!view.ok) throw new Error(view.error.detail)
  return view.value.row
}
