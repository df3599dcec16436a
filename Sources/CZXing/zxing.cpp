// SPDX-License-Identifier: Apache-2.0
#include "CZXing.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <cstring>

int phieu_qr_read(const uint8_t *gray, int width, int height, int stride, char *texts,
                  size_t room) {
  try {
    auto hints = ZXing::DecodeHints()
                     .setFormats(ZXing::BarcodeFormat::QRCode)
                     .setTryHarder(true)
                     .setTryRotate(true);
    ZXing::ImageView view(gray, width, height, ZXing::ImageFormat::Lum, stride);
    int count = 0;
    for (const auto &result : ZXing::ReadBarcodes(view, hints)) {
      if (!result.isValid()) continue;
      std::string text = result.text();
      // A code may hold bytes of any kind; a label holds no 0.
      if (text.empty() || text.find('\0') != std::string::npos || text.size() + 1 > room) continue;
      std::memcpy(texts, text.c_str(), text.size() + 1);
      texts += text.size() + 1;
      room -= text.size() + 1;
      count++;
    }
    return count;
  } catch (...) {
    return -1;
  }
}
