// SPDX-License-Identifier: Apache-2.0
// The two fonts, whole and unchanged (Fonts/OFL.txt), as part of the program: a sheet comes out
// the same on every machine, and nothing needs to be found at run time.
        .section .rodata
        .balign 16
        .global phieu_font_regular
phieu_font_regular:
        .incbin "NotoSans-Regular.ttf"
        .global phieu_font_regular_end
phieu_font_regular_end:
        .balign 16
        .global phieu_font_bold
phieu_font_bold:
        .incbin "NotoSans-Bold.ttf"
        .global phieu_font_bold_end
phieu_font_bold_end:
        .section .note.GNU-stack,"",@progbits
