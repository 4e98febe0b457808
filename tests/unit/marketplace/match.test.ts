import { describe, expect, it } from 'vitest'
import { matchProducts } from '../../../src/modules/marketplace/domain/product-match.ts'

const drive = { title: 'Lexar JumpDrive FireFly 8GB USB 2.0 Flash Drive', brand: 'Lexar', price: '24.99' }

describe('matching two products', () => {
  it('holds one camera described by two shops to be the same and names the model number', () => {
    const verdict = matchProducts(
      { title: 'Sony Cyber-shot DSC-W120/P Digital Camera Pink', price: '$179.95' },
      { title: 'sony cybershot pink 7.2 megapixel digital camera dscw120p', price: 169 },
    )
    expect(verdict.probability).toBeGreaterThan(0.8)
    expect(verdict.reasons).toContain('Both name the model number dscw120p.')
    expect(verdict.reasons).toContain('Prices are 6 % apart.')
    expect(verdict.variant).toBe(false)
  })

  it('decides by an equal GTIN whatever the titles say, across the lengths of the number', () => {
    const verdict = matchProducts(
      { title: 'Chocolate hazelnut spread', gtin: '0036000291452' },
      { title: 'Something else entirely', gtin: '036000291452' },
    )
    expect(verdict.key).toBe('gtin')
    expect(verdict.probability).toBeGreaterThan(0.99)
    expect(verdict.reasons[0]).toBe('Same GTIN 00036000291452.')
  })

  it('rejects equal titles with two different valid GTINs and says so first', () => {
    const verdict = matchProducts(
      { title: drive.title, gtin: '4006381333931' },
      { title: drive.title, gtin: '036000291452' },
    )
    expect(verdict.probability).toBeLessThan(0.05)
    expect(verdict.reasons[0]).toBe('GTIN differs: 04006381333931 and 00036000291452.')
  })

  it('does not trust a GTIN with a wrong check digit', () => {
    const verdict = matchProducts(
      { title: 'Red kettle', gtin: '4006381333932' },
      { title: 'Garden hose 20 m', gtin: '4006381333932' },
    )
    expect(verdict.key).toBeNull()
    expect(verdict.probability).toBeLessThan(0.5)
  })

  it('decides by brand and manufacturer number however they are punctuated', () => {
    const verdict = matchProducts(
      { title: 'Subwoofer black', brand: 'Yamaha', mpn: 'YST-FSW100BL' },
      { title: 'Home cinema bass box', brand: 'yamaha', mpn: 'ystfsw100 bl' },
    )
    expect(verdict.key).toBe('mpn')
    expect(verdict.probability).toBeGreaterThanOrEqual(0.99)
  })

  it('does not let the same manufacturer number of another brand decide', () => {
    const verdict = matchProducts(
      { title: 'Subwoofer', brand: 'Yamaha', mpn: 'A-100' },
      { title: 'Garden lamp', brand: 'Philips', mpn: 'A100' },
    )
    expect(verdict.key).toBeNull()
    expect(verdict.probability).toBeLessThan(0.5)
  })

  it.each([
    [
      'capacity',
      'Lexar JumpDrive FireFly 4 GB USB Flash Drive',
      'Lexar JumpDrive FireFly 8GB USB Flash Drive',
      '4 GB and 8 GB',
    ],
    ['pack', 'Bounty paper towels pack of 6', 'Bounty paper towels 12 pack', 'pack of 6 and pack of 12'],
    ['size', 'Levi 501 jeans blue large', 'Levi 501 jeans blue medium', 'large and medium'],
    ['weight', 'Lavazza Oro coffee beans 250 g', 'Lavazza Oro coffee beans 1 kg', '250 g and 1 kg'],
    ['condition', 'Dell Latitude laptop', 'Dell Latitude laptop refurbished', 'new and refurbished'],
  ])('vetoes a pair that differs in %s alone', (kind, first, second, said) => {
    const verdict = matchProducts({ title: first }, { title: second })
    expect(verdict.variant).toBe(true)
    expect(verdict.probability).toBeLessThan(0.2)
    expect(verdict.differences[0]?.kind).toBe(kind)
    expect(verdict.reasons[0]).toContain(said)
  })

  it('lowers the probability for another colour without calling it impossible', () => {
    const same = matchProducts({ title: 'Bodum kettle 1 l red' }, { title: 'Bodum kettle 1 l red' })
    const other = matchProducts({ title: 'Bodum kettle 1 l red' }, { title: 'Bodum kettle 1 l blue' })
    expect(other.probability).toBeLessThan(same.probability / 2)
    expect(other.reasons).toContain('Colour differs: red and blue.')
  })

  it('takes one measure in two units for equal', () => {
    const verdict = matchProducts({ title: 'HDMI cable 6 ft' }, { title: 'HDMI cable 1.83 m' })
    expect(verdict.differences).toEqual([])
  })

  it('keeps two spellings of a colour at the end of a model number together and two models apart', () => {
    const spelling = matchProducts(
      { title: 'Yamaha receiver RX-V663BK' },
      { title: 'Yamaha receiver rxv663bl' },
    )
    const models = matchProducts(
      { title: 'Brother laser printer HL-2140' },
      { title: 'Brother laser printer HL-2170' },
    )
    expect(spelling.differences).toEqual([])
    expect(models.reasons).toContain('Model number differs: hl2140 and hl2170.')
    expect(models.probability).toBeLessThan(0.3)
  })

  it('names what only one title says, rare words first, at most three', () => {
    const { reasons } = matchProducts(
      { title: 'Adobe Photoshop CS3 upgrade from zanzibar quixotic elements' },
      { title: 'Adobe Photoshop CS3' },
    )
    expect(reasons.find((reason) => reason.startsWith('Only the first says'))).toMatch(/zanzibar, quixotic/)
  })

  it('gives a probability for products that say nothing', () => {
    const verdict = matchProducts({ title: '' }, { title: '', price: 'call us', gtin: 'none' })
    expect(verdict.probability).toBeGreaterThanOrEqual(0)
    expect(verdict.probability).toBeLessThan(0.5)
  })

  it('reads words that name parts of the language as words', () => {
    const verdict = matchProducts(
      { title: 'constructor toString 12 valueOf' },
      { title: 'constructor __proto__ set 3' },
    )
    expect(Number.isFinite(verdict.probability)).toBe(true)
  })
})
