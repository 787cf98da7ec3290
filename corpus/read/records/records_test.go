package records

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

type reading func(*limit.Meter, string) ([]*document.Document, []document.Note, error)

// show writes what was read as lines: statements, then blocks with the lines
// they stand in, then what was left out or remarked.
func show(docs []*document.Document, notes []document.Note, err error) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "%d #%s", d.Line, d.Part)
		if !d.Light {
			b.WriteString(" not light")
		}
		if d.Refused != "" {
			fmt.Fprintf(&b, " refused: %s", d.Refused)
		}
		b.WriteByte('\n')
		for _, s := range d.Statements {
			fmt.Fprintf(&b, "%s=%s (%s)\n", s.Field, s.Value, s.From)
		}
		for _, bl := range d.Blocks {
			fmt.Fprintf(&b, "%d%s %s\n", bl.Line, [...]string{"|", "#", "*", "=", "`"}[bl.Kind], bl.Text)
		}
		for _, x := range d.Dropped {
			fmt.Fprintf(&b, "- %s: %s\n", x.Reason, x.Text)
		}
		for _, n := range d.Warnings {
			fmt.Fprintf(&b, "%d! %s\n", n.Line, n.Reason)
		}
		if d.Doubt != "" {
			fmt.Fprintf(&b, "? %s\n", d.Doubt)
		}
	}
	for _, n := range notes {
		fmt.Fprintf(&b, "note %d: %s\n", n.Line, n.Reason)
	}
	if err != nil {
		line := 0
		if at, ok := errors.AsType[*document.LineError](err); ok {
			line = at.Line
		}
		fmt.Fprintf(&b, "error %d: %s\n", line, err)
	}
	return b.String()
}

type example struct{ name, in, want string }

func check(t *testing.T, read reading, examples []example) {
	t.Helper()
	for _, c := range examples {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := show(read(limit.New(t.Context(), limit.Limits{}), c.in)); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// The lines that the command line promises to read.
func TestContract(t *testing.T) {
	t.Parallel()
	check(t, ReadLines, []example{
		{"all keys", `{"id": "a-1", "title": "The mill", "publisher": "Ostmar Courier", "author": "Ada Holm", "date": "2025-12-02", "url": "https://x.example/1", "text": "The mill burnt.\n\nIt was  old.\n- One\nTwo \u2013 \"three\"."}`, `1 #1
id=a-1 (field "id")
title=The mill (field "title")
publisher=Ostmar Courier (field "publisher")
author=Ada Holm (field "author")
url=https://x.example/1 (field "url")
published=2025-12-02 (field "date")
1| The mill burnt.
1| It was old.
1* One
1| Two – "three".
`},
		{"text only, blank lines, line ends of Windows", "\r\n{\"text\":\"The mill burnt.\"}\r\n\r\n{\"text\":\"It was old.\",\"more\":{\"a\":[1,{}]}}\r\n", `2 #2
2| The mill burnt.
4 #4
4| It was old.
`},
		{"words that look like something", `{"id":7,"title":"A &amp; B","author":["Ada Holm","Ole Brandt"],"text":"Advertisement\nSign up for our newsletter\nWrite <b> for bold, 3 < 5 & 7 > 2.\n1. Open the door.\n> Who\nRead more\n[+12 chars]"}`, `1 #1
id=7 (field "id")
title=A & B (field "title")
author=Ada Holm (field "author")
author=Ole Brandt (field "author")
1| Advertisement
1| Sign up for our newsletter
1| Write <b> for bold, 3 < 5 & 7 > 2.
1| 1. Open the door.
1| > Who
1| Read more
1| [+12 chars]
`},
		{"null and empty", `{"id":null,"title":"","publisher":" ","author":[],"date":null,"url":{},"text":"The mill burnt."}`, "1 #1\n1| The mill burnt.\n"},
	})
}

func TestOddFields(t *testing.T) {
	t.Parallel()
	// Each is read with a text beside it.
	for _, c := range []struct{ in, want string }{
		{`"author":{"name":"Ada Holm"}`, `author=Ada Holm`},
		{`"author":[{"name":"Ada Holm"},{"name":"Ole Brandt","url":"x"}]`, `author=Ada Holm|author=Ole Brandt`},
		{`"authors":["Ada Holm",{"first_name":"Ole","last_name":"Brandt"}]`, `author=Ada Holm|author=Ole Brandt`},
		{`"byline":{"original":"By Ada Holm","person":[{"firstname":"Ada"}]}`, `author=By Ada Holm`},
		{`"author":"['Ada Holm', \"Ole Brandt\"]"`, `author=Ada Holm|author=Ole Brandt`},
		{`"author":"Ada Holm","authors":["A. Holm"],"byline":"By Ada Holm"`, `author=Ada Holm`},
		{`"author":null,"authors":["Ada Holm"]`, `author=Ada Holm`},
		{`"author":true`, `! "author" is true or false: left out`},
		{`"author":{"id":7}`, `! "author" is an object without a text that is known for it: left out`},
		{`"publisher":{"@type":"Organization","name":"Courier"}`, `publisher=Courier`},
		{`"source":{"id":null,"name":"Courier"}`, `publisher=Courier`},
		{`"source":"https://x.example/1","sitename":"Courier"`, `publisher=Courier|url=https://x.example/1`},
		{`"site_name":"Courier","Outlet":"C."`, `publisher=C.|publisher=Courier`},
		{`"date":1764669600`, `published=2025-12-02T10:00:00Z`},
		{`"date":1764669600.25`, `published=2025-12-02T10:00:00Z`},
		{`"date":1764669600000`, `published=2025-12-02T10:00:00Z`},
		{`"date":"1764669600"`, `published=2025-12-02T10:00:00Z`},
		{`"date":1764669600000000000`, `published=2025-12-02T10:00:00Z`},
		{`"date":20251202`, `published=2025-12-02`},
		{`"date":20251202.0`, `published=2025-12-02`},
		{`"URL":"","url":"https://x.example/1"`, `url=https://x.example/1`},
		{`"date":2025`, `published=2025`},
		{`"date":5`, `! "date" is a number, 5: left out`},
		{`"date":NaN`, ``},
		{`"date":"soon"`, `published=soon`},
		{`"date":{"$date":"2025-12-02T10:00:00Z"}`, `published=2025-12-02T10:00:00Z`},
		{`"date":{"$date":{"$numberLong":"1764669600000"}}`, `published=2025-12-02T10:00:00Z`},
		{`"_id":{"$oid":"abc"}`, `id=abc`},
		{`"publishedAt":"2025-12-02","published_at":"x","Date Published":"y"`, `published=2025-12-02|published=y`},
		{`"created_utc":1764669600,"date_modified":"2025-12-03"`, `published=2025-12-02T10:00:00Z|updated=2025-12-03`},
		{`"title":2024`, `title=2024`},
		{`"title":["The mill"]`, `title=The mill`},
		{`"title":{"rendered":"The &#8220;mill&#8221;"}`, `title=The “mill”`},
		{`"title":"The <em>mill</em>"`, `title=The mill`},
		{`"headline":"The mill","name":"x"`, `title=The mill|title=x`},
		{`"title":false,"headline":"The mill"`, `title=The mill|! "title" is true or false: left out`},
		{`"url":["https://x.example/1","b"]`, `url=https://x.example/1`},
		{`"canonical":[{"href":"https://x.example/1"}]`, `url=https://x.example/1`},
		{`"mainEntityOfPage":{"@id":"https://x.example/1"}`, `url=https://x.example/1`},
		{`"guid":"https://x.example/1","uri":"71"`, `id=https://x.example/1|id=71`},
		{`"id":["a","b"]`, `id=a, b`},
		{`"language":"en","place":{"name":"Ostmar"}`, `place=Ostmar|language=en`},
		{`"meta":{"title":"The mill","date":"2025-12-02"},"title":"Mill"`, `title=Mill|published=2025-12-02`},
		{`"metadata":{"title":"The mill","source":"Courier"}`, `title=The mill|publisher=Courier`},
		{`"title":"a","title":"b"`, `title=b|! "title" stands twice: the last is taken`},
		{`"title":"a","Title":"b"`, `title=a`},
		{`"status":"draft"`, `refused: is a draft`},
		{`"draft":true`, `refused: is a draft`},
		{`"title":"a\tb\ud800\q"`, "title=a b\uFFFDq"},
		{"\"title\":\"a\tb\",", `title=a b`},
	} {
		t.Run(c.in, func(t *testing.T) {
			t.Parallel()
			line := "{" + strings.TrimSuffix(c.in, ",") + `,"text":"The mill burnt."` + strings.Repeat(",", strings.Count(c.in, "\t")) + "}"
			docs, notes, err := ReadLines(limit.New(t.Context(), limit.Limits{}), line)
			if err != nil || len(docs) != 1 || len(notes) > 0 {
				t.Fatalf("%d articles, notes %v, error %v", len(docs), notes, err)
			}
			d := docs[0]
			var got []string
			if d.Refused != "" {
				got = append(got, "refused: "+d.Refused)
			}
			for _, s := range d.Statements {
				got = append(got, fmt.Sprintf("%s=%s", s.Field, document.OneLine(s.Value)))
			}
			for _, w := range d.Warnings {
				got = append(got, "! "+w.Reason)
			}
			if got := strings.Join(got, "|"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if len(d.Blocks) != 1 || d.Blocks[0].Text != "The mill burnt." {
				t.Errorf("blocks %v", d.Blocks)
			}
		})
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{`"text":"<p>The mill</p><p>burnt &amp; fell.</p>"`, `| The mill/| burnt & fell.`},
		{`"text":"The mill burnt.<p>It was old.</p>"`, `| The mill burnt./| It was old.`},
		{`"text":"The mill <b>burnt</b>.\nIt was H<sub>2</sub>O."`, `| The mill burnt./| It was H₂O.`},
		{`"text":"One.\nTwo.\nThree.\nThe tag is </p> and no other."`, `| One./| Two./| Three./| The tag is </p> and no other.`},
		{`"text":"a < b </i> c"`, `| a < b </i> c`},
		{`"text":["The mill burnt.","It was old."]`, `| The mill burnt./| It was old.`},
		{`"paragraphs":["The mill burnt. In the night the roof fell in and nothing of the old","wheel was left."]`, `| The mill burnt. In the night the roof fell in and nothing of the old/| wheel was left.`},
		{`"text":[{"type":"heading","text":"The night"},{"type":"paragraph","text":"The mill burnt."}]`, `# The night/| The mill burnt.`},
		{`"body":{"blocks":[{"type":"header-two","data":{"text":"The night"}},{"type":"paragraph","data":{"text":"The <b>mill</b> burnt."}}]}`, `# The night/| The mill burnt.`},
		{`"sections":[{"title":"The night","paragraphs":["The mill burnt.","It fell."]}]`, `# The night/| The mill burnt./| It fell.`},
		{`"content":{"rendered":"<p>The mill burnt.</p>","protected":false}`, `| The mill burnt.`},
		{`"content_html":"The mill &amp; the quay."`, `| The mill & the quay.`},
		{`"content_text":"The <b>mill</b> burnt.","content_html":"<p>x</p>"`, `| The <b>mill</b> burnt.`},
		{`"plainText":"The <b>mill</b> burnt."`, `| The <b>mill</b> burnt.`},
		{`"text":"<p> </p>","body":"The mill burnt."`, `| The mill burnt.`},
		{`"html":"One.\n\nTwo <em>and</em> so on."`, `| One./| Two and so on.`},
		{`"text":"","body":"The mill burnt."`, `| The mill burnt.`},
		{`"text":null,"fullText":"The mill burnt."`, `| The mill burnt.`},
		{`"text":"The mill burnt.","content":"x"`, `| The mill burnt.`},
		{`"maintext":"The mill burnt."`, `| The mill burnt.`},
		{`"articleBody":"The mill burnt.","description":"x"`, `| The mill burnt.`},
		{`"page_content":"The mill burnt."`, `| The mill burnt.`},
		{`"content":"The mill burnt in the n… [+1234 chars]","title":"x"`, `| The mill burnt in the n…/- mark of a cut text: [+1234 chars]/? only the start of its text is there: "content" ends in "[+1234 chars]"`},
		{`"title":"A","url":"u","description":"The mill burnt."`, `| The mill burnt./? its text is not there, only its "description"`},
		{`"body_markdown":"# The night\n\nThe **mill** [burnt](x)."`, `# The night/| The mill burnt.`},
		{`"html":"<!DOCTYPE html><html><head><title>T</title></head><body><nav><a href='x'>Home</a></nav><article><p>The mill of Ostmar burnt in the night, and nothing of the old wheel was left by the time that help came.</p><p>It had stood there, by the bridge, for two hundred years, the mayor said on Tuesday, and would be built again.</p></article></body></html>","url":"u"`, `| The mill of Ostmar burnt in the night, and nothing of the old wheel was left by the time that help came./| It had stood there, by the bridge, for two hundred years, the mayor said on Tuesday, and would be built again.`},
		{`"_source":{"text":"The mill burnt."},"_id":"x"`, `| The mill burnt.`},
		{`"row_idx":0,"row":{"text":"The mill burnt."}`, `| The mill burnt.`},
		{`"paragraphs":[{"context":"The mill burnt.","qas":[]},{"context":"It fell.","qas":[]}]`, `| The mill burnt./| It fell.`},
		{`"titel":"A","inhalt":"Die Mühle brannte.","text":""`, `| Die Mühle brannte.`},
		{`"title":"A","url":"u","abstract":"x","lead_paragraph":"The mill burnt."`, `| The mill burnt./? its text is not there, only its "lead_paragraph"`},
	} {
		t.Run(c.in, func(t *testing.T) {
			t.Parallel()
			docs, notes, err := ReadLines(limit.New(t.Context(), limit.Limits{}), "{"+c.in+"}")
			if err != nil || len(docs) != 1 || len(notes) > 0 {
				t.Fatalf("%d articles, notes %v, error %v", len(docs), notes, err)
			}
			var got []string
			for line := range strings.SplitSeq(show(docs, nil, nil), "\n") {
				switch line = strings.TrimPrefix(line, "1"); {
				case strings.HasPrefix(line, "| "), strings.HasPrefix(line, "# "), strings.HasPrefix(line, "- "), strings.HasPrefix(line, "? "):
					got = append(got, line)
				}
			}
			if got := strings.Join(got, "/"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	good := `{"text":"The mill burnt."}`
	check(t, ReadLines, []example{
		{"broken ones between", good + "\nnot json\n{\"text\":5}\n{\"title\":\"x\",\"tags\":[]}\n[]\n{\"text\":\"  \"}\n\"x\"\n{'text':'x'}\n{\"text\":\"x\"\n{\"text\" \"x\"}\n{\"text\":\"x\" \"y\":1}\n" + good, `1 #1
1| The mill burnt.
12 #12
12| The mill burnt.
note 2: is not JSON: "not json" is no value
note 3: has no text: "text" is a number, 5
note 4: has no "text", "content" or "body", only "title", "tags"
note 5: is a list, not an article
note 6: has no text: "text" is empty
note 7: is a text, "x", not an article
note 8: is not JSON: "'text':'x'}" stands where a key in double quotation marks is due
note 9: is cut off
note 10: is not JSON: a colon is missing after the key "text"
note 11: is not JSON: a comma or '}' is missing before "\"y\":1}"
`},
		{"last line cut off", good + "\n{\"text\":\"The quay sa", "1 #1\n1| The mill burnt.\nnote 2: is cut off\n"},
		{"only lines that are none", "a\nb\n", "error 1: none of its 2 lines is an article: the first is not JSON: \"a\" is no value\n"},
		{"one line that is none", "{\"a\":1}\n", "error 1: has no \"text\", \"content\" or \"body\", only \"a\"\n"},
		{"set in several lines", "{\n  \"text\":\n  \"The mill burnt.\"\n}\n" + good + "\n", "1 #1\n3| The mill burnt.\n5 #5\n5| The mill burnt.\n"},
		{"two in a line, commas behind", good + good + ",\n" + good + ",\n", "1 #1\n1| The mill burnt.\n1 #1.2\n1| The mill burnt.\n2 #2\n2| The mill burnt.\n"},
		{"a list", "[" + good + "]", "1 #1\n1| The mill burnt.\n"},
		{"mark at the beginning", "\uFEFF" + good, "1 #1\n1| The mill burnt.\n"},
		{"empty", "\n \n", "error 0: is empty\n"},
		{"lists of a line", `{"articles":[` + good + "," + good + "]}\n" + good, "1 #1\n1| The mill burnt.\n1 #1.2\n1| The mill burnt.\n2 #2\n2| The mill burnt.\n"},
		{"nan and a comma too many", `{"text":"The mill burnt.","a":NaN,"b":[-Infinity,1e5,],}`, "1 #1\n1| The mill burnt.\n"},
	})
}

func TestJSON(t *testing.T) {
	t.Parallel()
	good := `{"text":"The mill burnt."}`
	check(t, ReadJSON, []example{
		{"one", "{\n \"title\": \"The mill\",\n \"text\": [\n  \"The mill burnt.\",\n  \"It fell.\"]\n}", "1 #\ntitle=The mill (field \"title\")\n4| The mill burnt.\n5| It fell.\n"},
		{"list", "[\n" + good + ",\n" + good + "\n]", "2 #1\n2| The mill burnt.\n3 #2\n3| The mill burnt.\n"},
		{"lines", good + "\n" + good, "1 #1\n1| The mill burnt.\n2 #2\n2| The mill burnt.\n"},
		{"news search", `{"status":"ok","totalResults":1,"articles":[{"source":{"id":null,"name":"Courier"},"author":"Ada Holm","title":"The mill","description":"d","url":"https://x.example/1","publishedAt":"2025-12-02T10:00:00Z","content":"The mill burnt."}]}`, `1 #1
title=The mill (field "title")
publisher=Courier (field "source")
author=Ada Holm (field "author")
url=https://x.example/1 (field "url")
published=2025-12-02T10:00:00Z (field "publishedAt")
1| The mill burnt.
`},
		{"results with fields", `{"response":{"status":"ok","results":[{"id":"a/1","webTitle":"The mill","webUrl":"https://x.example/1","webPublicationDate":"2025-12-02T10:00:00Z","fields":{"byline":"Ada Holm","bodyText":"The mill burnt.","body":"<p>x</p>"}}]}}`, `1 #1
id=a/1 (field "id")
title=The mill (field "webTitle")
author=Ada Holm (field "byline")
url=https://x.example/1 (field "webUrl")
published=2025-12-02T10:00:00Z (field "webPublicationDate")
1| The mill burnt.
`},
		{"hits", `{"took":1,"hits":{"total":1,"hits":[{"_id":"7","_source":{"title":"The mill","content":"The mill burnt."}}]}}`, "1 #1\nid=7 (field \"_id\")\ntitle=The mill (field \"title\")\n1| The mill burnt.\n"},
		{"edges", `{"data":{"posts":{"edges":[{"node":{"title":"The mill","body":"The mill burnt."}},{"node":{"title":"B","body":"It fell."}}]}}}`, "1 #1\ntitle=The mill (field \"title\")\n1| The mill burnt.\n1 #2\ntitle=B (field \"title\")\n1| It fell.\n"},
		{"blog export", `{"db":[{"meta":{"version":"5"},"data":{"posts":[{"title":"The mill","html":"<p>The mill burnt.</p>","status":"draft"}],"tags":[{"name":"x","description":"y"}]}}]}`, "1 #1 refused: is a draft\ntitle=The mill (field \"title\")\n1| The mill burnt.\n"},
		{"json-ld", `{"@context":"https://schema.org","@type":"NewsArticle","@id":"x","headline":"The mill","articleBody":"The mill burnt.","datePublished":"2025-12-02","author":{"@type":"Person","name":"Ada Holm"},"publisher":{"@type":"Organization","name":"Courier"},"inLanguage":"en"}`, `1 #
id=x (field "@id")
title=The mill (field "headline")
publisher=Courier (field "publisher")
author=Ada Holm (field "author")
published=2025-12-02 (field "datePublished")
language=en (field "inLanguage")
1| The mill burnt.
`},
		{"json feed", `{"version":"https://jsonfeed.org/version/1.1","title":"Ostmar Courier","description":"d","language":"en","items":[{"id":"1","url":"https://x.example/1","title":"The mill","content_html":"<p>The mill burnt.</p>","date_published":"2025-12-02T10:00:00Z","authors":[{"name":"Ada Holm"}]}]}`, `1 #1
id=1 (field "id")
title=The mill (field "title")
author=Ada Holm (field "authors")
url=https://x.example/1 (field "url")
published=2025-12-02T10:00:00Z (field "date_published")
publisher=Ostmar Courier (feed "title")
language=en (feed "language")
1| The mill burnt.
`},
		{"by ID", `{"a1":{"title":"The mill","text":"The mill burnt."},"a2":{"text":"It fell."},"n":3}`, "1 #1\ntitle=The mill (field \"title\")\nid=a1 (key)\n1| The mill burnt.\n1 #2\nid=a2 (key)\n1| It fell.\nnote 1: is a number, 3, not an article\n"},
		{"article and comments", `{"post":{"title":"The mill","content":"The mill burnt."},"comments":[{"text":"No."}]}`, "1 #\ntitle=The mill (field \"title\")\n1| The mill burnt.\n"},
		{"articles and comments", `{"posts":[{"text":"The mill burnt."}],"comments":[{"text":"No."}]}`, "1 #1\n1| The mill burnt.\n"},
		{"far inside", `{"a":{"b":{"c":{"d":[{"text":"The mill burnt."}]}}}}`, "1 #1\n1| The mill burnt.\n"},
		{"broken one in a list", "[\n  " + good + ",\n  {\"text\": The quay},\n  {\"text\":\"It fell.\"},\n  7\n]", "2 #1\n2| The mill burnt.\n4 #3\n4| It fell.\nnote 3: is not JSON: \"The quay},\" is no value\nnote 5: is a number, 7, not an article\n"},
		{"broken one in an object's list", "{\"articles\": [\n  " + good + ",\n  {\"text\": \"The\n quay\"},\n  {\"text\":\"It fell.\"}\n]}", "2 #1\n2| The mill burnt.\n5 #3\n5| It fell.\nnote 3: is not JSON: the text beginning \"\\\"The\" has no closing quotation mark in its line\n"},
		{"cut off", "[" + good + ",\n{\"text\":\"It fe", "1 #1\n1| The mill burnt.\nnote 2: is cut off\n"},
		{"cut off between", "[" + good + ",\n", "1 #1\n1| The mill burnt.\nnote 2: is cut off: the list of articles has no end\n"},
		{"cut off in an object", "{\"articles\":[" + good + ",\n{\"text\":\"It fe", "1 #1\n1| The mill burnt.\nnote 2: is cut off\n"},
		{"settings", `{"name":"x","version":"1.0.0","description":"Tools for the mill","author":"Ada"}`, "error 1: is JSON without articles: no \"text\", \"content\" or \"body\", only \"name\", \"version\", \"description\", \"author\"\n"},
		{"schema", `{"$schema":"s","title":"Mill","description":"A mill.","type":"object","properties":{"a":{"title":"A","description":"x"}}}`, "error 1: is JSON without articles: no \"text\", \"content\" or \"body\", only \"$schema\", \"title\", \"description\", \"type\", \"properties\"\n"},
		{"map", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Ostmar"},"geometry":{"type":"Point","coordinates":[1,2]}}]}`, "error 1: is a map (GeoJSON), not articles\n"},
		{"columns", `{"title":{"0":"a"},"text":{"0":"b"}}`, "error 1: is JSON without articles: \"text\" is an object without a text that is known for it\n"},
		{"list of others", `[{"name":"a"},{"name":"b"}]`, "error 1: none of its 2 records is an article: the first has no \"text\", \"content\" or \"body\", only \"name\"\n"},
		{"numbers", "[1,2]", "error 1: none of its 2 records is an article: the first is a number, 1, not an article\n"},
		{"empty list", "[]", "error 0: is JSON without articles: an empty list\n"},
		{"a text", `"x"`, "error 1: is no article, nor a list of articles\n"},
		{"no JSON", "\n<html>", "error 2: is not JSON: \"<html>\" is no value\n"},
		{"empty", " ", "error 0: is empty\n"},
		{"many keys", `{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}`, "error 1: is JSON without articles: no \"text\", \"content\" or \"body\", only \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\" and 2 more\n"},
	})
}

// A key stands for one thing.
func TestNames(t *testing.T) {
	t.Parallel()
	of := make(map[string]document.Field)
	for _, all := range []map[document.Field]names{fieldNames(), foreignNames(), {textField: textNames(), summaryField: summaryNames()}} {
		for field, keys := range all {
			for _, key := range keys {
				if first, stands := of[key]; stands {
					t.Errorf("%q stands for %s and %s", key, first, field)
				}
				if key != fold(key) {
					t.Errorf("%q is compared as %q", key, fold(key))
				}
				of[key] = field
			}
		}
	}
}

func TestForeignTable(t *testing.T) {
	t.Parallel()
	docs, notes, err := ReadCSV(limit.New(t.Context(), limit.Limits{}), "titolo;data;autore;testo\nBrucia il mulino;2031-05-02;Ada Holm;Il mulino di Ostmar.\n")
	if got, want := show(docs, notes, err), `title=Brucia il mulino (column "titolo")`; !strings.Contains(got, want) || !strings.Contains(got, `author=Ada Holm`) || !strings.Contains(got, `published=2031-05-02`) || !strings.Contains(got, "| Il mulino di Ostmar.") {
		t.Errorf("got:\n%s", got)
	}
	docs, notes, err = ReadCSV(limit.New(t.Context(), limit.Limits{}), "Class,Title,Description\n3,The mill,It burnt.\n")
	if got := show(docs, notes, err); !strings.Contains(got, "| It burnt.") {
		t.Errorf("got:\n%s", got)
	}
}

func TestFeedStatements(t *testing.T) {
	t.Parallel()
	const feed = `{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://c.example/x/","authors":[{"name":"Ada Holm"}],"items":[{"id":"1","url":"mill","content_text":"It burnt."},{"id":"2","url":"https://d.example/","content_text":"It fell.","authors":[{"name":"Jon Reed"}]}]}`
	docs, notes, err := ReadJSON(limit.New(t.Context(), limit.Limits{}), feed)
	got := show(docs, notes, err)
	for _, want := range []string{"url=https://c.example/x/mill (", "url=https://d.example/ (", `author=Ada Holm (feed "authors")`, `author=Jon Reed (field "authors")`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}
