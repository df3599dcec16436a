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
    return inflated.end == .whole ? inflated.bytes : nil
  }
}

/// How a zlib stream ended.
enum InflateEnd {
  case whole
  /// There is more than there is room for.
  case more
  case cut
  case damaged
}

/// Inflates a zlib stream into at most `capacity` bytes, and gives what there is of it.
func inflate(_ raw: FileBytes, capacity: Int) -> (bytes: [UInt8], end: InflateEnd) {
  var status: Int32 = 2
  var more: Int32 = 0
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    guard let start = buffer.baseAddress else { return }
    status = unsafe raw.withBytes { source in
      unsafe phieu_inflate(source.baseAddress, source.count, start, capacity, &count, &more)
    }
  }
  switch status {
  case 0: return (bytes, more != 0 ? .more : .whole)
  case 1: return (bytes, .cut)
  default: return (bytes, .damaged)
  }
}
