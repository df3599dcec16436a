// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CJPEG_H
#define PHIEU_CJPEG_H

#include <stddef.h>
#include <stdint.h>

/// What became of a call.
enum { PHIEU_JPEG_OK = 0, PHIEU_JPEG_TRUNCATED = 1, PHIEU_JPEG_DAMAGED = 2 };

/// Room for the library's words.
enum { PHIEU_JPEG_WHY = 200 };

/// The size that a JPEG's header tells, and its number of components (1, 3 or 4).
int phieu_jpeg_header(const uint8_t *bytes, size_t count, int *width, int *height,
                      int *components, char why[PHIEU_JPEG_WHY]);

/// Decodes a JPEG of the size that its header tells into `width * height` bytes of luma.
///
/// TurboJPEG tells of a file that ends early by a warning and a half-gray picture: any warning
/// is a failure here. Four components are taken as Adobe writes them (255 is no ink).
int phieu_jpeg_decode(const uint8_t *bytes, size_t count, int width, int height, uint8_t *gray,
                      char why[PHIEU_JPEG_WHY]);

#endif
