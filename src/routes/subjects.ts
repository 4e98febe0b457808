/** Finds what a comment or file is to hang on, each through the front door of its wing. */
import { getDashboard, readImport, readSource } from '../modules/mini-foundry/index.ts'
import { findOwnSubject, isSubjectType, type Subject, type SubjectType } from '../modules/workspace/index.ts'
import type { Actor } from '../platform/actor.ts'
import { invalid, ok, type Result } from '../platform/result.ts'
import type { Services } from '../platform/services.ts'

type Find = (services: Services, actor: Actor, id: string) => Promise<Result<string>>

/** Each answers what the thing is called, or that it is not there or not for this actor to see. */
const FIND: Record<Exclude<SubjectType, 'contact' | 'file'>, Find> = {
  import: async (services, actor, id) => {
    const found = await readImport(services, actor, id)
    return found.ok ? ok(found.value.row.fileName) : found
  },
  dashboard: async (services, actor, id) => {
    const found = await getDashboard(services, actor, id)
    return found.ok ? ok(found.value.name) : found
  },
  source: async (services, actor, id) => {
    const found = await readSource(services, actor, id)
    return found.ok ? ok(found.value.source.name) : found
  },
}

/** A subject that is there and that the actor may see. */
export async function findSubject(
  services: Services,
  actor: Actor,
  type: string,
  id: string,
): Promise<Result<Subject>> {
  if (!isSubjectType(type))
    return invalid([{ path: 'subject_type', message: 'Choose contact, file, import, dashboard or source.' }])
  if (!id) return invalid([{ path: 'subject_id', message: 'Name what it is about.' }])
  if (type === 'contact' || type === 'file') return findOwnSubject(services, actor, type, id)
  const title = await FIND[type](services, actor, id)
  return title.ok ? ok({ type, id, title: title.value }) : title
}
