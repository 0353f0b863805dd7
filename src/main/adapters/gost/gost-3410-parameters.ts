import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'

/** A curve of ГОСТ 34.10 with its base point: y² = x³ + ax + b over the field of p elements. */
export interface Gost3410Parameters {
  readonly name: string
  /** Length of a coordinate, of a scalar, and of the digest that is signed: 32 or 64 bytes. */
  readonly size: number
  /** Order of the subgroup that the base point generates. */
  readonly q: bigint
  readonly Point: WeierstrassPointCons<bigint>
}

export interface Gost3410CurveOptions {
  readonly name: string
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  readonly q: bigint
  /** Number of points divided by q: 1, or 4 for the sets that have a twisted Edwards form. */
  readonly cofactor: bigint
  readonly x: bigint
  readonly y: bigint
}

/** Builds a parameter set. Only for constants: a curve that comes from outside would have to be validated first. */
export function createGost3410Parameters({
  name,
  p,
  a,
  b,
  q,
  cofactor,
  x,
  y,
}: Gost3410CurveOptions): Gost3410Parameters {
  const Point = weierstrass({ p, a, b, n: q, h: cofactor, Gx: x, Gy: y })
  return { name, size: p >> 256n === 0n ? 32 : 64, q, Point }
}
