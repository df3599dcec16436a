// SPDX-License-Identifier: Apache-2.0
#include "CScanSamples.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint8_t *file;
  size_t count;
} writing;

static void put(png_structp png, png_bytep bytes, png_size_t count) {
  writing *w = png_get_io_ptr(png);
  uint8_t *file = realloc(w->file, w->count + count);
  if (!file) png_error(png, "out of memory");
  w->file = file;
  memcpy(w->file + w->count, bytes, count);
  w->count += count;
}

static void flush(png_structp png) { (void)png; }

uint8_t *sample_png(const uint8_t *rows, uint32_t width, uint32_t height, int bits, int colorType,
                    int interlaced, const uint8_t *palette, int colors,
                    const uint8_t *transparent, int transparents, uint32_t perMeter,
                    size_t *count) {
  writing w = {NULL, 0};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return NULL;
  }
  png_set_write_fn(png, &w, put, flush);
  png_set_IHDR(png, info, width, height, bits, colorType,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (palette) {
    png_color table[256];
    for (int i = 0; i < colors; i++)
      table[i] = (png_color){palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]};
    png_set_PLTE(png, info, table, colors);
    if (transparent) png_set_tRNS(png, info, transparent, transparents, NULL);
  } else if (transparent) {
    png_color_16 level = {0};
    level.gray = transparent[0];
    png_set_tRNS(png, info, NULL, 0, &level);
  }
  if (perMeter) png_set_pHYs(png, info, perMeter, perMeter, PNG_RESOLUTION_METER);
  png_write_info(png, info);
  size_t stride = png_get_rowbytes(png, info);
  int passes = png_set_interlace_handling(png);
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < height; y++) png_write_row(png, rows + y * stride);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  *count = w.count;
  return w.file;
}

void sample_free(uint8_t *file) { free(file); }
