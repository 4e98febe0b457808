/** What a workspace's own answers say about the shipped probabilities: Platt scaling held near "as shipped". */

export interface Calibration {
  slope: number
  offset: number
  /** Answers it was fitted on. */
  answers: number
}

export interface Answer {
  probability: number
  /** The person confirmed (true) or rejected (false) the pair. */
  same: boolean
}

/** Probabilities as shipped. */
export const AS_SHIPPED: Calibration = { slope: 1, offset: 0, answers: 0 }

/** Fewer answers than this, or answers of one kind only, move nothing. */
const LEAST_ANSWERS = 20
/** How many answers' worth of pull "as shipped" has: slope is held tighter than offset. */
const SLOPE_PRIOR = 8
const OFFSET_PRIOR = 1
const STEPS = 50
/** A surer pair stays surer. */
const LEAST_SLOPE = 0.1

/**
 * Fits `p' = sigmoid(slope * logit(p) + offset)` to confirmed and rejected pairs by Newton steps (Platt 1999), with a
 * normal prior at slope 1, offset 0. The slope never turns: a surer pair stays surer.
 */
export function fitCalibration(answers: readonly Answer[]): Calibration {
  const yes = answers.filter((answer) => answer.same).length
  if (answers.length < LEAST_ANSWERS || yes === 0 || yes === answers.length) {
    return { ...AS_SHIPPED, answers: answers.length }
  }
  // Platt's smoothed targets: a clean split must not claim certainty.
  const high = (yes + 1) / (yes + 2)
  const low = 1 / (answers.length - yes + 2)
  const points = answers.map((answer) => ({ x: logit(answer.probability), target: answer.same ? high : low }))
  let at = { slope: 1, offset: 0 }
  let loss = lossOf(points, at)
  for (let step = 0; step < STEPS; step++) {
    const move = newtonStep(points, at.slope, at.offset)
    let share = 1
    let next = moved(at, move, share)
    // Newton's step may overshoot far from the answer: halve it until the loss falls.
    while (share > 1e-6 && lossOf(points, next) > loss) {
      share /= 2
      next = moved(at, move, share)
    }
    const gain = loss - lossOf(points, next)
    if (gain < 1e-10) break
    at = next
    loss -= gain
  }
  return { ...at, answers: answers.length }
}

type Line = Pick<Calibration, 'slope' | 'offset'>
type Points = readonly { x: number; target: number }[]

const moved = (at: Line, move: Line, share: number): Line => ({
  slope: Math.max(LEAST_SLOPE, at.slope - share * move.slope),
  offset: at.offset - share * move.offset,
})

/** Negative log posterior. */
function lossOf(points: Points, { slope, offset }: Line): number {
  let loss = (SLOPE_PRIOR * (slope - 1) ** 2 + OFFSET_PRIOR * offset ** 2) / 2
  for (const { x, target } of points) {
    const z = slope * x + offset
    loss += Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z)))
  }
  return loss
}

function newtonStep(points: Points, slope: number, offset: number): Line {
  let gs = SLOPE_PRIOR * (slope - 1)
  let go = OFFSET_PRIOR * offset
  let hss = SLOPE_PRIOR
  let hso = 0
  let hoo = OFFSET_PRIOR
  for (const { x, target } of points) {
    const p = sigmoid(slope * x + offset)
    const error = p - target
    const spread = p * (1 - p)
    gs += error * x
    go += error
    hss += spread * x * x
    hso += spread * x
    hoo += spread
  }
  const det = hss * hoo - hso * hso
  return { slope: (hoo * gs - hso * go) / det, offset: (hss * go - hso * gs) / det }
}

/** A shipped probability as this workspace's answers read it. */
export function calibrate(probability: number, calibration: Calibration): number {
  return sigmoid(calibration.slope * logit(probability) + calibration.offset)
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Log-odds of a probability, held away from 0 and 1. */
function logit(probability: number): number {
  const held = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  return Math.log(held / (1 - held))
}
