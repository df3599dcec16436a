// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CTESSERACT_H
#define PHIEU_CTESSERACT_H

#include <stddef.h>
#include <stdint.h>

/// An engine of Tesseract with one model. One thread uses it at a time.
typedef struct phieu_tesseract phieu_tesseract;

/// What one recognised symbol is.
typedef struct {
  /// UTF-8, cut to fit, ended by a zero.
  char text[8];
  /// 0 to 100; no probability.
  float confidence;
  /// Left and right end in the line's pixels.
  int left;
  int right;
  /// Other readings, likeliest first, one byte each where they are plain ASCII, ended by a zero.
  char others[8];
} phieu_symbol;

/// An engine for the model `hwdigits` of this program, which lies in the program itself.
/// Returns NULL where Tesseract refuses it.
phieu_tesseract *phieu_tesseract_hwdigits(void);

/// An engine for one of the system's languages ("eng"), reading one line of the characters in
/// `whitelist` alone. `folder` is where its `.traineddata` lies, or NULL for Tesseract's own
/// place. Returns NULL where it is not there.
phieu_tesseract *phieu_tesseract_stock(
  const char *folder, const char *language, const char *whitelist);

/// Reads a line: `width * height` bytes, 0 black, rows from the top. Writes at most `most`
/// symbols. Returns how many there are (perhaps more than `most`), or -1 where it failed.
int phieu_tesseract_read(
  phieu_tesseract *engine, const uint8_t *bytes, int width, int height, phieu_symbol *symbols,
  int most);

/// Frees an engine; NULL is nothing.
void phieu_tesseract_free(phieu_tesseract *engine);

/// The program's own models: bytes that live as long as the program.
const uint8_t *phieu_model_hwdigits(size_t *count);
const uint8_t *phieu_model_networks(size_t *count);

#endif
