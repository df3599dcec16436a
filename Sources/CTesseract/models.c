// SPDX-License-Identifier: Apache-2.0
// The models are files of this folder, made by tools/train-digits.sh; the compiler takes them
// into the program, so that there is no file to be found when it runs.
#include "CTesseract.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t hwdigits[] = {
#embed "models/hwdigits.traineddata"
};

static const uint8_t networks[] = {
#embed "models/networks.bin"
};

const uint8_t *phieu_model_hwdigits(size_t *count) {
  *count = sizeof hwdigits;
  return hwdigits;
}

const uint8_t *phieu_model_networks(size_t *count) {
  *count = sizeof networks;
  return networks;
}
