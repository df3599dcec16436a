// SPDX-License-Identifier: Apache-2.0
#include "CTesseract.h"

#include <stdlib.h>
#include <string.h>
#include <tesseract/capi.h>

// libgomp's; holds for the calling thread. Debian's Tesseract starts four threads for each
// recognition, by number, whatever the cores: five to thirteen times the work.
extern void omp_set_max_active_levels(int levels);

struct phieu_tesseract {
  TessBaseAPI *api;
};

// Page segmentation modes: a raw line for our own model (layout analysis throws digits away), a
// line for print.
enum { raw_line = PSM_RAW_LINE, line = PSM_SINGLE_LINE };

static phieu_tesseract *finished(TessBaseAPI *api, int status, int mode) {
  // Of a picture without a line it would print statistics on standard error.
  if (status == 0 && !TessBaseAPISetVariable(api, "debug_file", "/dev/null")) status = -1;
  phieu_tesseract *engine = status == 0 ? malloc(sizeof *engine) : NULL;
  if (!engine) {
    TessBaseAPIEnd(api);
    TessBaseAPIDelete(api);
    return NULL;
  }
  engine->api = api;
  TessBaseAPISetPageSegMode(api, (TessPageSegMode)mode);
  return engine;
}

phieu_tesseract *phieu_tesseract_hwdigits(void) {
  size_t count = 0;
  const uint8_t *model = phieu_model_hwdigits(&count);
  TessBaseAPI *api = TessBaseAPICreate();
  if (!api) return NULL;
  int status = TessBaseAPIInit5(
    api, (const char *)model, (int)count, "hwdigits", OEM_LSTM_ONLY, NULL, 0, NULL, NULL, 0, 0);
  // A misspelt name would be passed over in silence.
  if (status == 0 && (!TessBaseAPISetVariable(api, "lstm_choice_mode", "2")
      || !TessBaseAPISetVariable(api, "tessedit_do_invert", "0")))
    status = -1;
  return finished(api, status, raw_line);
}

phieu_tesseract *phieu_tesseract_stock(
  const char *folder, const char *language, const char *whitelist) {
  TessBaseAPI *api = TessBaseAPICreate();
  if (!api) return NULL;
  int status = TessBaseAPIInit2(api, folder, language, OEM_LSTM_ONLY);
  if (status == 0 && !TessBaseAPISetVariable(api, "tessedit_char_whitelist", whitelist))
    status = -1;
  return finished(api, status, line);
}

static void copy(char *to, size_t size, const char *text) {
  size_t count = text ? strlen(text) : 0;
  if (count >= size) count = size - 1;
  if (count) memcpy(to, text, count);
  to[count] = 0;
}

static void others_of(TessResultIterator *results, phieu_symbol *symbol) {
  TessChoiceIterator *choices = TessResultIteratorGetChoiceIterator(results);
  if (!choices) return;
  size_t count = 0;
  do {
    const char *text = TessChoiceIteratorGetUTF8Text(choices);
    if (!text || !text[0] || text[1] || text[0] == symbol->text[0]) continue;
    symbol->others[count++] = text[0];
  } while (count + 1 < sizeof symbol->others && TessChoiceIteratorNext(choices));
  TessChoiceIteratorDelete(choices);
}

int phieu_tesseract_read(
  phieu_tesseract *engine, const uint8_t *bytes, int width, int height, phieu_symbol *symbols,
  int most) {
  TessBaseAPI *api = engine->api;
  TessBaseAPISetImage(api, bytes, width, height, 1, width);
  TessBaseAPISetSourceResolution(api, 300);
  omp_set_max_active_levels(0);
  if (TessBaseAPIRecognize(api, NULL) != 0) {
    TessBaseAPIClear(api);
    return -1;
  }
  int count = 0;
  TessResultIterator *results = TessBaseAPIGetIterator(api);
  if (results) {
    TessPageIterator *places = TessResultIteratorGetPageIterator(results);
    do {
      char *text = TessResultIteratorGetUTF8Text(results, RIL_SYMBOL);
      if (!text) continue;
      if (count < most) {
        phieu_symbol *symbol = symbols + count;
        memset(symbol, 0, sizeof *symbol);
        copy(symbol->text, sizeof symbol->text, text);
        symbol->confidence = TessResultIteratorConfidence(results, RIL_SYMBOL);
        int top = 0, bottom = 0;
        TessPageIteratorBoundingBox(
          places, RIL_SYMBOL, &symbol->left, &top, &symbol->right, &bottom);
        others_of(results, symbol);
      }
      count++;
      TessDeleteText(text);
    } while (TessResultIteratorNext(results, RIL_SYMBOL));
    TessResultIteratorDelete(results);
  }
  TessBaseAPIClear(api);
  return count;
}

void phieu_tesseract_free(phieu_tesseract *engine) {
  if (!engine) return;
  TessBaseAPIEnd(engine->api);
  TessBaseAPIDelete(engine->api);
  free(engine);
}
