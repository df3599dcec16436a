// SPDX-License-Identifier: Apache-2.0
#include "file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int error_said(TIFF *file, void *user, const char *module, const char *format,
                      va_list list) {
  (void)file;
  (void)module;
  phieu_tiff *t = user;
  // The first words are the cause, the later ones what came of it.
  if (!t->failed) vsnprintf(t->why, sizeof t->why, format, list);
  t->failed = 1;
  return 1;
}

/// libtiff warns of lines of a fax that end early and of JPEG data that ends early, and goes on
/// with white or gray pixels: never here. Other warnings (unknown tags) tell of no loss.
static int warning_said(TIFF *file, void *user, const char *module, const char *format,
                        va_list list) {
  char words[256];
  vsnprintf(words, sizeof words, format, list);
  if (!strstr(words, "Premature") && !strstr(words, "mismatch") && !strstr(words, "Corrupt"))
    return 1;
  (void)file;
  (void)module;
  phieu_tiff *t = user;
  if (!t->failed) memcpy(t->why, words, sizeof t->why);
  t->failed = 1;
  return 1;
}

static tmsize_t take(thandle_t handle, void *into, tmsize_t count) {
  phieu_tiff *t = handle;
  if (count < 0 || t->at >= t->count) return 0;
  uint64_t left = t->count - t->at;
  uint64_t part = (uint64_t)count < left ? (uint64_t)count : left;
  memcpy(into, t->bytes + t->at, part);
  t->at += part;
  return (tmsize_t)part;
}

static tmsize_t refuse(thandle_t handle, void *from, tmsize_t count) {
  (void)handle;
  (void)from;
  (void)count;
  return -1;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  phieu_tiff *t = handle;
  t->at = whence == SEEK_CUR ? t->at + offset : whence == SEEK_END ? t->count + offset : offset;
  return t->at;
}

static int leave(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size(thandle_t handle) { return ((phieu_tiff *)handle)->count; }

phieu_tiff *phieu_tiff_open(const uint8_t *bytes, size_t count, size_t most) {
  phieu_tiff *t = calloc(1, sizeof *t);
  TIFFOpenOptions *options = t ? TIFFOpenOptionsAlloc() : NULL;
  if (options) {
    t->bytes = bytes;
    t->count = count;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)most);
    TIFFOpenOptionsSetErrorHandlerExtR(options, error_said, t);
    TIFFOpenOptionsSetWarningHandlerExtR(options, warning_said, t);
    // "h" reads no directory yet, "m" copies instead of trusting a map.
    t->file = TIFFClientOpenExt("scan", "rhm", t, take, refuse, seek, leave, size, NULL, NULL,
                                options);
    TIFFOpenOptionsFree(options);
  }
  if (t && !t->file) {
    free(t);
    t = NULL;
  }
  return t;
}

static double inches(float per_unit, uint16_t unit) {
  return unit == RESUNIT_INCH ? per_unit : unit == RESUNIT_CENTIMETER ? per_unit * 2.54 : 0;
}

/// A number of the file, in its byte order.
static uint64_t number(const phieu_tiff *t, uint64_t place, int bytes) {
  uint64_t value = 0;
  for (int i = 0; i < bytes; i++) {
    uint64_t at = place + (uint64_t)(t->bytes[0] == 'M' ? i : bytes - 1 - i);
    value = value << 8 | (at < t->count ? t->bytes[at] : 0);
  }
  return value;
}

/// Whether the file goes as far as the last directory's link to the next one: libtiff takes a
/// link that is cut off for the end, and the pages after it would be lost in silence.
static int link_is_there(const phieu_tiff *t) {
  uint64_t place = t->found;
  if (place == 0) return 1;
  int big = number(t, 2, 2) == 43;
  uint64_t entries = number(t, place, big ? 8 : 2);
  if (entries > 65535) return 0;
  uint64_t end = big ? place + 8 + 20 * entries + 8 : place + 2 + 12 * entries + 4;
  return end <= t->count;
}

int phieu_tiff_next(phieu_tiff *t, phieu_tiff_page *page) {
  memset(page, 0, sizeof *page);
  t->failed = 0;
  t->why[0] = 0;
  if (!TIFFReadDirectory(t->file)) {
    int last = TIFFLastDirectory(t->file);
    if (!t->failed && last) {
      if (link_is_there(t)) return PHIEU_TIFF_END;
      strcpy(t->why, "the file ends inside a directory");
      return PHIEU_TIFF_LOST;
    }
    uint64_t place = TIFFCurrentDirOffset(t->file);
    // A ring of directories ends without an error and without a last one.
    int stuck = !t->failed || last || place == t->lost;
    t->lost = place;
    return stuck ? PHIEU_TIFF_LOST : PHIEU_TIFF_BAD_PAGE;
  }
  t->found = TIFFCurrentDirOffset(t->file);
  uint32_t kind = 0;
  uint16_t orientation = 1, unit = RESUNIT_INCH;
  float x = 0, y = 0;
  TIFFGetField(t->file, TIFFTAG_IMAGEWIDTH, &page->width);
  TIFFGetField(t->file, TIFFTAG_IMAGELENGTH, &page->height);
  TIFFGetFieldDefaulted(t->file, TIFFTAG_SUBFILETYPE, &kind);
  TIFFGetFieldDefaulted(t->file, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetFieldDefaulted(t->file, TIFFTAG_RESOLUTIONUNIT, &unit);
  page->reduced = (kind & FILETYPE_REDUCEDIMAGE) != 0;
  page->orientation = orientation;
  if (TIFFGetField(t->file, TIFFTAG_XRESOLUTION, &x) &&
      TIFFGetField(t->file, TIFFTAG_YRESOLUTION, &y)) {
    page->dpi[0] = inches(x, unit);
    page->dpi[1] = inches(y, unit);
  }
  return PHIEU_TIFF_PAGE;
}

const char *phieu_tiff_why(const phieu_tiff *t) { return t->why; }

void phieu_tiff_close(phieu_tiff *t) {
  if (!t) return;
  TIFFClose(t->file);
  free(t);
}
