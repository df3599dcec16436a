// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CTIFF_H
#define PHIEU_CTIFF_H

#include <stddef.h>
#include <stdint.h>

/// What became of a call.
enum {
  PHIEU_TIFF_OK = 0,
  PHIEU_TIFF_TRUNCATED = 1,
  PHIEU_TIFF_DAMAGED = 2,
  PHIEU_TIFF_UNSUPPORTED = 3,
  PHIEU_TIFF_TOO_LARGE = 4
};

/// What `phieu_tiff_next` found.
enum {
  PHIEU_TIFF_END = 0,
  PHIEU_TIFF_PAGE = 1,
  /// The directory is damaged; the one after it can be tried.
  PHIEU_TIFF_BAD_PAGE = 2,
  /// The directory is damaged and nothing leads further.
  PHIEU_TIFF_LOST = 3
};

/// A TIFF in memory. The bytes must outlive it.
typedef struct phieu_tiff phieu_tiff;

/// What a page says of itself.
typedef struct {
  uint32_t width, height;
  /// The smaller copy of another page, as its tag says.
  int reduced;
  /// 1 to 8, as in EXIF.
  int orientation;
  /// Pixels an inch, 0 where the page says nothing.
  double dpi[2];
} phieu_tiff_page;

/// Opens without reading any page; NULL where the header is no TIFF's or memory is short.
/// No single allocation of libtiff's takes more than `most` bytes.
phieu_tiff *phieu_tiff_open(const uint8_t *bytes, size_t count, size_t most);

/// Goes to the next page, at first to the first.
int phieu_tiff_next(phieu_tiff *tiff, phieu_tiff_page *page);

/// Decodes the page into `width * height` bytes of gray as they are stored: the orientation is
/// the caller's to apply. The caller has bounded the size; tiles may be no larger than
/// `pixels` either.
int phieu_tiff_decode(phieu_tiff *tiff, uint64_t pixels, uint8_t *gray);

/// The library's first words about the last call that failed.
const char *phieu_tiff_why(const phieu_tiff *tiff);

void phieu_tiff_close(phieu_tiff *tiff);

#endif
