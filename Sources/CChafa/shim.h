/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHIEU_CCHAFA_SHIM_H
#define PHIEU_CCHAFA_SHIM_H

#include <chafa.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// How a picture is sent to a terminal.
enum phieu_graphics { PHIEU_SYMBOLS = 0, PHIEU_SIXEL = 1, PHIEU_KITTY = 2 };

/// What the terminal of this environment understands, by its name; it is not asked.
static inline int phieu_chafa_detect(char **environment) {
  ChafaTermInfo *info = chafa_term_db_detect(chafa_term_db_get_default(), environment);
  int found = PHIEU_SYMBOLS;
  if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_BEGIN_KITTY_IMMEDIATE_IMAGE_V1))
    found = PHIEU_KITTY;
  else if (chafa_term_info_have_seq(info, CHAFA_TERM_SEQ_BEGIN_SIXELS))
    found = PHIEU_SIXEL;
  chafa_term_info_unref(info);
  return found;
}

/// Draws `width` × `height` RGBA pixels into `columns` × `rows` cells. Not RGB: Chafa 1.12 takes
/// rows of three bytes a pixel for padded to four bytes, and the picture leans.
///
/// Symbols are Braille dots in the terminal's own colours, bright where the picture is bright;
/// they keep the picture's pixels apart where it has 2 × 4 of them a cell.
/// Returns text that the caller frees, or NULL.
static inline char *phieu_chafa_draw(int graphics, const uint8_t *rgba, int width, int height,
                                     int columns, int rows, int cell_width, int cell_height) {
  ChafaCanvasConfig *config = chafa_canvas_config_new();
  ChafaTermInfo *info = chafa_term_db_get_fallback_info(chafa_term_db_get_default());
  chafa_canvas_config_set_geometry(config, columns, rows);
  chafa_canvas_config_set_cell_geometry(config, cell_width, cell_height);
  chafa_canvas_config_set_dither_mode(config, CHAFA_DITHER_MODE_NONE);
  chafa_canvas_config_set_preprocessing_enabled(config, FALSE);
  if (graphics == PHIEU_SYMBOLS) {
    ChafaSymbolMap *map = chafa_symbol_map_new();
    chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_BRAILLE);
    chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_SPACE);
    chafa_canvas_config_set_symbol_map(config, map);
    chafa_symbol_map_unref(map);
    chafa_canvas_config_set_pixel_mode(config, CHAFA_PIXEL_MODE_SYMBOLS);
    chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_FGBG);
  } else {
    chafa_canvas_config_set_pixel_mode(
        config, graphics == PHIEU_KITTY ? CHAFA_PIXEL_MODE_KITTY : CHAFA_PIXEL_MODE_SIXELS);
    chafa_canvas_config_set_canvas_mode(config, CHAFA_CANVAS_MODE_TRUECOLOR);
  }
  ChafaCanvas *canvas = chafa_canvas_new(config);
  chafa_canvas_draw_all_pixels(canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, rgba, width,
                               height, 4 * width);
  GString *printed = chafa_canvas_print(canvas, info);
  char *text = strdup(printed->str);
  g_string_free(printed, TRUE);
  chafa_canvas_unref(canvas);
  chafa_canvas_config_unref(config);
  return text;
}

#endif
