// SPDX-License-Identifier: Apache-2.0
// qpdf's C face catches every exception and is plain enough to be called from Swift as it is.
#include "CQPDF.h"
