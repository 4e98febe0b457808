/** Scripts are plain JavaScript, so that they run before anything is installed; tests call them untyped. */
declare module '*.mjs'
