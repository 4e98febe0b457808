/** Things of this wing that comments and files may hang on. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Subject } from '../domain/subject.ts'
import { contactTitle } from '../store/subjects.ts'
import { readFile } from './files.ts'

/** Found, and the actor may see it. Other wings' things are found through their own front doors. */
export async function findOwnSubject(
  services: Services,
  actor: Actor,
  type: 'contact' | 'file',
  id: string,
): Promise<Result<Subject>> {
  if (type === 'file') {
    const file = await readFile(services, actor, id)
    return file.ok ? ok({ type, id, title: file.value.name }) : file
  }
  if (!can(actor, 'contacts:read')) return forbidden('see contacts')
  const db = services.tenant(actor.tenantId)
  const [row] = await db.get(contactTitle(db, id))
  return row ? ok({ type, id, title: row.title }) : notFound('contact')
}
