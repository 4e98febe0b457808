// Draws the maps of charts as sprites: each country or state a shape that a page points at, and all of them as `all`.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoIdentity, geoNaturalEarth1, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'

export const MAP_WIDTH = 840
/** Shapes smaller than this many pixels get a dot, or nobody would see Singapore or Malta. */
const SMALL = 7
/** A ring of so few corners may turn inside out on the globe, and then be everything but itself. */
const FEW = 8
const ANTARCTICA = 'AQ'
const require = createRequire(import.meta.url)

/** Countries by their ISO code; disputed land without one is part of the picture only. */
export function worldMap() {
  const land = read(require.resolve('world-atlas/countries-50m.json'), 'countries', 0.3)
  const shapes = land.features.map((shape) => ({ ...shape, code: countryCode(shape) }))
  const drawn = { type: 'FeatureCollection', features: shapes.filter(({ code }) => code !== ANTARCTICA) }
  return sprite(drawn, geoNaturalEarth1().fitWidth(MAP_WIDTH, drawn))
}

/** States by their name in small letters, Alaska and Hawaii in the corner. */
export function usMap() {
  const land = read(require.resolve('us-atlas/states-albers-10m.json'), 'states', 0.6)
  const features = land.features.map((shape) => ({ ...shape, code: stateCode(shape.properties.name) }))
  const drawn = { type: 'FeatureCollection', features }
  return sprite(drawn, geoIdentity().fitWidth(MAP_WIDTH, drawn))
}

const stateCode = (name) => name.toLowerCase().replaceAll(' ', '-')

/** @returns {import('geojson').FeatureCollection} */
function read(file, object, distance) {
  const topology = JSON.parse(readFileSync(file, 'utf8'))
  return feature(withFewerPoints(topology, distance), topology.objects[object])
}

/**
 * Leaves out points nearer than `distance` to the one before. Neighbours share their arcs, so no gap opens between them.
 * @param {import('topojson-specification').Topology} topology
 * @param {number} distance in the units of the atlas
 */
function withFewerPoints(topology, distance) {
  const { scale, translate } = topology.transform
  const arcs = topology.arcs.map((steps) => {
    const grid = [0, 0]
    const points = steps.map((step) =>
      [0, 1].map((axis) => {
        grid[axis] += step[axis]
        return grid[axis] * scale[axis] + translate[axis]
      }),
    )
    return thinned(points, distance)
  })
  return { ...topology, transform: undefined, arcs }
}

/** Ends stay where they are; a ring so small that little would be left stays as it is. */
function thinned(points, distance) {
  const last = points.at(-1)
  const kept = [points[0]]
  for (const point of points.slice(1, -1))
    if (Math.hypot(point[0] - kept.at(-1)[0], point[1] - kept.at(-1)[1]) >= distance) kept.push(point)
  kept.push(last)
  return kept.length < FEW ? points : kept
}

/** The atlas numbers countries; Unicode knows which letters a number stands for. */
function countryCode({ id, properties }) {
  if (properties.name === 'Kosovo') return 'XK'
  // It lies in the sea north of Australia and shares its number.
  if (id === undefined || properties.name.startsWith('Ashmore')) return null
  const code = new Intl.Locale(`und-${String(id).padStart(3, '0')}`).region
  return /^[A-Z]{2}$/.test(code) ? code : null
}

function sprite({ features }, projection) {
  const path = geoPath(projection).digits(1)
  const height = Math.ceil(path.bounds({ type: 'FeatureCollection', features })[1][1])
  const shapes = features.flatMap((shape) => {
    const d = withoutRepeats(path(shape) ?? '')
    const [x, y] = path.centroid(shape).map((at) => Math.round(at * 10) / 10)
    const dot =
      path.area(shape) < SMALL && Number.isFinite(x) ? `M${x - 2},${y}a2,2 0 1,0 4,0a2,2 0 1,0 -4,0Z` : ''
    if (d + dot === '') return []
    const id = shape.code ? ` id="${shape.code}"` : ''
    return [`<path${id} d="${d}${dot}" vector-effect="non-scaling-stroke"/>`]
  })
  return {
    height,
    codes: features.flatMap(({ code }) => code ?? []),
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MAP_WIDTH} ${height}"><g id="all">${shapes.join('')}</g></svg>\n`,
  }
}

/** Rounded to a tenth of a pixel, small islands fall into points or lines: those are no shapes. */
function withoutRepeats(d) {
  return d.replace(/M([^MZ]+)Z/g, (_, points) => {
    const kept = points.split('L').filter((point, index, all) => point !== all[index - 1])
    return kept.length > 2 ? `M${kept.join('L')}Z` : ''
  })
}
