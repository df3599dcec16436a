// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>
#include "CPicture.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <turbojpeg.h>

static int fail(char why[128], const char *text) {
  snprintf(why, 128, "%s", text);
  return -1;
}

static void png_fail(png_structp png, png_const_charp text) {
  fail(png_get_error_ptr(png), text);
  png_longjmp(png, 1);
}

static void png_quiet(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

int picture_read_png(const char *path, uint32_t max_pixels, uint32_t *width, uint32_t *height,
                     uint8_t **pixels, char why[128]) {
  FILE *volatile file = fopen(path, "rb");
  if (!file) return fail(why, "cannot be opened");
  uint8_t *volatile bytes = NULL;
  uint8_t **volatile rows = NULL;
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, why, png_fail, png_quiet);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    fclose(file);
    png_destroy_read_struct(&png, NULL, NULL);
    return fail(why, "no memory");
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    free(bytes);
    free(rows);
    fclose(file);
    return -1;
  }
  png_init_io(png, file);
  png_read_info(png, info);
  uint32_t w = png_get_image_width(png, info), h = png_get_image_height(png, info);
  if ((uint64_t)w * h > max_pixels) png_error(png, "too many pixels");
  png_set_expand(png);
  png_set_strip_16(png);
  png_set_strip_alpha(png);
  if (png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR)
    png_set_rgb_to_gray(png, PNG_ERROR_ACTION_NONE, -1, -1);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) != w) png_error(png, "not a picture of gray");
  bytes = malloc((size_t)w * h);
  rows = malloc(sizeof(uint8_t *) * h);
  if (!bytes || !rows) png_error(png, "no memory");
  for (uint32_t y = 0; y < h; y++) rows[y] = bytes + (size_t)y * w;
  png_read_image(png, (png_bytepp)rows);
  png_destroy_read_struct(&png, &info, NULL);
  free(rows);
  fclose(file);
  *width = w;
  *height = h;
  *pixels = bytes;
  return 0;
}

// Packs gray as one bit a pixel, the first in the highest bit; a set bit is white.
static void pack(const uint8_t *row, uint32_t width, uint8_t *out) {
  memset(out, 0, (width + 7) / 8);
  for (uint32_t x = 0; x < width; x++)
    if (row[x] >= 128) out[x / 8] |= (uint8_t)(0x80u >> (x % 8));
}

int picture_write_png(const char *path, const uint8_t *pixels, uint32_t width, uint32_t height,
                      int channels, int one_bit, double dpi, int level, char why[128]) {
  FILE *volatile file = fopen(path, "wb");
  if (!file) return fail(why, "cannot be written");
  uint8_t *volatile packed = NULL;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, why, png_fail, png_quiet);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    fclose(file);
    png_destroy_write_struct(&png, NULL);
    return fail(why, "no memory");
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    free(packed);
    fclose(file);
    return -1;
  }
  png_init_io(png, file);
  png_set_IHDR(png, info, width, height, one_bit ? 1 : 8,
               channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (dpi > 0) {
    png_uint_32 each = (png_uint_32)(dpi / 0.0254 + 0.5);
    png_set_pHYs(png, info, each, each, PNG_RESOLUTION_METER);
  }
  png_set_compression_level(png, level);
  png_set_filter(png, 0, one_bit ? PNG_FILTER_NONE : PNG_FILTER_SUB | PNG_FILTER_UP);
  png_write_info(png, info);
  packed = malloc((width + 7) / 8);
  if (!packed) png_error(png, "no memory");
  for (uint32_t y = 0; y < height; y++) {
    const uint8_t *row = pixels + (size_t)y * width * channels;
    if (one_bit) {
      pack(row, width, packed);
      png_write_row(png, packed);
    } else {
      png_write_row(png, row);
    }
  }
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  free(packed);
  return fclose(file) ? fail(why, "cannot be written") : 0;
}

// Compresses into a buffer of TurboJPEG's; NULL where it fails.
static uint8_t *compress(const uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                         int quality, unsigned long *size, char why[128]) {
  tjhandle jpeg = tjInitCompress();
  if (!jpeg) {
    fail(why, "no memory");
    return NULL;
  }
  uint8_t *bytes = NULL;
  int failed = tjCompress2(jpeg, pixels, (int)width, 0, (int)height,
                           channels == 3 ? TJPF_RGB : TJPF_GRAY, &bytes, size,
                           channels == 3 ? TJSAMP_420 : TJSAMP_GRAY, quality, 0);
  if (failed) {
    fail(why, tjGetErrorStr2(jpeg));
    tjFree(bytes);
    bytes = NULL;
  }
  tjDestroy(jpeg);
  return bytes;
}

int picture_write_jpeg(const char *path, const uint8_t *pixels, uint32_t width, uint32_t height,
                       int channels, int quality, double dpi, char why[128]) {
  unsigned long size = 0;
  uint8_t *bytes = compress(pixels, width, height, channels, quality, &size, why);
  if (!bytes) return -1;
  // The JFIF segment stands first: its unit (1: dots an inch) and densities at 13 to 17.
  if (dpi > 0 && size > 18 && bytes[2] == 0xFF && bytes[3] == 0xE0) {
    unsigned each = (unsigned)(dpi + 0.5);
    bytes[13] = 1;
    bytes[14] = bytes[16] = (uint8_t)(each >> 8);
    bytes[15] = bytes[17] = (uint8_t)each;
  }
  FILE *file = fopen(path, "wb");
  int written = file && fwrite(bytes, 1, size, file) == size;
  if (file && fclose(file)) written = 0;
  tjFree(bytes);
  return written ? 0 : fail(why, "cannot be written");
}

int picture_jpeg_again(uint8_t *pixels, uint32_t width, uint32_t height, int channels,
                       int quality, char why[128]) {
  unsigned long size = 0;
  uint8_t *bytes = compress(pixels, width, height, channels, quality, &size, why);
  if (!bytes) return -1;
  tjhandle jpeg = tjInitDecompress();
  int failed = !jpeg || tjDecompress2(jpeg, bytes, size, pixels, (int)width, 0, (int)height,
                                      channels == 3 ? TJPF_RGB : TJPF_GRAY, 0);
  if (failed) fail(why, jpeg ? tjGetErrorStr2(jpeg) : "no memory");
  if (jpeg) tjDestroy(jpeg);
  tjFree(bytes);
  return failed ? -1 : 0;
}

static int tiff_fail(TIFF *tiff, void *why, const char *module, const char *format, va_list args) {
  (void)tiff;
  (void)module;
  vsnprintf(why, 128, format, args);
  return 1;
}

int picture_write_tiff(const char *path, const uint8_t *pixels, uint32_t width, uint32_t height,
                       int channels, int one_bit, double dpi, char why[128]) {
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!options) return fail(why, "no memory");
  TIFFOpenOptionsSetErrorHandlerExtR(options, tiff_fail, why);
  TIFF *tiff = TIFFOpenExt(path, "w", options);
  TIFFOpenOptionsFree(options);
  if (!tiff) return -1;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, one_bit ? 1 : 8);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, one_bit ? COMPRESSION_CCITTFAX4 : COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, one_bit         ? PHOTOMETRIC_MINISWHITE
                                          : channels == 3 ? PHOTOMETRIC_RGB
                                                          : PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, one_bit ? height : 64);
  if (dpi > 0) {
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, dpi);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, dpi);
  }
  uint8_t *row = malloc((size_t)width * channels + 8);
  int written = row != NULL;
  for (uint32_t y = 0; written && y < height; y++) {
    const uint8_t *line = pixels + (size_t)y * width * channels;
    if (one_bit) {
      pack(line, width, row);
      for (uint32_t i = 0; i < (width + 7) / 8; i++) row[i] = (uint8_t)~row[i];
    } else {
      memcpy(row, line, (size_t)width * channels);
    }
    written = TIFFWriteScanline(tiff, row, y, 0) == 1;
  }
  free(row);
  if (written) written = TIFFFlush(tiff) == 1;
  TIFFClose(tiff);
  return written ? 0 : -1;
}

void picture_keep_freed_memory(void) {
    // 1 GiB, more than any picture: nothing is mapped by itself, and nothing given back.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
}
