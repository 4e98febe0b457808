/** Colours on paper: the light theme's, as numbers. */
import { type Color, rgb } from '@cantoo/pdf-lib'

const hex = (text: string): Color => {
  const part = (at: number) => Number.parseInt(text.slice(at, at + 2), 16) / 255
  return rgb(part(0), part(2), part(4))
}

export const INK = hex('1c2a2e')
export const SOFT = hex('55646a')
export const RULE = hex('dfe5e6')
export const STRONG_RULE = hex('9aa7ab')
export const PAPER = hex('ffffff')

const SERIES = ['0b6b70', 'b4551d', '4a55a8', 'a03a78', '4b83b8', 'b58a2b', '2f8f80', 'a8463a', '98a4a8'].map(
  hex,
)
const LEVELS = ['eff2f3', 'd3e4e5', 'b0d0d2', '8dbcbe', '5f9fa2', '38868a', '0b6b70'].map(hex)

export const seriesColour = (index: number): Color => SERIES[index % SERIES.length] ?? INK

/** 0 (nothing) to 6 (the most). */
export const levelColour = (level: number): Color => LEVELS[Math.min(level, LEVELS.length - 1)] ?? RULE
