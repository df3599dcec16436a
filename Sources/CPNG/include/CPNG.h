// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CPNG_H
#define PHIEU_CPNG_H

#include <stddef.h>
#include <stdint.h>

/// What became of a call.
enum { PHIEU_PNG_OK = 0, PHIEU_PNG_TRUNCATED = 1, PHIEU_PNG_DAMAGED = 2 };

/// Room for the library's words.
enum { PHIEU_PNG_WHY = 128 };

/// Decodes a PNG of any kind into `width * height` bytes of gray, alpha laid over white.
///
/// libpng reports errors by longjmp, which must never cross a Swift frame: it lands in here.
/// A file whose header says another size than `width` and `height` is damaged. `dpi` is set
/// where the file has it, and is 0 otherwise. `why` is filled where the answer is not OK.
int phieu_png_decode(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height,
                     uint8_t *gray, double dpi[2], char why[PHIEU_PNG_WHY]);

/// Encodes rows of gray (`channels` 1) or RGB (3) without padding, a byte a sample. With `bits` 2
/// (gray alone) samples are 0 to 3 and the file is as small as zlib makes it; else 8. The file is `malloc`ed into
/// `*file`: free it with `phieu_png_free`.
int phieu_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                     int bits, uint8_t **file, size_t *count, char why[PHIEU_PNG_WHY]);

void phieu_png_free(uint8_t *file);

#endif
