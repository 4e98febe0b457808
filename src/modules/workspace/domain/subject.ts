/** What comments and files may hang on, and the right that shows each. */
import type { Permission } from '../../../platform/actor.ts'

export const SUBJECT_TYPES = ['contact', 'file', 'import', 'dashboard', 'source'] as const
export type SubjectType = (typeof SUBJECT_TYPES)[number]

/** A thing that was found and that the actor may see: doors make these, actions trust them. */
export interface Subject {
  type: SubjectType
  id: string
  title: string
}

const FACTS: Record<SubjectType, { right: Permission; words: string; page(id: string): string }> = {
  contact: { right: 'contacts:read', words: 'contact', page: (id) => `/contacts/${id}` },
  file: { right: 'files:read', words: 'file', page: (id) => `/files/${id}` },
  import: { right: 'foundry:read', words: 'import', page: (id) => `/foundry/imports/${id}` },
  dashboard: { right: 'foundry:read', words: 'dashboard', page: (id) => `/foundry/dashboards/${id}` },
  source: { right: 'foundry:read', words: 'data source', page: (id) => `/foundry/sources/${id}` },
}

export const isSubjectType = (text: string): text is SubjectType =>
  (SUBJECT_TYPES as readonly string[]).includes(text)

/** The right that shows things of this type. */
export const subjectRight = (type: SubjectType): Permission => FACTS[type].right

/** What people call it, e.g. `data source`. */
export const subjectWords = (type: string): string => (isSubjectType(type) ? FACTS[type].words : type)

/** Where it is seen. */
export const subjectHref = (type: string, id: string): string =>
  isSubjectType(type) ? FACTS[type].page(id) : '/'
