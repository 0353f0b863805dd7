import { bitStringOctets, sequence } from '../asn1/asn1-node.ts'
import { readDer } from '../asn1/read-asn1.ts'
import type { Certificate } from '../x509/certificate.ts'

/** What CertID and ResponderID hash of a key: the content of its BIT STRING. */
export function publicKeyBits({ publicKeyInfo }: Certificate): Uint8Array {
  return bitStringOctets(sequence(readDer(publicKeyInfo))[1])
}
