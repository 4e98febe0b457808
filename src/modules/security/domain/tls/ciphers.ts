/** Cipher suites of TLS by strength (IANA registry; judged by RFC 9325 and RFC 7465). */

export const TLS13_CIPHERS = [0x1301, 0x1302, 0x1303] as const

/** Ephemeral keys with authenticated encryption. */
const GOOD = [0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f] as const

/** Ephemeral keys, but CBC with SHA-1. */
export const DATED_CIPHERS = [0xc009, 0xc00a, 0xc013, 0xc014, 0x0033, 0x0039] as const

/** Without forward secrecy: the key is sent encrypted with the certificate's. */
const STATIC = [0x009c, 0x009d, 0x003c, 0x003d, 0x002f, 0x0035, 0x0041, 0x0084] as const

/** RC4, 3DES, DES, export strength, no encryption, and nobody's certificate. */
const BROKEN: Readonly<Record<number, string>> = {
  1: 'RSA_NULL_MD5',
  2: 'RSA_NULL_SHA',
  3: 'RSA_EXPORT_RC4_40_MD5',
  4: 'RSA_RC4_128_MD5',
  5: 'RSA_RC4_128_SHA',
  6: 'RSA_EXPORT_RC2_CBC_40_MD5',
  8: 'RSA_EXPORT_DES40_CBC_SHA',
  9: 'RSA_DES_CBC_SHA',
  10: 'RSA_3DES_EDE_CBC_SHA',
  20: 'DHE_RSA_EXPORT_DES40_CBC_SHA',
  21: 'DHE_RSA_DES_CBC_SHA',
  22: 'DHE_RSA_3DES_EDE_CBC_SHA',
  24: 'DH_anon_RC4_128_MD5',
  27: 'DH_anon_3DES_EDE_CBC_SHA',
  52: 'DH_anon_AES_128_CBC_SHA',
  58: 'DH_anon_AES_256_CBC_SHA',
  59: 'RSA_NULL_SHA256',
  166: 'DH_anon_AES_128_GCM_SHA256',
  167: 'DH_anon_AES_256_GCM_SHA384',
  49158: 'ECDHE_ECDSA_NULL_SHA',
  49159: 'ECDHE_ECDSA_RC4_128_SHA',
  49160: 'ECDHE_ECDSA_3DES_EDE_CBC_SHA',
  49168: 'ECDHE_RSA_NULL_SHA',
  49169: 'ECDHE_RSA_RC4_128_SHA',
  49170: 'ECDHE_RSA_3DES_EDE_CBC_SHA',
  49173: 'ECDH_anon_NULL_SHA',
  49176: 'ECDH_anon_AES_128_CBC_SHA',
  49177: 'ECDH_anon_AES_256_CBC_SHA',
}

const NAMES: Readonly<Record<number, string>> = {
  ...BROKEN,
  47: 'RSA_AES_128_CBC_SHA',
  53: 'RSA_AES_256_CBC_SHA',
  51: 'DHE_RSA_AES_128_CBC_SHA',
  57: 'DHE_RSA_AES_256_CBC_SHA',
  60: 'RSA_AES_128_CBC_SHA256',
  61: 'RSA_AES_256_CBC_SHA256',
  65: 'RSA_CAMELLIA_128_CBC_SHA',
  132: 'RSA_CAMELLIA_256_CBC_SHA',
  156: 'RSA_AES_128_GCM_SHA256',
  157: 'RSA_AES_256_GCM_SHA384',
  49161: 'ECDHE_ECDSA_AES_128_CBC_SHA',
  49162: 'ECDHE_ECDSA_AES_256_CBC_SHA',
  49171: 'ECDHE_RSA_AES_128_CBC_SHA',
  49172: 'ECDHE_RSA_AES_256_CBC_SHA',
}

export const WEAK_CIPHERS: readonly number[] = [...Object.keys(BROKEN).map(Number), ...STATIC]

/** Everything that an ordinary server of any age may want. */
export const COMMON_CIPHERS: readonly number[] = [
  ...GOOD,
  ...[0xc023, 0xc027, 0xc024, 0xc028, 0x0067, 0x006b],
  ...DATED_CIPHERS,
  ...STATIC,
  ...[0x000a, 0xc008, 0xc012, 0x0016, 0x0005, 0x0004],
]

/** E.g. `RSA_RC4_128_SHA`, or the number where the name does not matter. */
export const cipherName = (cipher: number): string =>
  NAMES[cipher] ?? `0x${cipher.toString(16).padStart(4, '0')}`
