// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// The words of the system for the error that a call has just left.
func lastError() -> String {
  guard let words = unsafe strerror(errno) else { return "errno \(errno)" }
  return unsafe String(cString: words)
}

/// Makes a folder and those above it, where they are not there yet.
func makeFolder(_ path: String) throws(StoreFailure) {
  if unsafe mkdir(path, 0o777) == 0 { return }
  switch errno {
  case EEXIST:
    return
  case ENOENT:
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw .cannotWrite(path: path, detail: lastError())
    }
    try makeFolder(String(path[..<slash]))
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .cannotWrite(path: path, detail: lastError())
    }
  default:
    throw .cannotWrite(path: path, detail: lastError())
  }
}

/// Flushes the names in a folder, so that a file that was just named there survives a power cut.
func flushFolder(_ path: String) throws(StoreFailure) {
  let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard folder >= 0 else { throw .cannotWrite(path: path, detail: lastError()) }
  defer { close(folder) }
  guard fsync(folder) == 0 else { throw .cannotWrite(path: path, detail: lastError()) }
}

/// The network file system that a folder lies on, or `nil` where it lies on a disk.
///
/// SQLite's write-ahead log shares memory between the programs that have it open, which no
/// network file system can give. The kernel's list of mounts tells (proc(5), `mountinfo`).
package func networkKind(of folder: String, mounts: String) -> String? {
  let absolute = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
  var best: (length: Int, kind: String)?
  for line in mounts.split(separator: "\n") {
    let halves = line.split(separator: " ").split(separator: "-", maxSplits: 1)
    guard halves.count == 2, let before = halves.first, before.count > 4,
      let kind = halves[1].first
    else { continue }
    let point = before[before.startIndex + 4].replacing("\\040", with: " ")
    let isAbove = point == "/" || absolute == point || absolute.hasPrefix(point + "/")
    // Of mounts on one place the last one is seen.
    if isAbove, point.count >= best?.length ?? 0 { best = (point.count, String(kind)) }
  }
  let network: Set = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs",
    "fuse.glusterfs", "davfs", "fuse.davfs",
  ]
  return best.flatMap { network.contains($0.kind) ? $0.kind : nil }
}
