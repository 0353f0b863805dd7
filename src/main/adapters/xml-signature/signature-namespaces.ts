/** XML Signature Syntax and Processing (W3C, 2002). */
export const dsNamespace = 'http://www.w3.org/2000/09/xmldsig#'
/** SOAP 1.1, section 3. */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'
/** Web Services Security: SOAP Message Security (OASIS). */
export const wsseNamespace = `${WSS}-wssecurity-secext-1.0.xsd`
export const wsuNamespace = `${WSS}-wssecurity-utility-1.0.xsd`
/** Web Services Security: X.509 Certificate Token Profile, 3.1. */
export const x509v3ValueType = `${WSS}-x509-token-profile-1.0#X509v3`
export const base64EncodingType = `${WSS}-soap-message-security-1.0#Base64Binary`

/** Canonicalisations and transforms. */
export const canonicalXml = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
export const canonicalXmlWithComments = `${canonicalXml}#WithComments`
export const exclusiveCanonicalXml = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const envelopedSignature = `${dsNamespace}enveloped-signature`
