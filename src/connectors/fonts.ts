/** The installation's own fonts, which lie among its assets. */
import type { FontPort } from '../platform/services.ts'

/** The host is never asked for: the binding looks at the path only. */
const AT = 'https://assets.local/fonts'

export function createFontPort(assets: Fetcher): FontPort {
  const read = async (name: string): Promise<ArrayBuffer> => {
    const answer = await assets.fetch(`${AT}/${name}.ttf`)
    if (!answer.ok) throw new Error(`The font ${name} is missing: run scripts/build-assets.mjs.`)
    return answer.arrayBuffer()
  }
  return {
    async sans() {
      const [regular, bold] = await Promise.all([read('regular'), read('bold')])
      return { regular, bold }
    },
  }
}
