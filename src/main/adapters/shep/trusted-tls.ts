import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'

/**
 * What a TLS connection to the gateway trusts: the configured authority and nothing else. Each option is named,
 * because what is left out can be changed by the environment (NODE_TLS_REJECT_UNAUTHORIZED, NODE_EXTRA_CA_CERTS).
 * @throws where an authority is not a certificate.
 */
export function trustedTls(options: {
  readonly host: string
  readonly authorityPem: string | readonly string[]
}): Required<Pick<ConnectionOptions, 'ca' | 'rejectUnauthorized' | 'minVersion' | 'servername'>> {
  const authorities = [options.authorityPem].flat()
  // Node passes over a text without a certificate in silence.
  for (const pem of authorities) new X509Certificate(pem)
  if (authorities.length === 0) throw new TypeError('the gateway needs a trusted authority')
  return {
    ca: authorities,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    // An address is checked against the certificate's addresses and is no name to ask the server for.
    servername: isIP(options.host) === 0 ? options.host : '',
  }
}
