import type { Certificate } from '../x509/certificate.ts'
import { sameName } from '../x509/distinguished-name.ts'
import {
  type DistributionPoint,
  distributionPointTexts,
  generalNameText,
  namesDirectory,
} from '../x509/distribution-point.ts'
import type { CertificateList } from './certificate-list.ts'

/** Bits of ReasonFlags that mean something: all but 0. */
export const ALL_REASONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8])

/**
 * The distribution points of a certificate, and last the one that RFC 5280, 6.3.3 supposes for every certificate: a
 * CRL of its own issuer under its own issuer's name.
 */
export function distributionPointsOf({ extensions, issuer }: Certificate): readonly DistributionPoint[] {
  const own: DistributionPoint = { name: { kind: 'full', names: [{ kind: 'directory', value: issuer }] } }
  return [...(extensions.crlDistributionPoints ?? []), own]
}

/**
 * Whether a complete CRL speaks of a certificate through one of its distribution points: RFC 5280, 6.3.3 (b) and (d).
 * @returns the reasons that it covers; undefined where it does not speak of the certificate.
 */
export function reasonsInScope(
  crl: CertificateList,
  certificate: Certificate,
  point: DistributionPoint,
): ReadonlySet<number> | undefined {
  const scope = crl.issuingDistributionPoint
  const issuerFits =
    point.crlIssuer === undefined
      ? sameName(crl.issuer, certificate.issuer)
      : namesDirectory(point.crlIssuer, crl.issuer) && scope?.indirect === true
  if (!issuerFits) return undefined
  if (scope !== undefined) {
    if (!namesFit(crl, point)) return undefined
    const isAuthority = certificate.extensions.basicConstraints?.ca === true
    if (scope.onlyAttributeCerts || (isAuthority ? scope.onlyUserCerts : scope.onlyCaCerts)) return undefined
  }
  const [ofPoint, ofList] = [point.reasons ?? ALL_REASONS, scope?.onlySomeReasons ?? ALL_REASONS]
  return new Set([...ALL_REASONS].filter((reason) => ofPoint.has(reason) && ofList.has(reason)))
}

/** 6.3.3 (b) (2) (i). A distribution point without a name is known by its CRL issuer's. */
function namesFit({ issuer, issuingDistributionPoint }: CertificateList, point: DistributionPoint): boolean {
  const listName = issuingDistributionPoint?.name
  if (listName === undefined) return true
  const offered = new Set(distributionPointTexts(listName, [issuer]))
  const wanted =
    point.name === undefined
      ? (point.crlIssuer ?? []).flatMap(generalNameText)
      : distributionPointTexts(point.name, [issuer])
  return wanted.some((text) => offered.has(text))
}
