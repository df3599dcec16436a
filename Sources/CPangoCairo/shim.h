/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHIEU_CPANGOCAIRO_SHIM_H
#define PHIEU_CPANGOCAIRO_SHIM_H

// Nothing for Swift: CPango has the face. This target only brings the libraries' flags.

#endif
