// SPDX-License-Identifier: Apache-2.0
#include "CJPEG.h"

#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

/// Decoding stops after 500 scans (a progressive file needs about ten, a bomb has thousands).
static const int flags = TJFLAG_LIMITSCANS;

static int failed(tjhandle handle, char why[PHIEU_JPEG_WHY]) {
  const char *words = tjGetErrorStr2(handle);
  strncpy(why, words, PHIEU_JPEG_WHY - 1);
  why[PHIEU_JPEG_WHY - 1] = 0;
  return strstr(words, "Premature end") || strstr(words, "empty input") ? PHIEU_JPEG_TRUNCATED
                                                                        : PHIEU_JPEG_DAMAGED;
}

static int out_of_memory(char why[PHIEU_JPEG_WHY]) {
  strcpy(why, "out of memory");
  return PHIEU_JPEG_DAMAGED;
}

int phieu_jpeg_header(const uint8_t *bytes, size_t count, int *width, int *height,
                      int *components, char why[PHIEU_JPEG_WHY]) {
  tjhandle handle = tjInitDecompress();
  if (!handle) return out_of_memory(why);
  int subsampling = 0, space = 0, status = PHIEU_JPEG_OK;
  if (tjDecompressHeader3(handle, bytes, count, width, height, &subsampling, &space) != 0)
    status = failed(handle, why);
  *components = space == TJCS_GRAY ? 1 : space == TJCS_CMYK || space == TJCS_YCCK ? 4 : 3;
  tjDestroy(handle);
  return status;
}

/// Four inks a pixel to one byte of luma.
static void gray_of_inks(const uint8_t *inks, size_t pixels, uint8_t *gray) {
  for (size_t i = 0; i < pixels; i++, inks += 4) {
    uint32_t colour = 19595u * inks[0] + 38470u * inks[1] + 7471u * inks[2];
    gray[i] = (uint8_t)((((colour + 32768u) >> 16) * inks[3] + 127) / 255);
  }
}

int phieu_jpeg_decode(const uint8_t *bytes, size_t count, int width, int height, uint8_t *gray,
                      char why[PHIEU_JPEG_WHY]) {
  tjhandle handle = tjInitDecompress();
  if (!handle) return out_of_memory(why);
  int subsampling = 0, space = 0, w = 0, h = 0, status = PHIEU_JPEG_OK;
  size_t pixels = (size_t)width * (size_t)height;
  if (tjDecompressHeader3(handle, bytes, count, &w, &h, &subsampling, &space) != 0) {
    status = failed(handle, why);
  } else if (w != width || h != height) {
    strcpy(why, "two sizes in one file");
    status = PHIEU_JPEG_DAMAGED;
  } else if (space == TJCS_CMYK || space == TJCS_YCCK) {
    uint8_t *inks = malloc(4 * pixels);
    if (!inks)
      status = out_of_memory(why);
    else if (tjDecompress2(handle, bytes, count, inks, width, 0, height, TJPF_CMYK, flags) != 0)
      status = failed(handle, why);
    else
      gray_of_inks(inks, pixels, gray);
    free(inks);
  } else if (tjDecompress2(handle, bytes, count, gray, width, 0, height, TJPF_GRAY, flags) != 0) {
    status = failed(handle, why);
  }
  tjDestroy(handle);
  return status;
}
