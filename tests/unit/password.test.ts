// The password policy of ASVS 5.0 6.2, and nothing beyond it.
import { expect, test } from 'vitest'
import { COMMON_WORDS } from '../../src/modules/workspace/domain/common-passwords.ts'
import { passwordFault } from '../../src/modules/workspace/domain/password-policy.ts'

const ABOUT = ['Nora Ellery', 'nora@harbour.example', 'Harbour & Pine']
const fault = (password: string) => passwordFault(password, ABOUT)

/** Text of a length with nothing regular in it. */
const irregular = (length: number) =>
  Array.from({ length }, (_, i) => 'kq7wz2mx9vbt4hd'[(i * i + 3 * i) % 15]).join('')

test('12 to 128 characters are accepted, one less or more is not', () => {
  expect(fault(irregular(11))).toContain('at least 12')
  expect(fault(irregular(12))).toBeNull()
  expect(fault(irregular(128))).toBeNull()
  expect(fault(irregular(129))).toContain('at most 128')
})

test('characters are counted as people see them, not as the machine stores them', () => {
  expect(fault('\u{1F40B}\u{1F433}\u{1F42C}\u{1F41F}\u{1F420}\u{1F421}')).toContain('at least 12')
})

test.each([
  'only small letters here',
  'ONLY CAPITALS HERE NOW',
  '93-18-47-02-65',
  'пароль из слов и пробелов',
  '海辺の灯台と静かな午後の風',
  '  spaces at both ends  ',
])('any composition is accepted: %s', (password) => {
  expect(fault(password)).toBeNull()
})

test.each([
  'password1234',
  'PassWord!!2024',
  'P@ssw0rd!2024',
  'passwordpassword',
  'welcome-london-99',
  'iloveyou1234',
  'correct horse battery staple',
])('what attackers try first is refused: %s', (password) => {
  expect(fault(password)).toContain('attackers try')
})

test.each(['qwertyuiopasd', '123456789012', 'qwerty123456', '1qaz2wsx3edc', 'zyxwvutsrqpon'])(
  'a run of neighbouring keys is refused: %s',
  (password) => {
    expect(fault(password)).toContain('neighbouring')
  },
)

test.each(['aaaaaaaaaaaaa', 'abc1abc1abc1', '121212121212', 'xyxyxyyxyxyx'])(
  'a short piece again and again is refused: %s',
  (password) => {
    expect(fault(password)).toContain('again and again')
  },
)

test.each(['Harbour&Pine2026', 'NoraEllery#19', 'nora.harbour.example', 'SmbCommand-2026'])(
  'words of the account, the workspace or the product are refused: %s',
  (password) => {
    expect(fault(password)).toContain('say nothing about you')
  },
)

test('words of the account may stand in a password that is mostly something else', () => {
  expect(fault('harbour tulips under grey rain')).toBeNull()
})

test('long numbers of one own are not taken for decoration around a common word', () => {
  expect(fault('cat-9283746592')).toBeNull()
  expect(fault('cat123456789')).not.toBeNull()
})

test('the list of common words is long enough to matter', () => {
  expect(COMMON_WORDS.size).toBeGreaterThan(900)
})
