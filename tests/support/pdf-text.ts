// The words of a PDF as a reader finds them: each sheet's strings, through the fonts' own maps back to letters.
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFPage,
  PDFRawStream,
} from '@cantoo/pdf-lib'

/** One text a sheet, its strings with a line between them. */
export async function pdfText(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes)
  return document.getPages().map(textOf)
}

function textOf(page: PDFPage): string {
  const fonts = page.node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
  const maps = new Map(
    (fonts?.keys() ?? []).map((name) => {
      const font = fonts?.lookup(name, PDFDict)
      return [name.asString(), lettersOf(plain(font?.lookup(PDFName.of('ToUnicode'))))]
    }),
  )
  const contents = page.node.Contents()
  const streams = contents instanceof PDFArray ? contents.asArray() : [contents]
  const code = streams.map((stream) => plain(page.node.context.lookup(stream))).join('\n')
  let letters = new Map<string, string>()
  const lines: string[] = []
  for (const [, name, hex] of code.matchAll(/(\/\S+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj/g)) {
    if (name) letters = maps.get(name) ?? new Map()
    else if (hex) lines.push((hex.match(/.{4}/g) ?? []).map((id) => letters.get(id) ?? '').join(''))
  }
  return lines.join('\n')
}

function lettersOf(map: string): Map<string, string> {
  const pairs = map.matchAll(/<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>/g)
  return new Map(
    Array.from(pairs, ([, id = '', units = '']) => [
      id.toUpperCase(),
      String.fromCharCode(...(units.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16))),
    ]),
  )
}

const plain = (stream: unknown): string =>
  stream instanceof PDFRawStream ? new TextDecoder().decode(decodePDFRawStream(stream).decode()) : ''
