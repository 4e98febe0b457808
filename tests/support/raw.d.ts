// Files that tests bring along as text.
declare module '*?raw' {
  const text: string
  export default text
}
