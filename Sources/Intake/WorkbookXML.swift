import Foundation
import FoundationXML

/// Walks the XML of a workbook's part and tells it what opens and closes. Nothing outside the file is ever fetched.
final class WorkbookXML: NSObject, XMLParserDelegate {
  private let part: WorkbookPart

  private init(_ part: WorkbookPart) {
    self.part = part
  }

  /// Reads a part until its end or a fault; what is wrong is then its `fault`.
  static func read(_ bytes: [UInt8], into part: WorkbookPart) {
    if declaresType(bytes) {
      part.fault = "its XML has a document type, which no workbook has"
      return
    }
    let walker = WorkbookXML(part)
    let parser = XMLParser(data: Data(bytes))
    parser.shouldResolveExternalEntities = false
    parser.delegate = walker
    let isRead = parser.parse()
    if !isRead || parser.parserError != nil, part.fault == nil, !part.isDone {
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
    if part.fault != nil || part.isDone { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
    part.end(WorkbookXML.localName(elementName))
    _ = part.path.popLast()
    if part.fault != nil || part.isDone { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if part.collects { part.text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if part.collects { part.text += String(decoding: block, as: UTF8.self) }
  }

  /// True when a document type stands before the first element: it is what entities are declared in, and those of an
  /// attack grow without end or lead to other files.
  private static func declaresType(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[open...]
      if rest.starts(with: Array("<!DOCTYPE".utf8)) { return true }
      guard rest.starts(with: Array("<?".utf8)) || rest.starts(with: Array("<!--".utf8)) else { return false }
      // A comment may hold any number of tags.
      let closing = Array((rest.starts(with: Array("<?".utf8)) ? "?>" : "-->").utf8)
      while !rest.isEmpty && !rest.starts(with: closing) { rest.removeFirst() }
    }
    return false
  }

  private static func localName(_ name: String) -> String {
    guard let colon = name.lastIndex(of: ":") else { return name }
    return String(name[name.index(after: colon)...])
  }
}
