import Foundation
import FoundationXML

/// What is taken from an XML document; subclasses say what.
class XMLHandler {
  /// The open elements by local name, outermost first; the one at hand is last.
  var path: [String] = []
  /// Text met while `collects`.
  var text = ""
  var collects = false
  /// What is wrong with the document; nothing is read after it.
  var fault: String?
  /// What else went wrong, such as with what was made of it.
  var error: IntakeError?
  /// True when nothing more is wanted of the document.
  var isDone = false
  /// The 1-based line that is being read.
  var line = 0

  func begin(_ element: String, _ attributes: [String: String]) {}
  func end(_ element: String) {}

  fileprivate var isOver: Bool { fault != nil || error != nil || isDone }
}

/// Walks an XML document and tells a handler what opens and closes. Nothing outside the document is ever fetched.
final class XMLWalk: NSObject, XMLParserDelegate {
  private let handler: XMLHandler
  private let tellsLines: Bool

  private init(_ handler: XMLHandler, tellsLines: Bool) {
    self.handler = handler
    self.tellsLines = tellsLines
  }

  /// Reads a document until its end or a fault; what is wrong with it is then the handler's `fault`.
  ///
  /// - Parameter tellsLines: true when the handler wants to know the line of every element.
  static func read(_ feed: any ByteFeed, into handler: XMLHandler, tellsLines: Bool = false) throws(IntakeError) {
    let prologue = XMLPrologue(feed)
    if let fault = try prologue.read() {
      handler.fault = fault
      return
    }
    let walk = XMLWalk(handler, tellsLines: tellsLines)
    let stream = FeedStream(prologue)
    let parser = XMLParser(stream: stream)
    parser.shouldResolveExternalEntities = false
    parser.delegate = walk
    let isRead = parser.parse()
    if let error = stream.error { throw error }
    if let error = handler.error { throw error }
    if !isRead || parser.parserError != nil, handler.fault == nil, !handler.isDone {
      handler.fault = "line \(max(1, parser.lineNumber)) of its XML is not well-formed"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let name = XMLWalk.localName(elementName)
    handler.path.append(name)
    if tellsLines { handler.line = parser.lineNumber }
    handler.begin(name, attributes)
    if handler.isOver { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName: String?) {
    handler.end(XMLWalk.localName(elementName))
    _ = handler.path.popLast()
    if handler.isOver { parser.abortParsing() }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if handler.collects { handler.text += string }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    if handler.collects { handler.text += String(decoding: block, as: UTF8.self) }
  }

  static func localName(_ name: String) -> String {
    guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
    return String(name[name.utf8.index(after: colon)...])
  }
}

/// Hands the bytes of a feed to the parser.
private final class FeedStream: InputStream {
  private let feed: XMLPrologue
  private(set) var error: IntakeError?

  init(_ feed: XMLPrologue) {
    self.feed = feed
    super.init(data: Data())
  }

  override func open() {}
  override func close() {}
  override var hasBytesAvailable: Bool { error == nil }

  override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength length: Int) -> Int {
    do throws(IntakeError) {
      return try unsafe feed.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: length))
    } catch {
      self.error = error
      return -1
    }
  }
}
