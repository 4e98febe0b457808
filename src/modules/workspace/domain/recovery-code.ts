/**
 * Recovery codes: five groups of five of 32 signs, 125 bits. From 112 bits on a plain digest may keep them (ASVS 5.0
 * 6.5.2); shorter ones would each need a slow hash.
 */

/** Without 0, 1, I and O, which are read for one another. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const GROUPS = 5

export const RECOVERY_CODE_LENGTH = GROUPS * GROUPS

/** A code of random bytes (at least 25), e.g. `K7QMX-2XVBA-9TRDC-HW4EF-N3PGZ`. 32 signs divide a byte: no bias. */
export function recoveryCode(random: Uint8Array): string {
  const signs = Array.from(random.slice(0, RECOVERY_CODE_LENGTH), (byte) => SIGNS[byte % SIGNS.length])
  return Array.from({ length: GROUPS }, (_, group) =>
    signs.slice(group * GROUPS, (group + 1) * GROUPS).join(''),
  ).join('-')
}

/** As it is digested: what people type between the signs does not matter. */
export const plainRecoveryCode = (typed: string): string => typed.replace(/[\s-]+/g, '').toUpperCase()
