package records

import (
	"strings"
	"testing"

	"parley/corpus/read/limit"
)

func TestCSV(t *testing.T) {
	t.Parallel()
	check(t, ReadCSV, []example{
		{"commas", "\uFEFFid,Title,Publication,Author,Date,URL,Content\r\n7,\"The \"\"mill\"\", again\",Courier,\"['Ada Holm', 'Ole Brandt']\",2025-12-02,https://x.example/1,\"The mill burnt.\r\n\r\nIt fell, too.\"\r\n8,B,,nan,,,It was old.\r\n", `2 #2
id=7 (column "id")
title=The "mill", again (column "Title")
publisher=Courier (column "Publication")
author=Ada Holm (column "Author")
author=Ole Brandt (column "Author")
url=https://x.example/1 (column "URL")
published=2025-12-02 (column "Date")
2| The mill burnt.
4| It fell, too.
5 #5
id=8 (column "id")
title=B (column "Title")
5| It was old.
`},
		{"semicolons", "text;title\nThe mill, the quay, the inn.;A\n", "2 #2\ntitle=A (column \"title\")\n2| The mill, the quay, the inn.\n"},
		{"semicolons before commas", "text;a,b,c\nThe mill burnt.;x\n", "2 #2\n2| The mill burnt.\n"},
		{"bars", "title|text\nA|The mill burnt.\n", "2 #2\ntitle=A (column \"title\")\n2| The mill burnt.\n"},
		{"one column", "text\nThe mill burnt.\n", "2 #2\n2| The mill burnt.\n"},
		{"separator for a spreadsheet", "sep=;\ntext;a\nThe mill burnt.;x\n", "3 #3\n3| The mill burnt.\n"},
		{"tabs", "title\ttext\nA\t\"Fire,\" she said.\n\"B\"\t\"It \"\"fell\"\".\"\nC\tIt was old.\n", "2 #2\ntitle=A (column \"title\")\n2| \"Fire,\" she said.\n3 #3\ntitle=B (column \"title\")\n3| It \"fell\".\n4 #4\ntitle=C (column \"title\")\n4| It was old.\n"},
		{"tabs with quoted line ends", "title\ttext\nA\t\"One.\nTwo.\"\n", "2 #2\ntitle=A (column \"title\")\n2| One.\n3| Two.\n"},
		{"html", "text,date\n<p>The mill</p><p>burnt.</p>,1764669600\n", "2 #2\npublished=2025-12-02T10:00:00Z (column \"date\")\n2| The mill\n2| burnt.\n"},
		{"bad rows", "title,text\nA\nB,The mill burnt.,x\nC,The \"mill\" burnt.\nD,\nE,nan\nF,It fell.,,\n", `4 #4
title=C (column "title")
4| The "mill" burnt.
7 #7
title=F (column "title")
7| It fell.
note 2: has 1 cell, the header has 2
note 3: has 3 cells, the header has 2
note 5: has no text: "text" is empty
note 6: has no text: "text" is empty
`},
		{"open quotation mark", "title,text\nA,The mill burnt.\nB,\"It fell.\nC,It was old.\nD,Now it is new.\n", `2 #2
title=A (column "title")
2| The mill burnt.
4 #4
title=C (column "title")
4| It was old.
5 #5
title=D (column "title")
5| Now it is new.
note 3: has the cell "\"It fell." with a quotation mark that is not closed
`},
		{"quotation mark in a quoted cell", "title,text\nA,\"The \"mill\" burnt.\"\nB,It fell.\n", "3 #3\ntitle=B (column \"title\")\n3| It fell.\nnote 2: has the cell \"\\\"The \\\"mill\\\" burnt.\\\"\" with a quotation mark in it that is not doubled, or not closed\n"},
		{"column without a name", ",title,text\n0,A,The mill burnt.\n", "2 #2\ntitle=A (column \"title\")\n2| The mill burnt.\n"},
		{"summaries", "title,description,url\nA,The mill burnt.,https://x.example/1\n", "2 #2\ntitle=A (column \"title\")\nurl=https://x.example/1 (column \"url\")\n2| The mill burnt.\n? its text is not there, only its \"description\"\n"},
		{"no header", "A,The mill burnt.\nB,It fell.\n", "error 1: has no header row with a column \"text\", \"content\" or \"body\": its first row is \"A\", \"The mill burnt.\"\n"},
		{"only a header", "title,text\n", "error 0: has no rows below its header\n"},
		{"empty", "", "error 0: is empty\n"},
		{"all bad", "title,text\nA,\nB,\n", "error 2: none of its 2 rows is an article: the first has no text: \"text\" is empty\n"},
	})
}

func TestBounds(t *testing.T) {
	t.Parallel()
	good := `{"text":"The mill burnt."}`
	keys := strings.Repeat(`"k":{"a":[1]},`, 200000)
	for _, c := range []struct {
		name     string
		read     reading
		in, want string
		limits   limit.Limits
	}{
		{"deep list", ReadJSON, strings.Repeat("[", 100000), "error 1: is nested more than 512 deep, over the limit", limit.Limits{}},
		{"deep object", ReadJSON, strings.Repeat(`{"a":`, 100000), "error 1: is nested more than 512 deep, over the limit", limit.Limits{}},
		{"deep line", ReadLines, good + "\n{\"text\":\"x\",\"a\":" + strings.Repeat("[", 1000) + "\n" + good, "3| The mill burnt.\nnote 2: is nested more than 512 deep", limit.Limits{}},
		{"deep author", ReadLines, `{"text":"The mill burnt.","author":` + strings.Repeat("[", 100) + `"x"` + strings.Repeat("]", 100) + "}", "1! \"author\" is a list: left out", limit.Limits{}},
		{"many keys", ReadJSON, "{" + keys + `"text":"The mill burnt."}`, "1| The mill burnt.", limit.Limits{}},
		{"many keys without text", ReadJSON, "{" + keys + `"a":1}`, "and 199993 more", limit.Limits{}},
		{"many articles", ReadLines, strings.Repeat(good+"\n", 200), "error 0: has more than 100 elements, over the limit", limit.Limits{Nodes: 100}},
		{"many bad lines", ReadLines, strings.Repeat("x\n", 200), "error 0: has more than 100 elements, over the limit", limit.Limits{Nodes: 100}},
		{"many rows", ReadCSV, "text\n" + strings.Repeat("x\n", 200), "error 0: has more than 100 elements, over the limit", limit.Limits{Nodes: 100}},
		{"many refusals", ReadLines, strings.Repeat("x\n", 1500) + good, "note 1000: is not JSON: \"x\" is no value\nnote 1001: is refused, too, and so may be lines after it: the list of refusals ends here\n", limit.Limits{}},
		{"large line", ReadLines, good + "\n" + `{"text":"` + strings.Repeat("x", 200) + `"}`, "1| The mill burnt.\nnote 2: has more than 100 bytes, the limit for one article", limit.Limits{ArticleBytes: 100}},
		{"large record", ReadJSON, "[" + good + ",\n" + `{"text":"` + strings.Repeat("x", 200) + `"}]`, "1| The mill burnt.\nnote 2: has more than 100 bytes, the limit for one article", limit.Limits{ArticleBytes: 100}},
		{"large row", ReadCSV, "text\nThe mill burnt.\n" + strings.Repeat("x", 200), "2| The mill burnt.\nnote 3: has more than 100 bytes, the limit for one article", limit.Limits{ArticleBytes: 100}},
		{"wide header", ReadCSV, "text" + strings.Repeat(",a", 5000) + "\n", "error 1: has more than 4096 cells", limit.Limits{}},
		{"wide in every way", ReadCSV, "text" + strings.Repeat(",a;a\ta|a", 5000) + "\n", "error 1: has more than 4096 cells", limit.Limits{}},
		{"wide row", ReadCSV, "text,a\n" + strings.Repeat(",a", 5000) + "\nThe mill burnt.,a\n", "3| The mill burnt.\nnote 2: has more than 4096 cells", limit.Limits{}},
		{"large open cell", ReadCSV, "text\nThe mill burnt.\n\"" + strings.Repeat("x\n", 200), "note 3: has more than 100 bytes, the limit for one article", limit.Limits{ArticleBytes: 100}},
		{"deep html in one", ReadLines, `{"text":"` + strings.Repeat("<div>", 1000) + `x"}` + "\n" + good, "2| The mill burnt.\nnote 1: is nested more than 512 deep", limit.Limits{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := show(c.read(limit.New(t.Context(), c.limits), c.in)); !strings.Contains(got, c.want) {
				t.Errorf("got:\n%.2000s\nwant: %s", got, c.want)
			}
		})
	}
}
