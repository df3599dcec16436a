// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CFLATE_H
#define PHIEU_CFLATE_H

#include <stddef.h>
#include <stdint.h>

/// Inflates a zlib stream into at most `capacity` bytes: never more, whatever it claims.
///
/// Returns 0 with `written` bytes (a stream with more to give stops at `capacity` and counts as
/// success with `*more` set), 1 where the stream ends early, 2 where it is damaged.
int phieu_inflate(const uint8_t *bytes, size_t count, uint8_t *out, size_t capacity,
                  size_t *written, int *more);

/// Whether a zlib stream is whole, as far as its first `most` bytes: inflates and forgets.
/// Returns 0 where it is, 1 where it ends early, 2 where it is damaged.
int phieu_inflate_check(const uint8_t *bytes, size_t count, size_t most);

#endif
