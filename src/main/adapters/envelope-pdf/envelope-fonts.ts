/** TrueType bytes of the faces on the page. `mono` is for login and password: it tells 0O and 1lI apart. */
export interface EnvelopeFonts {
  readonly regular: Buffer
  readonly semiBold: Buffer
  readonly mono: Buffer
}

export type EnvelopeFace = keyof EnvelopeFonts
