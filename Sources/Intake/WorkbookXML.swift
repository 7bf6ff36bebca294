import Foundation
import FoundationXML

/// Walks the XML of a workbook's part and tells it what opens and closes. Nothing outside the file is ever fetched.
final class WorkbookXML: NSObject, XMLParserDelegate {
  private let part: WorkbookPart

  private init(_ part: WorkbookPart) {
    self.part = part
  }

  /// Reads a part until it is done or at fault; what is wrong is then its `fault`.
  static func read(_ bytes: [UInt8], into part: WorkbookPart) {
    let walker = WorkbookXML(part)
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = walker
    let isRead = parser.parse()
    if !isRead && !part.isDone && part.fault == nil {
      part.fault = "line \(parser.lineNumber) of its XML is not well-formed"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let name = WorkbookXML.localName(elementName)
    part.path.append(name)
    part.begin(name, attributes)
    stopWhenDone(parser)
  }

  func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
    part.end(WorkbookXML.localName(elementName))
    part.path.removeLast()
    stopWhenDone(parser)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if part.collects { part.text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if part.collects { part.text += String(decoding: block, as: UTF8.self) }
  }

  /// No workbook declares entities; those of an attack grow without end.
  func parser(_ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?) {
    refuseEntity(parser)
  }

  func parser(
    _ parser: XMLParser, foundExternalEntityDeclarationWithName name: String, publicID: String?, systemID: String?
  ) {
    refuseEntity(parser)
  }

  private func refuseEntity(_ parser: XMLParser) {
    part.fault = part.fault ?? "its XML declares entities, which no workbook does"
    parser.abortParsing()
  }

  private func stopWhenDone(_ parser: XMLParser) {
    if part.isDone || part.fault != nil { parser.abortParsing() }
  }

  private static func localName(_ name: String) -> String {
    guard let colon = name.lastIndex(of: ":") else { return name }
    return String(name[name.index(after: colon)...])
  }
}
