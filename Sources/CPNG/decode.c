// SPDX-License-Identifier: Apache-2.0
#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/// Everything that must survive a longjmp: it lives in the caller's frame, outside the one that
/// `setjmp` returns into, so that nothing needs to be volatile.
typedef struct {
  const uint8_t *bytes;
  size_t count, at;
  int ranOut;
  char *why;
  png_bytep rows;      // rows in libpng's channels, where they are not gray already
  png_bytep *pointers; // of an interlaced picture
} reading;

static void take(png_structp png, png_bytep into, png_size_t count) {
  reading *r = png_get_io_ptr(png);
  if (count > r->count - r->at) {
    r->ranOut = 1;
    png_error(png, "the file ends early");
  }
  memcpy(into, r->bytes + r->at, count);
  r->at += count;
}

static void failed(png_structp png, png_const_charp words) {
  reading *r = png_get_error_ptr(png);
  strncpy(r->why, words, PHIEU_PNG_WHY - 1);
  r->why[PHIEU_PNG_WHY - 1] = 0;
  png_longjmp(png, 1);
}

static void warned(png_structp png, png_const_charp words) {
  (void)png;
  (void)words;
}

static uint8_t luma(const uint8_t *p) {
  return (uint8_t)((19595u * p[0] + 38470u * p[1] + 7471u * p[2] + 32768u) >> 16);
}

static uint8_t over_white(uint8_t level, uint8_t alpha) {
  return (uint8_t)((level * alpha + 255 * (255 - alpha) + 127) / 255);
}

static void gray_of_row(const uint8_t *row, int channels, uint32_t width, uint8_t *gray) {
  switch (channels) {
  case 1: memcpy(gray, row, width); break;
  case 2:
    for (uint32_t x = 0; x < width; x++, row += 2) gray[x] = over_white(row[0], row[1]);
    break;
  case 3:
    for (uint32_t x = 0; x < width; x++, row += 3) gray[x] = luma(row);
    break;
  default:
    for (uint32_t x = 0; x < width; x++, row += 4) gray[x] = over_white(luma(row), row[3]);
  }
}

/// The decoding between two `setjmp`s: anything in here may jump out.
static void decode(png_structp png, png_infop info, reading *r, uint32_t width,
                   uint32_t height, uint8_t *gray, double dpi[2]) {
  // Texts and profiles say nothing about the picture and may be bombs: never unpacked.
  static const png_byte skipped[] = "iCCP\0iTXt\0tEXt\0zTXt\0sPLT\0eXIf";
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, skipped, 6);
  png_set_user_limits(png, width, height);
  png_set_chunk_malloc_max(png, 4u << 20);
  png_set_chunk_cache_max(png, 64);
  png_read_info(png, info);
  if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height)
    png_error(png, "two sizes in one file");
  png_uint_32 perX = 0, perY = 0;
  int unit = PNG_RESOLUTION_UNKNOWN;
  if (png_get_pHYs(png, info, &perX, &perY, &unit) && unit == PNG_RESOLUTION_METER) {
    dpi[0] = perX * 0.0254;
    dpi[1] = perY * 0.0254;
  }
  png_set_expand(png);
  png_set_scale_16(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  int channels = png_get_channels(png, info);
  size_t stride = png_get_rowbytes(png, info);
  if (channels < 1 || channels > 4 || stride != (size_t)width * (size_t)channels)
    png_error(png, "rows of an unknown kind");
  if (passes == 1) {
    if (channels > 1) r->rows = png_malloc(png, stride);
    for (uint32_t y = 0; y < height; y++) {
      uint8_t *to = gray + (size_t)y * width;
      png_read_row(png, channels > 1 ? r->rows : to, NULL);
      if (channels > 1) gray_of_row(r->rows, channels, width, to);
    }
  } else {
    r->rows = png_malloc(png, stride * height);
    r->pointers = png_malloc(png, height * sizeof(png_bytep));
    for (uint32_t y = 0; y < height; y++) r->pointers[y] = r->rows + stride * y;
    png_read_image(png, r->pointers);
    for (uint32_t y = 0; y < height; y++)
      gray_of_row(r->pointers[y], channels, width, gray + (size_t)y * width);
  }
  // What follows the pixels checks that the picture was whole.
  png_read_end(png, NULL);
}

static int run(png_structp png, png_infop info, reading *r, uint32_t width, uint32_t height,
               uint8_t *gray, double dpi[2]) {
  if (setjmp(png_jmpbuf(png))) return r->ranOut ? PHIEU_PNG_TRUNCATED : PHIEU_PNG_DAMAGED;
  decode(png, info, r, width, height, gray, dpi);
  return PHIEU_PNG_OK;
}

int phieu_png_decode(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height,
                     uint8_t *gray, double dpi[2], char why[PHIEU_PNG_WHY]) {
  reading r = {bytes, count, 0, 0, why, NULL, NULL};
  why[0] = 0;
  dpi[0] = dpi[1] = 0;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, failed, warned);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  int status = PHIEU_PNG_DAMAGED;
  if (info) {
    png_set_read_fn(png, &r, take);
    status = run(png, info, &r, width, height, gray, dpi);
    png_free(png, r.rows);
    png_free(png, r.pointers);
  } else {
    strcpy(why, "out of memory");
  }
  if (png) png_destroy_read_struct(&png, &info, NULL);
  return status;
}
