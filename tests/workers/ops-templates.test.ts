// Mail templates: taken, changed, looked at on real records, tried; and what is refused in them.
import { beforeAll, describe, expect, test } from 'vitest'
import { MAIL_GALLERY } from '../../src/modules/ops-copilot/domain/mail-gallery.ts'
import {
  createTemplate,
  deleteTemplate,
  listTemplates,
  previewTemplate,
  readTemplate,
  saveTemplateForm,
  sendTestMail,
  updateTemplate,
} from '../../src/modules/ops-copilot/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { joinedAs, okValue } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let owner: Actor

beforeAll(async () => {
  world = await makeWorld()
  owner = { ...(await joinedAs(world, await world.workspace(), 'owner')), email: 'me@example.com' }
})

describe('the gallery', () => {
  test('holds at least 15 templates, each under its own key', () => {
    expect(MAIL_GALLERY.length).toBeGreaterThanOrEqual(15)
    expect(new Set(MAIL_GALLERY.map(({ key }) => key)).size).toBe(MAIL_GALLERY.length)
  })

  test.each(MAIL_GALLERY)(
    '$key is taken whole and fills in, though this workspace knows nobody yet',
    async ({ key, stream }) => {
      const made = okValue(await createTemplate(world.services, owner, { gallery: key }))
      expect(made).toMatchObject({ galleryKey: key, stream, version: 1 })
      const { page } = okValue(await previewTemplate(world.services, owner, made.id))
      expect(page.subject).not.toContain('{{')
      expect(page.text).not.toContain('{{')
      expect(page.html.includes('/mail/unsubscribe/')).toBe(stream === 'marketing')
    },
  )
})

describe('a template', () => {
  const make = async (blocks: unknown[] = [], subject = 'A subject') =>
    okValue(await createTemplate(world.services, owner, { name: 'Mine', subject, blocks }))

  test('is changed by its form: texts, order, one more and one less block, each change a version', async () => {
    const { id } = await make([
      { kind: 'heading', text: 'First' },
      { kind: 'text', text: 'Second' },
    ])
    const save = (version: number, deed: string) =>
      saveTemplateForm(world.services, owner, id, [
        ['version', String(version)],
        ['name', 'Mine'],
        ['subject', 'Other'],
        ['preheader', ''],
        ['stream', 'workspace'],
        ['block_0_kind', 'heading'],
        ['block_0_text', 'First'],
        ['block_1_kind', 'text'],
        ['block_1_text', 'Changed'],
        ['deed', deed],
      ])
    const moved = okValue(await save(1, 'up:1'))
    expect(moved.version).toBe(2)
    expect(moved.blocks).toMatchObject([{ text: 'Changed' }, { text: 'First' }])
    expect(okValue(await save(2, 'add:button')).blocks.map((one) => (one as { kind: string }).kind)).toEqual([
      'heading',
      'text',
      'button',
    ])
    expect(okValue(await save(3, 'remove:0')).blocks).toHaveLength(1)
    expect(okValue(await save(4, 'nonsense:99')).blocks).toHaveLength(2)
    expect(await save(1, '')).toMatchObject({ ok: false, error: { slug: 'template-changed' } })
  })

  test('without a name or subject is refused beside the field and stays as it was', async () => {
    const { id } = await make()
    const refused = await updateTemplate(world.services, owner, id, { name: ' ', subject: '' })
    if (refused.ok) throw new Error('it was taken')
    expect(refused.error.errors?.map(({ path }) => path).sort()).toEqual(['name', 'subject'])
    expect(okValue(await readTemplate(world.services, owner, id)).name).toBe('Mine')
  })

  test('says what has no value, and shows the rest', async () => {
    const { id } = await make([{ kind: 'text', text: 'Hello {{ trigger.nobody.name }}' }])
    const { page, lacking } = okValue(await previewTemplate(world.services, owner, id))
    expect(page.text).toContain('Hello')
    expect(lacking).toMatch(/nobody/)
  })

  test.each([
    ['a line break in the subject', { subject: 'Hi{{ "\r\nBcc: all@example.com" }}' }],
    ['a tag that loads others', { blocks: [{ kind: 'text', text: '{% include "secrets" %}' }] }],
    [
      'a loop without end',
      {
        blocks: [
          {
            kind: 'text',
            text: '{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}',
          },
        ],
      },
    ],
    ['the way to the code', { blocks: [{ kind: 'text', text: '{{ trigger.constructor.constructor }}' }] }],
  ])('with %s harms nothing: refused in words, or empty', async (_, change) => {
    const { id } = await make()
    okValue(await updateTemplate(world.services, owner, id, change))
    const made = await previewTemplate(world.services, owner, id)
    if (made.ok) {
      expect(made.value.page.subject).not.toMatch(/[\r\n]/)
      expect(made.value.page.text).not.toContain('function')
    } else expect(made.error.detail.length).toBeGreaterThan(5)
  })

  test('goes to whoever tries it and to nobody else', async () => {
    const { id } = await make([{ kind: 'text', text: 'Hi' }])
    expect(okValue(await sendTestMail(world.services, owner, id))).toEqual({ to: 'me@example.com' })
    expect(await sendTestMail(world.services, world.as(owner, 'viewer'), id)).toMatchObject({
      ok: false,
      error: { kind: 'forbidden' },
    })
  })

  test('that was removed is in no list and can be read no more', async () => {
    const { id } = await make()
    okValue(await deleteTemplate(world.services, owner, id))
    expect(okValue(await listTemplates(world.services, owner)).some((one) => one.id === id)).toBe(false)
    expect(await readTemplate(world.services, owner, id)).toMatchObject({
      ok: false,
      error: { kind: 'not_found' },
    })
  })
})
