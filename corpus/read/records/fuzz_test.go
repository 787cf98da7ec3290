package records

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", `{"text":"a"}`, `[{"title":"a","text":["b",{"type":"h2","text":"c"}]},` + "\n" + `{"x":NaN,}`, "{\"a\":{\"b\":[{\"text\":\"<p>x\"}]}}", "text,a\nb,\"c\"\"d\n\"\ne", "title\ttext\n\"a\"\t\"b\n",
		`{"text":"\ud800\q` + "\t" + `\u12"}`, `{"text":"a","date":1764669600,"author":[{"name":["x",{"first":"y"}]}]}`, `{"_source":{"text":"a"},"meta":{"title":"b"}}`, "sep=;\ntext;x\n1;2;3", "{\"text\":\"a\"\n}{\"text\":\"b\"}",
		`{"a":{"text":"x"},"b":{"text":"y"}}`, `{"version":"https://jsonfeed.org/version/1","title":"t","items":[{"content_html":"<b>x"}]}`, "\uFEFF[\uFEFF{\"text\":\"\\u0000\"}]", `{"text":"A <i>b</i>` + "\\n" + `c… [+5 chars]"}`,
		`{"posts":[{"id":1,"html":"a"}],"posts_authors":[{"post_id":1,"author_id":2}],"users":[{"id":2,"name":"b"}],"settings":[{"key":"title","value":"c"}]}`, `{"text":"The mill of a\nburnt down. It was b\nold and well-\nknown."}`,
		`{"content":{"root":{"children":[{"type":"paragraph","children":[{"type":"text","text":"a"},{"type":"linebreak"},{"type":"link","children":[{"text":"b"}]}]}]}}}`, `{"lexical":"{\"root\":{\"children\":[{\"text\":\"a\"}]}}"}`,
	} {
		for n := range byte(3) {
			f.Add(s, n)
		}
	}
	f.Fuzz(func(t *testing.T, s string, n byte) {
		read := []reading{ReadJSON, ReadLines, ReadCSV}[n%3]
		var docs []*document.Document
		var err error
		readtest.Timed(t, s, func() { docs, _, err = read(limit.New(t.Context(), limit.Limits{}), s) })
		if err == nil && len(docs) == 0 {
			t.Fatal("no articles and no error")
		}
		if err != nil && err.Error() == "" {
			t.Fatal("an error without words")
		}
		parts := make(map[string]bool)
		for _, d := range docs {
			if parts[d.Part] {
				t.Fatalf("two articles have the part %q", d.Part)
			}
			parts[d.Part] = true
			if d.Line < 1 || d.Line > strings.Count(s, "\n")+1 {
				t.Fatalf("line %d", d.Line)
			}
			for _, b := range d.Blocks {
				if !utf8.ValidString(b.Text) || b.Text != document.Squeeze(document.Normalise(b.Text)) || b.Text == "" {
					t.Fatalf("block %q is not normalised", b.Text)
				}
			}
			for _, s := range d.Statements {
				if !utf8.ValidString(s.Value) || document.OneLine(s.Value) == "" {
					t.Fatalf("statement %+v", s)
				}
			}
		}
	})
}
