// SPDX-License-Identifier: Apache-2.0
#include "CDigest.h"

#include <openssl/evp.h>

int phieu_sha256(const uint8_t *bytes, size_t count, uint8_t digest[32]) {
  unsigned int length = 32;
  return EVP_Digest(bytes, count, digest, &length, EVP_sha256(), NULL) == 1 ? 0 : -1;
}
