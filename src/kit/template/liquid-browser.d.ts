/** The build of LiquidJS that needs no Node; it has the types of the package. */
declare module 'liquidjs/dist/liquid.browser.mjs' {
  export * from 'liquidjs'
}
