// SPDX-License-Identifier: Apache-2.0
import Ballot
import Export
import Form
import Foundation
import Geometry
import Language
import Testing

@Suite struct BallotTableTests {
  static func targets(_ values: String...) -> [Target] {
    values.map {
      Target(value: $0, shape: .box, box: BlankBox(x: 0, y: 0, width: 5, height: 5))
    }
  }

  static let form = BallotForm(
    name: "ward", title: "",
    pages: [
      FormPage(
        number: 1, blank: BlankSource(file: "b.png", width: 100, height: 100, dpi: 100),
        questions: [
          Question(id: "c01", label: "Nơi \"chờ\", ghế", kind: .single(targets("01", "02"))),
          Question(id: "way", label: "Cách", kind: .multiple(targets("a", "b"))),
          Question(
            id: "commune", label: "Mã",
            kind: .code(cells: [BlankBox(x: 0, y: 0, width: 5, height: 5)])),
          Question(id: "note", label: "", kind: .text(BlankBox(x: 0, y: 0, width: 5, height: 5))),
        ])
    ])

  static func ballot(
    _ number: Int, _ c01: [String]?, _ way: [String]?, _ commune: [String]?,
    file: String = "scans/a.png", form: String = "ward"
  ) -> BallotRecord {
    func answer(_ question: String, _ value: [String]?) -> BallotAnswer {
      BallotAnswer(
        question: question, value: value,
        source: value == nil ? .open : .machine(confidence: 0.9999991234))
    }
    return BallotRecord(
      number: number, form: form,
      pages: [PageOrigin(file: file, sha256: "00", page: 1, formPage: 1)],
      answers: [answer("c01", c01), answer("way", way), answer("commune", commune)])
  }

  func csv(
    _ ballots: [BallotRecord], _ layout: BallotTable.Layout = .wide, all: Bool = false,
    form: BallotForm = BallotTableTests.form
  ) -> String {
    var text = ""
    BallotTable(form: form, layout: layout, includesUnverified: all).write(ballots) { text += $0 }
    return text
  }

  @Test("Verified ballots are one row each, a column a question, one an option")
  func wide() {
    let text = csv([
      Self.ballot(1, ["01"], ["a", "b"], ["007"]), Self.ballot(2, [], [], [""]),
      Self.ballot(3, nil, ["a"], ["1"]), Self.ballot(4, ["01"], [], [], form: "other"),
    ])
    #expect(
      text == "\u{FEFF}ballot,file,page,c01,way.a,way.b,commune\r\n"
        + "1,scans/a.png,1,01,1,1,007\r\n" + "2,scans/a.png,1,,0,0,\r\n")
  }

  @Test("Ballots that are not verified are told by a column, their open answers by a mark")
  func unverified() {
    let text = csv(
      [Self.ballot(1, ["01"], ["a"], []), Self.ballot(3, nil, nil, ["1"])], all: true)
    #expect(
      text == "\u{FEFF}ballot,file,page,verified,c01,way.a,way.b,commune\r\n"
        + "1,scans/a.png,1,yes,01,1,0,\r\n" + "3,scans/a.png,1,no,?,?,?,1\r\n")
  }

  @Test("A ballot with a page missing is not verified, and what stood there is open")
  func missingPage() {
    var ballot = Self.ballot(1, ["01"], ["a"], nil)
    ballot.answers.removeLast()
    ballot.missingPages = [2]
    #expect(csv([ballot]) == "\u{FEFF}ballot,file,page,c01,way.a,way.b,commune\r\n")
    #expect(csv([ballot], all: true).hasSuffix("1,scans/a.png,1,no,01,1,0,?\r\n"))
  }

  @Test("The long table has one row an answer, and says who gave it")
  func long() {
    var ballot = Self.ballot(1, nil, ["a", "b"], [""])
    ballot.answers[0] = BallotAnswer(
      question: "c01", value: ["02"],
      source: .person(reviewer: "Lan, tổ 1", date: Date(timeIntervalSince1970: 1_700_000_000)))
    #expect(
      csv([ballot, Self.ballot(2, nil, [], ["1"])], .long)
        == "\u{FEFF}ballot,question,state,value,source,confidence,reviewer,date\r\n"
        + "1,c01,answered,02,person,,\"Lan, tổ 1\",2023-11-14T22:13:20Z\r\n"
        + "1,way,answered,a;b,machine,0.999999123,,\r\n"
        + "1,commune,blank,,machine,0.999999123,,\r\n")
    #expect(
      csv([Self.ballot(2, nil, [], ["1"])], .long, all: true)
        == "\u{FEFF}ballot,verified,question,state,value,source,confidence,reviewer,date\r\n"
        + "2,no,c01,open,,,,,\r\n" + "2,no,way,blank,,machine,0.999999123,,\r\n"
        + "2,no,commune,answered,1,machine,0.999999123,,\r\n")
  }

  static let cells: [(String, String)] = [
    ("007", "007"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    (" a", "\" a\""), ("=1+1", "'=1+1"), ("+84", "'+84"), ("-1", "'-1"), ("@sum", "'@sum"),
    ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("\nx", "\"'\nx\""), (" =1", "' =1"),
    ("=\"a\",b", "\"'=\"\"a\"\",b\""), ("＝1", "'＝1"), ("a=1", "a=1"), ("'", "'"),
    ("1;2", "1;2"), ("đ", "đ"),
  ]

  @Test("A cell is quoted where it must be, and is never a formula", arguments: cells)
  func cell(value: String, written: String) {
    let text = csv([Self.ballot(1, [value], [], [])])
    #expect(text.hasSuffix("\r\n1,scans/a.png,1,\(written),0,0,\r\n"))
  }

  @Test("A file's name and a question's id are guarded too")
  func guardsNames() {
    var form = Self.form
    form.pages[0].questions[0].id = "=c01"
    let text = csv([Self.ballot(1, [], [], [], file: "=cmd|'a'!A1.png")], all: true, form: form)
    #expect(text.contains(",'=c01,"))
    #expect(text.contains("1,'=cmd|'a'!A1.png,"))
  }

  @Test("Several values in one cell can be told apart again")
  func joins() {
    let text = csv([Self.ballot(1, ["a;b", "c\\", "d"], [], [])])
    #expect(text.contains(#",1,a\;b;c\\;d,"#))
  }

  @Test("Column names are unique, whatever the questions are called")
  func uniqueColumns() {
    var form = Self.form
    form.pages[0].questions[0].id = "way.a"
    form.pages[0].questions[2].id = "ballot"
    #expect(csv([], form: form) == "\u{FEFF}ballot,file,page,way.a,way.a_2,way.b,ballot_2\r\n")
  }

  @Test("An open answer's mark is never a value of the form")
  func openMark() {
    var form = Self.form
    form.pages[0].questions[0].kind = .single(Self.targets("?"))
    #expect(
      csv([Self.ballot(1, nil, [], [])], all: true, form: form).hasSuffix(",no,??,0,0,\r\n"))
  }

  @Test("Writing stops at the first error of the stream")
  func stops() {
    struct Full: Error {}
    var lines = 0
    let table = BallotTable(form: Self.form, layout: .wide, includesUnverified: true)
    #expect(throws: Full.self) {
      try table.write((1...100).lazy.map { Self.ballot($0, [], [], []) }) { _ in
        lines += 1
        if lines == 3 { throw Full() }
      }
    }
    #expect(lines == 3)
  }

  @Test("The codebook tells every column and value")
  func codebook() {
    var text = ""
    Codebook(form: Self.form, includesUnverified: true, language: .english).write { text += $0 }
    #expect(
      text == "\u{FEFF}"
        + """
        column,question,label,type,value,meaning,shape
        ballot,,,,,the ballot's number in its workspace,
        file,,,,,"the scanned files of its pages, separated by ;",
        page,,,,,"the pages inside these files, separated by ;",
        verified,,,,,yes: every answer accepted by the rules or settled by a person; no: not yet,
        c01,c01,"Nơi ""chờ"", ghế",single,01,this option is marked,box
        c01,c01,"Nơi ""chờ"", ghế",single,02,this option is marked,box
        c01,c01,"Nơi ""chờ"", ghế",single,,nothing is marked,
        c01,c01,"Nơi ""chờ"", ghế",single,?,nobody has decided yet,
        way.a,way,Cách,multiple,1,a is marked,box
        way.a,way,Cách,multiple,0,a is not marked,box
        way.a,way,Cách,multiple,?,nobody has decided yet,
        way.b,way,Cách,multiple,1,b is marked,box
        way.b,way,Cách,multiple,0,b is not marked,box
        way.b,way,Cách,multiple,?,nobody has decided yet,
        commune,commune,Mã,code,…,as written; cells: 1,
        commune,commune,Mã,code,,nothing is written,
        commune,commune,Mã,code,?,nobody has decided yet,
        ,note,,text,,"kept as a picture, not in the table",

        """.replacing("\n", with: "\r\n"))
  }

  @Test("The codebook explains the columns of its table and no other", arguments: Language.allCases)
  func codebookColumns(language: Language) {
    var text = ""
    Codebook(form: Self.form, includesUnverified: false, language: language).write { text += $0 }
    let lines = text.split(separator: "\r\n").dropFirst()
    let columns = lines.compactMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).first
    }
    let header = csv([]).dropFirst().split(separator: "\r\n")[0].split(separator: ",")
    #expect(Set(columns.filter { !$0.isEmpty }) == Set(header))
  }
}
