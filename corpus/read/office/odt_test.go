package office

import (
	"testing"
)

func TestReadODT(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"paragraphs", `<text:h text:outline-level="2">Ferry</text:h><text:p>The ferry <text:span>sails.</text:span></text:p><text:p/>`, "# Ferry\nThe ferry sails.\n"},
		{"blanks", "<text:p>\n  The<text:s text:c=\"3\"/>ferry<text:tab/>sails.<text:line-break/>It is late.</text:p>", "The ferry sails.\nIt is late.\n"},
		{"list", `<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>`, "* one\n* two\n"},
		{"table", `<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Guests</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>2024</text:p></table:table-cell><table:table-cell><text:p>5,100</text:p></table:table-cell></table:table-row></table:table>`, "| Year | Guests\n| 2024 | 5,100\n"},
		{"looks", `<text:p>It cost 10<text:span text:style-name="Sup">6</text:span> crowns for H<text:span text:style-name="Low">2</text:span>O.<text:span text:style-name="Out"> Not now.</text:span><text:span text:style-name="Hid"> Never.</text:span></text:p>`, "It cost 10^6 crowns for H₂O.\n~ struck text: Not now.\n~ hidden text: Never.\n"},
		{"note", `<text:p>It sank.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>As he told it.</text:p></text:note-body></text:note> In May.</text:p>`, "It sank. In May.\n~ footnote: As he told it.\n~ footnote mark: 1\n"},
		{"comment", `<text:p>It sails.<office:annotation><dc:creator>A</dc:creator><text:p>Really?</text:p></office:annotation> Today.</text:p>`, "It sails. Today.\n~ comment: AReally?\n"},
		{"changes", `<text:tracked-changes><text:changed-region text:id="a"><text:deletion><office:change-info><dc:creator>A</dc:creator></office:change-info><text:p>five</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>It costs <text:change text:change-id="a"/><text:change-start text:change-id="b"/>six<text:change-end text:change-id="b"/> crowns.</text:p>`, "It costs six crowns.\n~ deleted text: five\n"},
		{"contents", `<text:table-of-content><text:index-body><text:p>Ferry 3</text:p></text:index-body></text:table-of-content><text:p>Text.</text:p>`, "Text.\n~ table of contents: Ferry 3\n"},
		{"box", `<text:p>Before.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box><svg:desc>A picture</svg:desc></draw:frame> After.</text:p>`, "Before. After.\nIn a box.\n"},
		{"hidden section", `<text:section text:display="none"><text:p>Secret.</text:p></text:section><text:section><text:p>Open.</text:p></text:section>`, "Open.\n~ hidden text: Secret.\n"},
		{"hidden field", `<text:p>Open.<text:hidden-text> Secret.</text:hidden-text></text:p>`, "Open.\n~ hidden text: Secret.\n"},
		{"link and field", `<text:p>See <text:a>the ferry</text:a> on <text:date>5 May</text:date>.</text:p>`, "See the ferry on 5 May.\n"},
		{"ruby", `<text:p><text:ruby><text:ruby-base>橋</text:ruby-base><text:ruby-text>はし</text:ruby-text></text:ruby></text:p>`, "橋\n"},
	} {
		d, err := ReadODT(meter(), odt(t, tt.body))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if got := shown(d); got != tt.want {
			t.Errorf("%s: ReadODT gives\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func TestReadODTStates(t *testing.T) {
	t.Parallel()
	d, err := ReadODT(meter(), odt(t, `<text:p text:style-name="P1">The ferry of Lowford</text:p><text:p text:style-name="Author">Ada Marsh</text:p><text:p text:style-name="Date">6 May 2025</text:p><text:p>It sails.</text:p>`,
		"meta.xml", `<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta><dc:title>Ferry</dc:title><meta:initial-creator>Ada Marsh</meta:initial-creator><meta:creation-date>2025-05-06T10:00:00</meta:creation-date></office:meta></office:document-meta>`,
		"styles.xml", `<office:document-styles xmlns:office="o" xmlns:style="s" xmlns:text="t"><office:master-styles><style:master-page><style:header><text:p>County report</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shown(d), "It sails.\n~ page header: County report\n~ title: The ferry of Lowford\n~ by-line: Ada Marsh\n~ date line: 6 May 2025\n"; got != want {
		t.Errorf("ReadODT gives\n%s\nwant\n%s", got, want)
	}
	if got, want := stated(d), "title The ferry of Lowford (paragraph in the style Title)\nauthor Ada Marsh (paragraph in the style Author)\npublished 6 May 2025 (paragraph in the style Date)\n"+
		"title Ferry (document property title)\nauthor Ada Marsh (document property initial-creator)\npublished 2025-05-06T10:00:00 (document property creation-date, when the file was made)\n"; got != want {
		t.Errorf("statements\n%s\nwant\n%s", got, want)
	}
}
