// SPDX-License-Identifier: Apache-2.0
#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint8_t *file;
  size_t count, room;
  char *why;
} writing;

static void put(png_structp png, png_bytep bytes, png_size_t count) {
  writing *w = png_get_io_ptr(png);
  if (count > w->room - w->count) {
    size_t room = 2 * w->room + count;
    uint8_t *file = realloc(w->file, room);
    if (!file) png_error(png, "out of memory");
    w->file = file;
    w->room = room;
  }
  memcpy(w->file + w->count, bytes, count);
  w->count += count;
}

static void flush(png_structp png) { (void)png; }

static void failed(png_structp png, png_const_charp words) {
  writing *w = png_get_error_ptr(png);
  strncpy(w->why, words, PHIEU_PNG_WHY - 1);
  w->why[PHIEU_PNG_WHY - 1] = 0;
  png_longjmp(png, 1);
}

static void warned(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static int run(png_structp png, png_infop info, const uint8_t *pixels, uint32_t width,
               uint32_t height, int channels, int bits) {
  if (setjmp(png_jmpbuf(png))) return PHIEU_PNG_DAMAGED;
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(png, info, width, height, bits,
               channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // One filter and a light search: a page is looked at once or twice, not kept for good. Two
  // bits a pixel are kept: all of the search, and no filter, which does not help packed pixels.
  png_set_filter(png, PNG_FILTER_TYPE_BASE, bits == 8 ? PNG_FILTER_UP : PNG_FILTER_NONE);
  png_set_compression_level(png, bits == 8 ? 3 : 9);
  png_write_info(png, info);
  if (bits < 8) png_set_packing(png);
  for (uint32_t y = 0; y < height; y++)
    png_write_row(png, pixels + (size_t)y * width * (size_t)channels);
  png_write_end(png, info);
  return PHIEU_PNG_OK;
}

int phieu_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                     int bits, uint8_t **file, size_t *count, char why[PHIEU_PNG_WHY]) {
  writing w = {NULL, 0, 0, why};
  why[0] = 0;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w, failed, warned);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  int status = PHIEU_PNG_DAMAGED;
  if (info) {
    png_set_write_fn(png, &w, put, flush);
    status = run(png, info, pixels, width, height, channels, bits);
  } else {
    strcpy(why, "out of memory");
  }
  if (png) png_destroy_write_struct(&png, &info);
  if (status != PHIEU_PNG_OK) {
    free(w.file);
    w.file = NULL;
    w.count = 0;
  }
  *file = w.file;
  *count = w.count;
  return status;
}

void phieu_png_free(uint8_t *file) { free(file); }
