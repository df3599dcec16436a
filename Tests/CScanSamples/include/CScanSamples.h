// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CSCANSAMPLES_H
#define PHIEU_CSCANSAMPLES_H

#include <stddef.h>
#include <stdint.h>

// Small files for the tests of Scanner, by the writing sides of the libraries. Each call gives a
// buffer to be freed by `sample_free`, or NULL.

void sample_free(uint8_t *file);

/// A PNG of rows packed as its depth and colour type ask (2 bytes a sample, highest first, for
/// 16 bits). `palette` has 3 bytes an entry. `transparent` is the palette's alpha, or one gray
/// level that counts as transparent. `perMeter` 0 leaves the resolution out.
uint8_t *sample_png(const uint8_t *rows, uint32_t width, uint32_t height, int bits, int colorType,
                    int interlaced, const uint8_t *palette, int colors,
                    const uint8_t *transparent, int transparents, uint32_t perMeter,
                    size_t *count);

/// A JPEG of gray (1), RGB (3) or Adobe's inverted CMYK (4).
uint8_t *sample_jpeg(const uint8_t *pixels, int width, int height, int channels, int quality,
                     int progressive, size_t *count);

/// A page of a TIFF, with the values of the tags; 0 leaves a tag out where that is possible.
typedef struct {
  uint32_t width, height;
  int bits, samples, photometric, compression, planar, orientation, extra, predictor;
  int rowsPerStrip, tile, fillOrder, group3, reduced;
  double dpi;
} sample_tiff_page;

typedef struct sample_tiff sample_tiff;

/// `mode` as libtiff has it: "w" and a byte order and "8" for BigTIFF.
sample_tiff *sample_tiff_new(const char *mode);

/// Adds a page of packed rows (numbers of 16 bits in the machine's order; planes one after the
/// other where they are apart). `palette` has three tables of `1 << bits` numbers.
int sample_tiff_add(sample_tiff *tiff, const sample_tiff_page *page, const uint8_t *rows,
                    const uint16_t *palette);

uint8_t *sample_tiff_finish(sample_tiff *tiff, size_t *count);

/// A picture of gray (1) or RGB (3) in a format of Leptonica: "bmp", "pnm", "pnm-text", "gif",
/// "webp", "jp2", and "pnm-bits" for 1 bit (0 is white then).
uint8_t *sample_pix(const char *format, const uint8_t *pixels, int width, int height,
                    int channels, size_t *count);

/// A zlib stream.
uint8_t *sample_deflate(const uint8_t *bytes, size_t length, size_t *count);

/// A PDF behind a password, by AES-256.
uint8_t *sample_encrypted_pdf(const uint8_t *bytes, size_t length, const char *user,
                              size_t *count);

#endif
