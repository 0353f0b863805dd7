import { ObjectIdentifier, Sequence } from 'asn1js'
import { type Asn1Node, objectIdentifier, sequence } from '../asn1/asn1-node.ts'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'
import { type GostAlgorithm, gostAlgorithms } from './gost-algorithms.ts'

/** AlgorithmIdentifier of a key: SEQUENCE { key OID, SEQUENCE { curve OID, digest OID } }, as НУЦ writes it. */
export function encodeKeyAlgorithm({ keyOid, curveOid, keyDigestOids }: GostAlgorithm): Sequence {
  const parameters = [curveOid, keyDigestOids[0]].map((value) => new ObjectIdentifier({ value }))
  return new Sequence({ value: [new ObjectIdentifier({ value: keyOid }), new Sequence({ value: parameters })] })
}

/** The algorithm whose three identifiers stand there. The digest's may be missing. @throws MalformedAsn1 */
export function readKeyAlgorithm(node: Asn1Node | undefined): GostAlgorithm {
  const [keyOid, parameters, ...surplus] = sequence(node)
  const [curveOid, digestOid, ...others] = sequence(parameters)
  const key = objectIdentifier(keyOid)
  const curve = objectIdentifier(curveOid)
  const digest = digestOid === undefined ? undefined : objectIdentifier(digestOid)
  const algorithm = gostAlgorithms.find(
    (known) =>
      known.keyOid === key &&
      known.curveOid === curve &&
      (digest === undefined || known.keyDigestOids.includes(digest)),
  )
  if (algorithm === undefined || surplus.length > 0 || others.length > 0) throw new MalformedAsn1('not a ГОСТ key')
  return algorithm
}
