// SPDX-License-Identifier: Apache-2.0
// Written by tools/train-confidence.py; do not edit. Fitted on painted sheets alone
// (tools/train.sh). On sheets that nothing was fitted on:
//
// start                    2.5363
// product                  0.7201
// lower product            0.1399
// blank                   -2.3696
// leftover ink            -0.0328
// blank, leftover ink      0.1882
// blank, leftover stroke  -0.3222
// noise                   -7.8925
// print residual          -1.0086
// coarse                   0.6871
// blank, others blank      1.2864
// multiple                 0.0712
// targets                  0.1049
// disagreement of places   2.3004
//
// confidence          answers   expected      wrong
// 0 to 0.5                 47      36.81         30
// 0.5 to 0.8               71      20.99         19
// 0.8 to 0.9               71       9.88         12
// 0.9 to 0.95              88       6.38          5
// 0.95 to 0.97             90       3.53          7
// 0.97 to 0.98             64       1.60          1
// 0.98 to 0.99            148       2.12          1
// 0.99 to 0.995           194       1.35          2
// 0.995 to 0.998          421       1.33          3
// 0.998 to 0.999          360       0.51          1
// 0.999 to 0.9999         989       0.43          0
// 0.9999 to 1             154       0.01          0
//
// level     answers     guess review % at k silent: this (product)
// clean         570         2 0: 0.9 (0.7)  1: 0.4 (0.4)  2: 0.0 (0.0)  4: 0.0 (0.0)
// hard          546        20 0: 33.7 (20.3)  1: 10.6 (7.6)  2: 8.1 (5.1)  4: 2.5 (2.1)
// office       1140        28 0: 35.8 (73.0)  1: 21.8 (66.3)  2: 20.2 (51.3)  4: 6.1 (6.5)
// photo         441        31 0: 46.6 (45.3)  1: 33.0 (40.9)  2: 23.6 (27.6)  4: 20.7 (21.2)
// accepting at 0.95: clean 1 silent, 0.4 % review; hard 1 silent, 10.6 % review; office 5 silent, 5.8 % review; photo 8 silent, 15.3 % review
// accepting at 0.97: clean 0 silent, 1.1 % review; hard 1 silent, 15.7 % review; office 4 silent, 7.3 % review; photo 3 silent, 21.4 % review
// accepting at 0.98: clean 0 silent, 1.1 % review; hard 1 silent, 19.9 % review; office 4 silent, 8.9 % review; photo 2 silent, 25.4 % review
// accepting at 0.99: clean 0 silent, 2.8 % review; hard 1 silent, 27.9 % review; office 4 silent, 12.0 % review; photo 1 silent, 34.5 % review
// accepting at 0.995: clean 0 silent, 7.4 % review; hard 0 silent, 37.4 % review; office 3 silent, 16.8 % review; photo 1 silent, 44.6 % review
// swift-format-ignore-file

extension Confidence {
  /// Fitted by `tools/train.sh`.
  public static let trained = Confidence(
    start: 2.53629,
    weights: [0.72013, 0.13993, -2.36963, -0.03277, 0.18817, -0.32224, -7.89254, -1.00864, 0.68710, 1.28645, 0.07118, 0.10490, 2.30040])
}
