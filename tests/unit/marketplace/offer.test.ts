// Offers of pages written for this test: each source, their order, what is refused, what is left undecided.
import { describe, expect, test } from 'vitest'
import { extractOffer } from '../../../src/modules/marketplace/domain/offer.ts'

const url = 'https://shop.example/products/rope-20m'
const page = (body: string, head = '') =>
  `<!doctype html><html lang="en-US"><head><title>Rope</title>${head}</head><body><h1>Rope 20 m</h1>${body}</body></html>`
const ld = (value: unknown) =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`
const offer = (more: object = {}) => ({
  '@type': 'Offer',
  price: '24.90',
  priceCurrency: 'USD',
  availability: 'https://schema.org/InStock',
  ...more,
})
const product = (more: object = {}) => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: 'Rope 20 m',
  sku: 'RP-20',
  ...more,
})

describe('an offer', () => {
  test('of JSON-LD is read with its codes, and what two sources say alike is surer', () => {
    const html = page(
      '<span class="price">$24.90</span>',
      ld(product({ gtin13: '4006381333931', brand: { name: 'Harbour' }, offers: offer() })),
    )
    const found = extractOffer(html, url)
    expect(found).toMatchObject({
      ...{ price: '24.9', currency: 'USD', availability: 'InStock', sku: 'RP-20', gtin: '4006381333931' },
      ...{ brand: 'Harbour', name: 'Rope 20 m', accepted: true },
    })
    const alone = extractOffer(page('', ld(product({ offers: offer() }))), url)
    expect(found.confidence).toBeGreaterThan(alone.confidence)
  })

  test.each([
    ['a trailing comma', '{"@type":"Product","name":"Rope","offers":{"@type":"Offer","price":"24.90",},}'],
    [
      'a line break in a text',
      '{"@type":"Product","name":"Rope\n20","offers":{"@type":"Offer","price":24.9}}',
    ],
    ['a comment around it', '<!-- {"@type":"Product","offers":{"price":"24.90"}} -->'],
    ['a brace too many', '{"@type":"Product","offers":{"price":"24.90"}}}'],
    ['a graph', '{"@graph":[{"@type":"WebSite"},{"@type":["Product"],"offers":[{"price":"24.90"}]}]}'],
  ])('of JSON-LD with %s is read all the same', (_, text) => {
    expect(extractOffer(page('', ld(text)), url).price).toBe('24.9')
  })

  test('is not its list price, its price a metre, or that of members', () => {
    const specs = [
      { price: '29.90', priceCurrency: 'USD', priceType: 'https://schema.org/ListPrice' },
      { price: '1.25', priceCurrency: 'USD', referenceQuantity: { value: 1, unitCode: 'MTR' } },
      { price: '19.90', priceCurrency: 'USD', validForMemberTier: { '@type': 'MemberProgramTier' } },
    ]
    const found = extractOffer(page('', ld(product({ offers: offer({ priceSpecification: specs }) }))), url)
    expect(found.price).toBe('24.9')
    expect(found.candidates.map(({ role }) => role).sort()).toEqual(['current', 'list', 'member', 'unit'])
  })

  test('of variants with different prices is a range, and no price, until the address names one', () => {
    const variants = [
      {
        '@type': 'Product',
        name: 'Rope 10',
        sku: 'RP-10',
        offers: offer({ price: '14.90', url: `${url}?variant=1` }),
      },
      { '@type': 'Product', name: 'Rope 20', sku: 'RP-20', offers: offer({ url: `${url}?variant=2` }) },
    ]
    const html = page('', ld({ '@type': 'ProductGroup', name: 'Rope', hasVariant: variants }))
    expect(extractOffer(html, url.replace('rope-20m', 'rope')).price).toBeNull()
    expect(extractOffer(html, `${url}?variant=2`)).toMatchObject({ price: '24.9', sku: 'RP-20' })
  })

  test('of microdata is that of the page, not of what is recommended beside it', () => {
    const item = (price: string, cls: string) =>
      `<div class="${cls}"><div itemscope itemtype="https://schema.org/Product"><span itemprop="name">Rope</span><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="${price}"><meta itemprop="priceCurrency" content="EUR"></div></div></div>`
    const found = extractOffer(page(item('3.50', 'related-products') + item('24.90', 'main')), url)
    expect(found).toMatchObject({ price: '24.9', currency: 'EUR' })
  })

  test('shown only to people is found near the heading, without what was, what is saved and what shipping costs', () => {
    const html = page(
      '<del class="price">$29.90</del><div class="price">$24.90</div><span class="price-save">$5.00</span><span class="shipping-price">$4.90</span><button>Add to cart</button>',
    )
    expect(extractOffer(html, url)).toMatchObject({ price: '24.9', availability: 'InStock' })
  })

  test('on which two sources disagree is not accepted without a second look', () => {
    const html = page(
      '<div class="price">$89.00</div>',
      `<meta property="product:price:amount" content="24.90">`,
    )
    expect(extractOffer(html, url).accepted).toBe(false)
  })

  test('of a page about nothing has no price, no stock and no sureness', () => {
    expect(extractOffer(page('<p>About us</p>'), 'https://shop.example/about')).toMatchObject({
      ...{ price: null, availability: null, accepted: false, confidence: 0 },
    })
  })
})
