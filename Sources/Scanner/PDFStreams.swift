// SPDX-License-Identifier: Apache-2.0
import CFlate

extension PDFDocument {
  /// One step of a stream's decoding, with its parameters.
  struct Filter {
    var name: String
    var parameters: Object?
  }

  /// A stream's filters in order; `nil` where they are written in no known way.
  func filters(_ stream: Object) -> [Filter]? {
    let parameters = value("/DecodeParms", of: stream) ?? value("/DP", of: stream)
    guard let filter = value("/Filter", of: stream) else { return [] }
    if let name = name(filter) {
      return [Filter(name: name, parameters: items(parameters)?.first ?? parameters)]
    }
    guard let names = items(filter) else { return nil }
    let each = items(parameters) ?? []
    var filters: [Filter] = []
    for (index, item) in names.enumerated() {
      guard let name = name(item) else { return nil }
      let own = index < each.count ? each[index] : names.count == 1 ? parameters : nil
      filters.append(Filter(name: name, parameters: own))
    }
    return filters
  }

  /// A small stream's bytes, where they are plain or deflated without a predictor and no more
  /// than `limit`; `nil` otherwise.
  func smallStream(_ stream: Object, limit: Int) -> [UInt8]? {
    guard let raw = rawStream(stream), let filters = filters(stream) else { return nil }
    guard let filter = filters.first else {
      guard raw.count <= limit else { return nil }
      return unsafe raw.withBytes { unsafe Array($0) }
    }
    guard filters.count == 1, filter.name == "/FlateDecode",
      integer(value("/Predictor", of: filter.parameters)) ?? 1 == 1
    else { return nil }
    let inflated = inflate(raw, capacity: limit)
    return inflated.whole && !inflated.more ? inflated.bytes : nil
  }
}

/// Inflates a zlib stream into at most `capacity` bytes.
///
/// - Returns: What there is of it; `whole` where it is neither cut nor damaged so far, `more`
///   where it would go on.
func inflate(_ raw: FileBytes, capacity: Int) -> (bytes: [UInt8], whole: Bool, more: Bool) {
  var status: Int32 = 2
  var more: Int32 = 0
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    guard let start = buffer.baseAddress else { return }
    status = unsafe raw.withBytes { source in
      unsafe phieu_inflate(source.baseAddress, source.count, start, capacity, &count, &more)
    }
  }
  return (bytes, status == 0, more != 0)
}
