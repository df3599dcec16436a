// SPDX-License-Identifier: Apache-2.0
import CQPDF

/// A PDF's objects, by qpdf. Whatever is missing or of another kind is `nil`.
@safe final class PDFDocument {
  /// An object of the document, good until `releaseObjects()`.
  struct Object {
    fileprivate let handle: qpdf_oh
  }

  /// Keeps what qpdf reads from alive.
  private let bytes: FileBytes
  private let handle: qpdf_data
  let pageCount: Int

  init(_ bytes: FileBytes) throws(ScanFailure) {
    var opened = unsafe qpdf_init()
    guard let handle = unsafe opened else { throw .damaged(format: PDFFile.name, detail: "") }
    // Otherwise it writes to standard error.
    unsafe qpdf_set_suppress_warnings(handle, 1)
    unsafe qpdf_silence_errors(handle)
    let status = unsafe bytes.withBytes { file in
      unsafe file.withMemoryRebound(to: CChar.self) { text in
        unsafe qpdf_read_memory(
          handle, "scan", text.baseAddress, UInt64(text.count), nil)
      }
    }
    let pages = status & 2 == 0 ? Int(unsafe qpdf_get_num_pages(handle)) : -1
    guard pages >= 0 else {
      let failure = unsafe Self.failure(handle)
      unsafe qpdf_cleanup(&opened)
      throw failure
    }
    self.bytes = bytes
    unsafe self.handle = unsafe handle
    pageCount = pages
  }

  deinit {
    var owned: qpdf_data? = unsafe handle
    unsafe qpdf_cleanup(&owned)
  }

  @unsafe private static func failure(_ handle: qpdf_data) -> ScanFailure {
    guard unsafe qpdf_has_error(handle) != 0 else {
      return .damaged(format: PDFFile.name, detail: "")
    }
    let error = unsafe qpdf_get_error(handle)
    if unsafe qpdf_get_error_code(handle, error) == qpdf_e_password {
      return .encrypted(format: PDFFile.name)
    }
    let detail = unsafe qpdf_get_error_message_detail(handle, error)
      .map { unsafe tame(String(cString: $0)) }
    return .damaged(format: PDFFile.name, detail: detail ?? "")
  }

  /// Page `number`, from 1.
  func page(_ number: Int) -> Object? {
    existing(unsafe qpdf_get_page_n(handle, number - 1))
  }

  /// Forgets all objects given out: they pile up in qpdf.
  func releaseObjects() {
    unsafe qpdf_oh_release_all(handle)
  }

  private func existing(_ object: qpdf_oh) -> Object? {
    guard unsafe qpdf_oh_is_initialized(handle, object) != 0,
      unsafe qpdf_oh_is_null(handle, object) == 0
    else { return nil }
    return Object(handle: object)
  }

  func isStream(_ object: Object) -> Bool { unsafe qpdf_oh_is_stream(handle, object.handle) != 0 }

  func isDictionary(_ object: Object) -> Bool {
    unsafe qpdf_oh_is_dictionary(handle, object.handle) != 0
  }

  /// What a dictionary, or a stream's dictionary, has under a key (`/Width`).
  func value(_ key: String, of object: Object?) -> Object? {
    guard let object else { return nil }
    let dictionary =
      isStream(object) ? unsafe qpdf_oh_get_dict(handle, object.handle) : object.handle
    guard unsafe qpdf_oh_is_dictionary(handle, dictionary) != 0 else { return nil }
    return existing(unsafe qpdf_oh_get_key(handle, dictionary, key))
  }

  /// What a page has under a key, or one of the nodes above it.
  func inherited(_ key: String, of page: Object) -> Object? {
    var node: Object? = page
    // Trees of a real file are a few nodes deep; a damaged one may be a ring.
    for _ in 0..<64 {
      if let found = value(key, of: node) { return found }
      node = value("/Parent", of: node)
    }
    return nil
  }

  func number(_ object: Object?) -> Double? {
    guard let object else { return nil }
    var value = 0.0
    guard unsafe qpdf_oh_get_value_as_number(handle, object.handle, &value) != 0, value.isFinite
    else { return nil }
    return value
  }

  func integer(_ object: Object?) -> Int? {
    guard let object, unsafe qpdf_oh_is_integer(handle, object.handle) != 0 else { return nil }
    return Int(unsafe qpdf_oh_get_int_value(handle, object.handle))
  }

  func flag(_ object: Object?) -> Bool? {
    guard let object, unsafe qpdf_oh_is_bool(handle, object.handle) != 0 else { return nil }
    return unsafe qpdf_oh_get_bool_value(handle, object.handle) != 0
  }

  /// A name with its slash: `/DeviceGray`.
  func name(_ object: Object?) -> String? {
    guard let object, unsafe qpdf_oh_is_name(handle, object.handle) != 0 else { return nil }
    return unsafe qpdf_oh_get_name(handle, object.handle).map { unsafe String(cString: $0) }
  }

  /// The items of an array; `nil` for what is none or has more than 256.
  func items(_ object: Object?) -> [Object]? {
    guard let object, unsafe qpdf_oh_is_array(handle, object.handle) != 0 else { return nil }
    let count = unsafe qpdf_oh_get_array_n_items(handle, object.handle)
    guard (0...256).contains(count) else { return nil }
    return (0..<count).map {
      Object(handle: unsafe qpdf_oh_get_array_item(handle, object.handle, $0))
    }
  }

  /// The keys of a dictionary, or of a stream's, with their slashes: the first `most`.
  func keys(_ object: Object?, most: Int) -> [String] {
    guard let object else { return [] }
    let dictionary =
      isStream(object) ? unsafe qpdf_oh_get_dict(handle, object.handle) : object.handle
    guard unsafe qpdf_oh_is_dictionary(handle, dictionary) != 0 else { return [] }
    var keys: [String] = []
    unsafe qpdf_oh_begin_dict_key_iter(handle, dictionary)
    while keys.count < most, unsafe qpdf_oh_dict_more_keys(handle) != 0 {
      guard let key = unsafe qpdf_oh_dict_next_key(handle) else { break }
      keys.append(unsafe String(cString: key))
    }
    return keys
  }

  func numbers(_ object: Object?) -> [Double]? {
    guard let items = items(object) else { return nil }
    let numbers = items.compactMap { number($0) }
    return numbers.count == items.count ? numbers : nil
  }

  /// The bytes of a string.
  func string(_ object: Object?) -> [UInt8]? {
    guard let object, unsafe qpdf_oh_is_string(handle, object.handle) != 0 else { return nil }
    var length = 0
    guard let text = unsafe qpdf_oh_get_binary_string_value(handle, object.handle, &length)
    else { return nil }
    return unsafe UnsafeBufferPointer(start: text, count: length).map { UInt8(bitPattern: $0) }
  }

  /// A stream's bytes as they stand in the file (decrypted): never more than the file has.
  func rawStream(_ object: Object) -> FileBytes? {
    guard isStream(object) else { return nil }
    var buffer: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = unsafe qpdf_oh_get_stream_data(
      handle, object.handle, qpdf_dl_none, nil, &buffer, &count)
    guard let buffer = unsafe buffer else { return nil }
    let bytes = unsafe FileBytes.adopting(buffer, count: count)
    return status & 2 == 0 ? bytes : nil
  }

  /// A PDF of this page alone, its streams as they are.
  func alone(_ page: Object) -> [UInt8]? {
    guard let out = unsafe qpdf_init() else { return nil }
    var owned: qpdf_data? = unsafe out
    defer { unsafe qpdf_cleanup(&owned) }
    unsafe qpdf_set_suppress_warnings(out, 1)
    unsafe qpdf_silence_errors(out)
    guard unsafe qpdf_empty_pdf(out) & 2 == 0,
      unsafe qpdf_add_page(out, handle, page.handle, 1) & 2 == 0,
      unsafe qpdf_init_write_memory(out) & 2 == 0
    else { return nil }
    unsafe qpdf_set_stream_data_mode(out, qpdf_s_preserve)
    unsafe qpdf_set_decode_level(out, qpdf_dl_none)
    guard unsafe qpdf_write(out) & 2 == 0 else { return nil }
    let count = unsafe qpdf_get_buffer_length(out)
    guard let buffer = unsafe qpdf_get_buffer(out), count > 0 else { return nil }
    return unsafe Array(UnsafeBufferPointer(start: buffer, count: count))
  }
}
