// SPDX-License-Identifier: Apache-2.0
#include "CScanSamples.h"

#include <leptonica/allheaders.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>
#include <zlib.h>

/// A copy in plain `malloc`, of a buffer that another allocator gave.
static uint8_t *kept(const void *bytes, size_t count) {
  uint8_t *copy = malloc(count ? count : 1);
  memcpy(copy, bytes, count);
  return copy;
}

uint8_t *sample_jpeg(const uint8_t *pixels, int width, int height, int channels, int quality,
                     int progressive, size_t *count) {
  tjhandle handle = tjInitCompress();
  unsigned char *file = NULL;
  unsigned long size = 0;
  int format = channels == 1 ? TJPF_GRAY : channels == 3 ? TJPF_RGB : TJPF_CMYK;
  int status = tjCompress2(handle, pixels, width, 0, height, format, &file, &size,
                           channels == 1 ? TJSAMP_GRAY : TJSAMP_444, quality,
                           progressive ? TJFLAG_PROGRESSIVE : 0);
  tjDestroy(handle);
  uint8_t *copy = status == 0 ? kept(file, size) : NULL;
  tjFree(file);
  *count = size;
  return copy;
}

uint8_t *sample_pix(const char *format, const uint8_t *pixels, int width, int height,
                    int channels, size_t *count) {
  int bits = strcmp(format, "pnm-bits") == 0;
  PIX *pix = pixCreate(width, height, bits ? 1 : channels == 1 ? 8 : 32);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const uint8_t *p = pixels + (size_t)(y * width + x) * (size_t)channels;
      if (channels == 1)
        pixSetPixel(pix, x, y, p[0]);
      else
        pixSetRGBPixel(pix, x, y, p[0], p[1], p[2]);
    }
  }
  l_uint8 *file = NULL;
  size_t size = 0;
  int status = 1;
  if (!strcmp(format, "bmp")) status = pixWriteMem(&file, &size, pix, IFF_BMP);
  if (!strcmp(format, "gif")) status = pixWriteMem(&file, &size, pix, IFF_GIF);
  if (!strcmp(format, "pnm") || bits) status = pixWriteMem(&file, &size, pix, IFF_PNM);
  if (!strcmp(format, "webp")) status = pixWriteMemWebP(&file, &size, pix, 100, 1);
  if (!strcmp(format, "jp2")) status = pixWriteMemJp2k(&file, &size, pix, 100, 3, 0, 0);
  if (!strcmp(format, "pnm-text")) {
    char *text = NULL;
    FILE *stream = open_memstream(&text, &size);
    status = pixWriteStreamAsciiPnm(stream, pix);
    fclose(stream);
    file = (l_uint8 *)text;
  }
  pixDestroy(&pix);
  uint8_t *copy = status == 0 ? kept(file, size) : NULL;
  free(file);
  *count = size;
  return copy;
}

uint8_t *sample_deflate(const uint8_t *bytes, size_t length, size_t *count) {
  uLongf size = compressBound(length);
  uint8_t *file = malloc(size);
  if (compress2(file, &size, bytes, length, 6) != Z_OK) {
    free(file);
    return NULL;
  }
  *count = size;
  return file;
}

uint8_t *sample_encrypted_pdf(const uint8_t *bytes, size_t length, const char *user,
                              size_t *count) {
  qpdf_data pdf = qpdf_init();
  uint8_t *copy = NULL;
  if (!(qpdf_read_memory(pdf, "sample", (const char *)bytes, length, NULL) & 2) &&
      !(qpdf_init_write_memory(pdf) & 2)) {
    qpdf_set_r6_encryption_parameters2(pdf, user, "owner", 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
    if (!(qpdf_write(pdf) & 2)) {
      *count = qpdf_get_buffer_length(pdf);
      copy = kept(qpdf_get_buffer(pdf), *count);
    }
  }
  qpdf_cleanup(&pdf);
  return copy;
}
