// SPDX-License-Identifier: Apache-2.0
#ifndef CPICTURE_H
#define CPICTURE_H

#include <stddef.h>
#include <stdint.h>

// Reading and writing pictures for the simulator and the measuring program alone: the reader
// has its own paths, so that a fault in one is seen by the other. libpng and libtiff report
// errors by callbacks and longjmp; both end in here. Every function returns 0, or -1 and fills
// `why`.

// Reads a PNG of any kind as 8-bit gray. `pixels` is malloc'ed, to be freed by the caller.
int picture_read_png(const char *path, uint32_t max_pixels, uint32_t *width, uint32_t *height,
                     uint8_t **pixels, char why[128]);

// Writes a PNG. `channels` is 1 or 3; with `one_bit` gray is written as 1 bit (below 128 is
// black). `dpi` 0 leaves the tag out. `level` is zlib's.
int picture_write_png(const char *path, const uint8_t *pixels, uint32_t width, uint32_t height,
                      int channels, int one_bit, double dpi, int level, char why[128]);

// Writes a baseline JPEG of quality 1 to 100; 4:2:0 where there are 3 channels.
int picture_write_jpeg(const char *path, const uint8_t *pixels, uint32_t width, uint32_t height,
                       int channels, int quality, double dpi, char why[128]);

// Writes a TIFF of one page: G4 where `one_bit`, else LZW gray or colour.
int picture_write_tiff(const char *path, const uint8_t *pixels, uint32_t width, uint32_t height,
                       int channels, int one_bit, double dpi, char why[128]);

// Encodes as JPEG and decodes again, in place: what a scanner saved before somebody saved anew.
int picture_jpeg_again(uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                       int quality, char why[128]);

// Keeps freed memory of any size for the next page, for as long as the program runs.
void picture_keep_freed_memory(void);

#endif
