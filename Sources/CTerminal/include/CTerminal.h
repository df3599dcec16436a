/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHIEU_CTERMINAL_H
#define PHIEU_CTERMINAL_H

/// Puts the terminal at `descriptor` into raw mode, shows the second screen and hides the cursor.
/// A signal that ends the program puts everything back first. Returns 0, or -1 with errno.
int phieu_terminal_enter(int descriptor);

/// Puts everything back as it was. Harmless where nothing was entered.
void phieu_terminal_leave(void);

/// The size in cells, and of a cell in pixels (0 where the terminal does not tell). Returns 0 or
/// -1 with errno.
int phieu_terminal_size(int descriptor, int *columns, int *rows, int *cell_width,
                        int *cell_height);

#endif
