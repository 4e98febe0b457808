/** Comments over the API: on anything that the caller may see. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  addComment,
  type CommentView,
  deleteComment,
  editComment,
  LONGEST_COMMENT,
  listComments,
  SUBJECT_TYPES,
} from '../../modules/workspace/index.ts'
import { findSubject } from '../subjects.ts'
import { bearer, createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/workspace/comments'
const common = { tags: ['Comments'], security: bearer }
const idParam = z.object({ id: z.string() })
const write = requires('comments:write')

const commentShape = z
  .object({
    id: z.string(),
    subject_type: z.string(),
    subject_id: z.string(),
    author_id: z.string(),
    author_name: z.string(),
    body: z.string().openapi({ description: 'Plain text; `@[Name](person id)` mentions somebody' }),
    mentions: z.array(z.string()),
    created_at: z.string(),
    updated_at: z.string(),
    edited_at: z.string().nullable(),
    deleted_at: z.string().nullable(),
  })
  .openapi('Comment')

const said = {
  body: z.string().max(LONGEST_COMMENT),
  mentions: z.array(z.string()).max(20).optional().openapi({ description: 'Person ids to tell besides' }),
}
const newComment = z.strictObject({
  subject_type: z.enum(SUBJECT_TYPES),
  subject_id: z.string(),
  ...said,
})
const changedComment = z.strictObject(said)

const filters = listQuery.extend({
  subject_type: z.enum(SUBJECT_TYPES).optional(),
  subject_id: z.string().max(100).optional(),
  author_id: z.string().max(100).optional(),
  updated_since: z.iso
    .datetime()
    .optional()
    .openapi({ description: 'Changed at this instant or later; deleted ones are among them, without words' }),
})

const toJson = (comment: CommentView) => ({
  id: comment.id,
  subject_type: comment.subjectType,
  subject_id: comment.subjectId,
  author_id: comment.authorId,
  author_name: comment.authorName,
  body: comment.body,
  mentions: comment.mentions,
  created_at: comment.createdAt,
  updated_at: comment.updatedAt,
  edited_at: comment.editedAt,
  deleted_at: comment.deletedAt,
})

export const commentsApi = createApi()
  .openapi(
    createRoute({
      ...common,
      middleware: requires('workspace:read'),
      method: 'get',
      path: BASE,
      summary: 'List comments',
      description: 'On things that the caller may see: contacts need `contacts:read`, and so on.',
      request: { query: filters },
      responses: { 200: jsonContent(pageOf(commentShape), 'Comments, newest first'), ...problemResponses },
    }),
    async (c) => {
      const { subject_type, subject_id, author_id, updated_since, cursor, limit } = c.req.valid('query')
      const question = {
        subjectType: subject_type,
        subjectId: subject_id,
        authorId: author_id,
        updatedSince: updated_since && new Date(updated_since).toISOString(),
        cursor,
      }
      const listed = await listComments(c.var.services, c.var.actor, question, limit ?? 50)
      if (!listed.ok) return problem(c, listed.error)
      return c.json({ data: listed.value.comments.map(toJson), next_cursor: listed.value.nextCursor }, 200)
    },
  )
  .openapi(
    createRoute({
      ...common,
      middleware: write,
      method: 'post',
      path: BASE,
      summary: 'Comment on something',
      request: { body: { required: true, content: { 'application/json': { schema: newComment } } } },
      responses: { 201: jsonContent(commentShape, 'The comment'), ...problemResponses },
    }),
    async (c) => {
      const { services, actor } = c.var
      const { subject_type, subject_id, ...words } = c.req.valid('json')
      const subject = await findSubject(services, actor, subject_type, subject_id)
      if (!subject.ok) return problem(c, subject.error)
      const added = await addComment(services, actor, subject.value, words)
      return added.ok ? c.json(toJson(added.value), 201) : problem(c, added.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      middleware: write,
      method: 'put',
      path: `${BASE}/{id}`,
      summary: 'Change a comment of one’s own',
      request: {
        params: idParam,
        body: { required: true, content: { 'application/json': { schema: changedComment } } },
      },
      responses: { 200: jsonContent(commentShape, 'The comment as it is now'), ...problemResponses },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      const edited = await editComment(c.var.services, c.var.actor, id, c.req.valid('json'))
      return edited.ok ? c.json(toJson(edited.value), 200) : problem(c, edited.error)
    },
  )
  .openapi(
    createRoute({
      ...common,
      middleware: write,
      method: 'delete',
      path: `${BASE}/{id}`,
      summary: 'Delete a comment',
      description: 'One’s own; others’ with `workspace:manage`. It can be restored in the app for 30 days.',
      request: { params: idParam },
      responses: { 204: { description: 'Deleted' }, ...problemResponses },
    }),
    async (c) => {
      const done = await deleteComment(c.var.services, c.var.actor, c.req.valid('param').id)
      return done.ok ? c.body(null, 204) : problem(c, done.error)
    },
  )
