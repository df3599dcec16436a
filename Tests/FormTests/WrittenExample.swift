// SPDX-License-Identifier: Apache-2.0

/// A form of every kind of entry, as a person would write it.
let writtenExample = """
  form: ward-2
  title: Phiếu góp ý
  introduction: Vì sao hỏi, và câu trả lời được giữ kín.
  look: boxes
  cancel: blacken
  sections:
  - title: PHẦN A
    questions:
    - type: line
      label: Thôn
    - id: commune
      type: code
      label: Mã xã
      pattern: '___'
      issued: ['007', '012']
    - id: day
      type: code
      label: Ngày
      pattern: '__/__/____'
      dates: {from: 2024-11-21, to: 2024-11-24}
      cell: [6, 8]
    - id: sex
      type: single
      label: Giới tính
      english: Sex
      options:
      - {value: '1', label: Nam, english: Male}
      - {value: '2', label: Khác, text: sex_other}
  - title: PHẦN B
    questions:
    - type: matrix
      label: Mức độ hài lòng
      levels:
      - {value: '5', label: Rất hài lòng}
      - {value: '1', label: Rất không hài lòng}
      items:
      - heading: A. Tiếp cận
        factor: access
      - id: n1
        label: Dễ tìm
      - id: n2
        label: Đủ ghế
        factor: seats
    - type: yes-no
      label: Ông/Bà đã
      items:
      - {id: y1, label: nộp hồ sơ}
    - id: comment
      type: text
      label: Ý kiến
      lines: 3

  """
