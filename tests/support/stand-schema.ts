import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const merged = fileURLToPath(new URL('../../../shared/shep/merged/', import.meta.url))

/** Says in a skipped test why it was skipped. */
export const shepSchemaMissing = !existsSync(merged)

/** Writes a schema of ШЭП's SOAP messages: a strict envelope around the channel's own elements. @returns its path. */
export function writeSoapSchema(folder: string): string {
  const path = join(folder, 'soap.xsd')
  const channel = pathToFileURL(join(merged, 'bip-bee-kz-SyncChannel-v10-Types.xsd')).href
  const any = '<xs:any namespace="##other" processContents="strict"/>'
  writeFileSync(
    path,
    `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://schemas.xmlsoap.org/soap/envelope/"
    targetNamespace="http://schemas.xmlsoap.org/soap/envelope/">
  <xs:import namespace="http://bip.bee.kz/SyncChannel/v10/Types" schemaLocation="${channel}"/>
  <xs:element name="Envelope"><xs:complexType><xs:sequence><xs:element ref="Body"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Body"><xs:complexType><xs:choice><xs:element ref="Fault"/>${any}</xs:choice></xs:complexType></xs:element>
  <xs:element name="Fault"><xs:complexType><xs:sequence>
    <xs:element name="faultcode" type="xs:QName"/>
    <xs:element name="faultstring" type="xs:string"/>
    <xs:element name="detail"><xs:complexType><xs:sequence>${any}</xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
`,
  )
  return path
}
