// SPDX-License-Identifier: Apache-2.0
#include "CFlate.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

static uInt part(size_t left) { return left > UINT_MAX ? UINT_MAX : (uInt)left; }

int phieu_inflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity,
                  size_t *written, int *more) {
  *written = 0;
  *more = 0;
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit(&stream) != Z_OK) return 2;
  size_t taken = 0;
  uint8_t beyond[1];
  int code = Z_OK;
  while (code == Z_OK) {
    int full = *written == capacity;
    uInt room = full ? 1 : part(capacity - *written);
    uInt given = part(count - taken);
    stream.next_in = (Bytef *)bytes + taken;
    stream.avail_in = given;
    stream.next_out = full ? beyond : out + *written;
    stream.avail_out = room;
    code = inflate(&stream, Z_NO_FLUSH);
    taken += given - stream.avail_in;
    if (full && stream.avail_out == 0) {
      *more = 1;
      break;
    }
    if (!full) *written += room - stream.avail_out;
    if (code == Z_BUF_ERROR) break;
  }
  inflateEnd(&stream);
  if (*more || code == Z_STREAM_END) return 0;
  return code == Z_BUF_ERROR || code == Z_OK ? 1 : 2;
}

int phieu_inflate_check(const uint8_t *bytes, size_t count, size_t most) {
  uint8_t sink[16384];
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit(&stream) != Z_OK) return 2;
  size_t taken = 0, given = 0;
  int code = Z_OK;
  while (code == Z_OK && given < most) {
    uInt now = part(count - taken);
    stream.next_in = (Bytef *)bytes + taken;
    stream.avail_in = now;
    stream.next_out = sink;
    stream.avail_out = sizeof sink;
    code = inflate(&stream, Z_NO_FLUSH);
    taken += now - stream.avail_in;
    given += sizeof sink - stream.avail_out;
  }
  inflateEnd(&stream);
  return code == Z_STREAM_END || code == Z_OK ? 0 : code == Z_BUF_ERROR ? 1 : 2;
}
