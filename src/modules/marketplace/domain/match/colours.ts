/** Colour words of shops, each with the name it is compared under. */

const COLOUR = new Map<string, string>(
  Object.entries({
    blk: 'black',
    wht: 'white',
    gry: 'gray',
    slv: 'silver',
    charcoal: 'gray',
    graphite: 'gray',
    violet: 'purple',
    crimson: 'red',
    navy: 'blue',
    ivory: 'white',
    platinum: 'silver',
  }),
)
for (const name of 'black white gray silver red blue green pink purple orange yellow brown gold beige tan bronze teal cyan magenta burgundy maroon lavender turquoise copper champagne titanium clear'.split(
  ' ',
)) {
  COLOUR.set(name, name)
}

/** Colours named among the words, each once, under one name per colour. */
export function coloursOf(words: readonly string[]): string[] {
  const found = new Set<string>()
  for (const word of words) {
    const name = COLOUR.get(word)
    if (name) found.add(name)
  }
  return [...found]
}
