/** Namespaces and identifiers of XML signatures and of WS-Security 1.0. */
const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'

export const xmlSignatureNames = {
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  envelopedTransform: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  canonical: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  canonicalWithComments: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  wsse: `${WSS}-wssecurity-secext-1.0.xsd`,
  wsu: `${WSS}-wssecurity-utility-1.0.xsd`,
  x509v3: `${WSS}-x509-token-profile-1.0#X509v3`,
  base64: `${WSS}-soap-message-security-1.0#Base64Binary`,
} as const
