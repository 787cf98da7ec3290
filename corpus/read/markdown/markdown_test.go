package markdown

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// now is the time that the tests read at.
func now() time.Time { return time.Date(2031, 5, 20, 12, 0, 0, 0, time.UTC) }

func readText(t *testing.T, s string) *document.Document {
	t.Helper()
	d, err := read(limit.New(context.Background(), limit.Limits{}), s, now())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// show writes blocks as lines: their number, "# " before a heading, "- " an item,
// "= " a row, "` " code, "+ " what no blank line stands before; and "~ REASON: TEXT" for
// drops, "! NOTE" for warnings.
func show(d *document.Document) string {
	var b strings.Builder
	for _, bl := range d.Blocks {
		fmt.Fprintf(&b, "%d ", bl.Line)
		if !bl.Gap {
			b.WriteString("+ ")
		}
		b.WriteString([]string{"", "# ", "- ", "= ", "` "}[bl.Kind] + bl.Text + "\n")
	}
	for _, d := range d.Dropped {
		fmt.Fprintf(&b, "~ %d %s: %s\n", d.Line, d.Reason, d.Text)
	}
	for _, n := range d.Warnings {
		fmt.Fprintf(&b, "! %d %s\n", n.Line, n.Reason)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, e := range []struct{ name, in, want string }{
		{"paragraphs", "# Fire\n\nThe *old* **barn** of\n[Wend](https://example.org) burnt.\n\nNobody was hurt.", "1 # Fire\n3 The old barn of Wend burnt.\n6 Nobody was hurt."},
		{"underlined headings", "Fire\n====\nIt burnt.\n\nNext\n---\nThe end.", "1 # Fire\n3 It burnt.\n5 # Next\n7 The end."},
		{"line ends", "\uFEFF# Fire\r\n\r\nIt burnt\rall night.", "1 # Fire\n3 It burnt all night."},
		{"lists", "1. One\n2. Two\n   - Part\n\n   More of two\n\n- [x] Done\n- [ ] Open", "1 - One\n2 - Two\n3 - Part\n5 - More of two\n7 - Done\n8 - Open"},
		{"put together", "\uFEFF# Fire\n\nIt burnt.\n\n\uFEFF# Flood\n\nIt rained.", "1 # Fire\n3 It burnt.\n5 # Flood\n7 It rained."},
		{"raw blocks", "Text.\n```{=html}\n<div>It <b>burnt</b>.\n\nAll of it.</div>\n<script>\n\nload()</script>\n```\n```{=latex}\n\\newpage\n```\nEnd.", "1 Text.\n3 It burnt. All of it.\n13 End.\n~ 10 text for another format: \\newpage"},
		{"code that is run", "Text.\n\n```{r setup, include = FALSE}\nload(x)\n```\n\n```{python}\n#| label: a\n#| echo: false\nplot(x)\n```\n\n```{r, warning=FALSE}\nfire()\n```", "1 Text.\n14 ` fire()\n~ 3 code that is not shown: load(x)\n~ 7 code that is not shown: #| label: a #| echo: false plot(x)"},
		{"verse", "The gulls of Wend  \nThey fly\\\nAway", "1 The gulls of Wend\n2 + They fly\n3 + Away"},
		{"line block", "| The gulls of Wend\n| They fly away", "1 The gulls of Wend\n2 + They fly away"},
		{"table", "| Line | Guests |\n|---|--:|\n| **North** | 51 |\n| South |\n\nText.", "1 = Line | Guests\n3 = North | 51\n4 = South\n6 Text."},
		{"table without its line", "Text.\n\n| North | 51 |\n| South | 7 |", "1 Text.\n3 = North | 51\n4 = South | 7"},
		{"grid", "+-------+----+\n| Line  | No |\n+=======+====+\n| North | 51 |\n| coast |    |\n+-------+----+\n\nText.", "2 = Line | No\n4 = North coast | 51\n8 Text."},
		{"definitions", "Fare\n: 4 crowns\n\nSeats\n: Two", "2 - Fare: 4 crowns\n5 - Seats: Two"},
		{"raw HTML", "Text.\n\n<p>It carried <b>51</b> guests.</p>\n\n<div class=\"n\">\nFuel is dear, she said.\n</div>\n\n<h2>Next</h2>\n<p hidden>Secret.</p>", "1 Text.\n3 It carried 51 guests.\n6 Fuel is dear, she said.\n9 # Next\n~ 10 hidden text: Secret."},
		{"HTML in a line", "It carried 51<sup>1</sup> guests, and <b>eleven</b> people<br>will go. <!-- no -->R&amp;D &lt; 3. <del>Not</del> Now.", "1 It carried 51 guests, and eleven people will go. R&D < 3. Now.\n~ 1 footnote mark: 1\n~ 1 struck text: Not"},
		{"HTML table", "<table><tr><th>Line<th>No</tr>\n<tr><td>North<td>51</table>", "1 = Line | No\n2 = North | 51"},
		{"an element that is not closed", "A <title> of a book.\n\nMore <textarea> text.\n\n<!-- open\n\nThe end.", "1 A <title> of a book.\n3 More <textarea> text.\n5 open\n7 The end."},
		{"struck", "It carried ~~12~~ 45 guests and {--7--}{++8++} goats, {~~red~>blue~~} ones{>>sure?<<}.", "1 It carried 45 guests and 8 goats, blue ones.\n~ 1 struck text: 7\n~ 1 struck text: red\n~ 1 comment: sure?\n~ 1 struck text: 12"},
		{"raised and lowered", "CO~2~ on 30 m^2^, ~~not~~ H~2~O. The 1^st^.", "1 CO₂ on 30 m², H₂O. The 1st.\n~ 1 struck text: not"},
		{"footnotes", "It carried 27 guests[^1] a day.[^n] Ten people[^3]will go.^[So they say.] So[^x].\n\n[^1]: Of the port\noffice.\n[^n]: In May.\n\n    More of it.\n\nThe end.", "1 It carried 27 guests a day. Ten people will go. So.\n9 The end."},
		{"links in the page", "It sank.[[1]](#fn1) See [the end](#end).", "1 It sank. See the end.\n~ 1 footnote mark: [1]"},
		{"citations", "It sank [@finch2031, p. 4]. [@ann](https://example.org) said so.", "1 It sank. @ann said so.\n~ 1 citation: @finch2031, p. 4"},
		{"shortcodes", "{{< figure src=\"a.png\" >}}\n\nThe {% raw %}barn{% endraw %} {{ site.x }}burnt.\n\n{{% notice tip %}}\nStay.\n{{% /notice %}}\n\n{{< video\n  id=\"x\" >}}\n\n{% comment %}\nno\n{% endcomment %}\nEnd. `{{ code }}`", "6 Stay.\n15 End. {{ code }}"},
		{"kramdown", "* TOC\n{:toc}\n\n# Fire {#fire .big}\n\nIt *burnt*{: .red} all.\n{: .lead}\n\n[small]{.smallcaps} ![](a.png){width=50%}words\n\n*[UB]: Union of Bakers", "4 # Fire\n6 It burnt all.\n9 small words\n~ 11 abbreviation: *[UB]: Union of Bakers"},
		{"notebook", "![[photo.png]]\nAnn of [[Wend|the town]] saw [[Orrin#Mill]] and ==all==. %%no%% ^a1b2c3\n\n> [!note]- Fire in Wend\n> It burnt.\n\n%%\nhidden\n%%\n\n```dataview\nLIST\n```\nEnd.", "2 Ann of the town saw Orrin and all.\n4 Fire in Wend\n5 It burnt.\n14 End."},
		{"directives", ":::note\nStay.\n:::\n\n::: {.box}\nGo.\n:::\n\n!!! tip \"A tip\"\n    Run.\n\n    And walk.\n\nEnd.", "2 Stay.\n6 Go.\n9 A tip\n10 Run.\n12 And walk.\n14 End."},
		{"components", "import Box from '../box'\nexport const a = {\n  b: 1\n}\n\n# Fire\n\n<Box kind={{a: 1}} title=\"x\">\n\nIt burnt.\n\n</Box>\n\nAll <Ref id={3}/>night{/* no */}.", "6 # Fire\n10 It burnt.\n14 All night."},
		{"broken words", "The swim-\nming pool of a well-\nknown town.", "1 The swimming pool of a well-known town."},
		{"code", "```go\nx := 1\n\ny := 2\n```\n\n    The indented text of a long letter to the people of\n    the town of Wend.", "2 ` x := 1\n4 ` y := 2\n7 The indented text of a long letter to the people of the town of Wend."},
		{"products", "It is 2*3*4 or **12** by 2*x*, `2*3`.", "1 It is 2*3*4 or 12 by 2x, 2*3."},
		{"Chinese", "# 火\n\n火灾发生在\n星期二。\nAnn 来了。", "1 # 火\n3 火灾发生在星期二。 Ann 来了。"},
		{"words that look like code", "import duties rose. The price is {about} 3 < 4, a_b_c and 5 * 3 * 2. Is a == b?", "1 import duties rose. The price is {about} 3 < 4, a_b_c and 5 * 3 * 2. Is a == b?"},
	} {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			got := show(readText(t, e.in))
			if !strings.Contains(e.want, "~") {
				got, _, _ = strings.Cut(got, "\n~")
			}
			if got != e.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, e.want)
			}
		})
	}
}

func TestFootnotesAreListed(t *testing.T) {
	t.Parallel()
	got := show(readText(t, "It sank.[^1]\n\n[^1]: Of the port\noffice.\n\n{{< video >}}\n"))
	want := "1 It sank.\n~ 1 footnote mark: 1\n~ 3 footnote: Of the port office.\n~ 6 shortcode: video"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// laughs are n keys each of which repeats the one before it nine times.
func laughs(n int) string {
	s := "a0: &a0 [lol, lol]\n"
	for i := 1; i < n; i++ {
		s += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	return s
}

func TestFrontMatter(t *testing.T) {
	t.Parallel()
	const text = "\n\nIt burnt."
	for _, e := range []struct{ name, in, want string }{
		{"YAML", "---\ntitle: \"Fire: a barn\"\nauthor: Ann Finch\ndate: 2031-05-02\nid: 7\nplace: Wend\nlang: en\npublisher: Gazette\nevent_date: 2031-05-01\nlast_modified: 2031-05-03\ntags: [a, b]\n---" + text, `id "7" from id, title "Fire: a barn" from title, publisher "Gazette" from publisher, author "Ann Finch" from author, place "Wend" from place, published "2031-05-02" from date, updated "2031-05-03" from last_modified, event "2031-05-01" from event_date, language "en" from lang`},
		{"authors", "---\nauthors:\n  - Ann Finch <ann@example.org>\n  - name: Bo Reed\n    email: bo@example.org\n  - {given: Cy, family: Dale}\n  - \"[[Di Lake]]\"\n---" + text, `author "Ann Finch" from authors, author "Bo Reed" from authors, author "Cy Dale" from authors, author "Di Lake" from authors`},
		{"author with keys", "---\nauthor:\n  name: Ann Finch\n  email: a@example.org\n---" + text, `author "Ann Finch" from author`},
		{"address alone", "---\nauthor: a@example.org\n---" + text, "\n! 2 front matter has no name under \"author\": write it as a text"},
		{"clipper", "---\ntitle: Fire\nsource: \"https://example.org/fire\"\nauthor:\n  - \"[[Ann Finch]]\"\npublished: 2031-05-02\ncreated: 2031-05-09\n---" + text, `title "Fire" from title, author "Ann Finch" from author, url "https://example.org/fire" from source, published "2031-05-02" from published, published "2031-05-09" from created`},
		{"TOML", "+++\ntitle = \"Fire\"\ndate = 2031-05-02T10:00:00Z\n[params]\nauthor = \"Ann Finch\"\n+++" + text, `title "Fire" from title, author "Ann Finch" from params.author, published "2031-05-02T10:00:00Z" from date`},
		{"JSON", "{\n  \"title\": \"Fire\",\n  \"date\": \"2031-05-02\"\n}" + text, `title "Fire" from title, published "2031-05-02" from date`},
		{"JSON between fences", ";;;\n{\"title\": \"Fire\"}\n;;;" + text, `title "Fire" from title`},
		{"Pandoc", "% Fire in\n  Wend\n% Ann Finch; Bo Reed\n% May 2, 2031\n" + text, `title "Fire in Wend" from title, author "Ann Finch" from author, author "Bo Reed" from author, published "May 2, 2031" from date`},
		{"MultiMarkdown", "Title: Fire\nAuthor: Ann Finch\nDate: 2031-05-02" + text, `title "Fire" from Title, author "Ann Finch" from Author, published "2031-05-02" from Date`},
		{"paths and yes", "---\ntitle: 1984\npublished: true\nurl: /fire/\npermalink: https://example.org/f\n---" + text, `title "1984" from title, url "https://example.org/f" from permalink`},
		{"list for a text", "---\ntitle: Fire\npublisher: [Gazette]\n---" + text, `title "Fire" from title` + "\n! 3 front matter has a list under \"publisher\" where one text belongs: it was left out"},
		{"broken", "---\ntitle: Fire: in Wend\ndate: 2031-05-02\ntags: [a\n---" + text, `title "Fire: in Wend" from title, published "2031-05-02" from date` + "\n! "},
		{"not closed", "---\ntitle: Fire" + text, `title "Fire" from title` + "\n! 1 front matter is not closed: end it with a line \"---\""},
		{"not closed above a text", "---\ntitle: Fire\nIt burnt.", `title "Fire" from title` + "\n! 1 front matter is not closed: end it with a line \"---\""},
		{"not closed above a list", "---\ntitle: Fire\nauthor:\n- Ann Finch\n# a comment\nlang: en\nIt burnt.", `title "Fire" from title, author "Ann Finch" from author, language "en" from lang` + "\n! 1 front matter is not closed: end it with a line \"---\""},
		{"closed with more", "---\ntitle: Fire\n-----" + text, `title "Fire" from title`},
		{"below blank lines", "\n \n+++\ntitle = 'Fire'\nauthor = ['Ann Finch', 7\n+++" + text, `title "Fire" from title` + "\n! 5 front matter has a mistake here (array is incomplete): its lines were read one by one"},
		{"title in Markdown", "---\ntitle: \"The `fire` in *old* Wend, 3 * 4 * 5\"\n---" + text, `title "The fire in old Wend, 3 * 4 * 5" from title`},
		{"title of signs", "---\ntitle: \"* of the *week*\"\n---" + text, `title "* of the *week*" from title`},
		{"repeated", "---\nname: &n Ann Finch\nauthor: *n\n---" + text, `author "Ann Finch" from author`},
		{"several lines", "---\ntitle: >\n  Fire in\n  Wend\n---" + text, `title "Fire in Wend" from title`},
		{"quotation mark", "---\ntitle: \"Fire\nauthor: 'Ann Finch'\n---" + text, `title "Fire" from title, author "Ann Finch" from author` + "\n! "},
		{"quotation mark, not closed", "---\ntitle: 'Fire\nsummary: All of it burnt, the mayor said on Tuesday.\n" + text, `title "Fire" from title` + "\n! "},
		{"bracket", "---\ntitle: [Fire\nsummary: All of it burnt, the mayor said on Tuesday.\ntags:\n  - a\n\tb: c\n---" + text, "\n! "},
		{"long key", "+++\na" + strings.Repeat(".a", 50_000) + " = 1\n+++" + text, "\n! "},
		{"deep key", "+++\ntitle = 'Fire'\na" + strings.Repeat(".a", 5_000) + " = 1\n+++" + text, `title "Fire" from title` + "\n! "},
		{"many keys", "+++\ntitle = \"Fire\"\n" + strings.Repeat("a.b.c = \"It burnt.\"\n", 50_000) + "+++" + text, `title "Fire" from title` + "\n! 1 front matter has more than 1500 lines or 65536 bytes: only titles, dates and the like in lines of their own were read, as far as that"},
		{"what TOML has no name for", "+++\nIt is a fire, the mayor of the town said on Tuesday.\n+++" + text, "\n! "},
		{"repeated without end", "---\n" + laughs(12) + "author: *a11\ntitle: Fire\n---" + text, `title "Fire" from title` + "\n! 14 front matter has more than 1024 values under \"author\": it was left out"},
		{"unknown keys", "---\nlayout: post\n---" + text, ""},
		{"Windows", "---\r\ntitle: Fire\r\n---\r\n\r\nIt burnt.", `title "Fire" from title`},
	} {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			d := readText(t, e.in)
			var got []string
			for _, s := range d.Statements {
				got = append(got, fmt.Sprintf("%s %q from %s", s.Field, strings.TrimSpace(s.Value), strings.Trim(strings.TrimPrefix(s.From, "front matter "), `"`)))
			}
			all := strings.Join(got, ", ")
			for _, n := range d.Warnings {
				all += fmt.Sprintf("\n! %d %s", n.Line, n.Reason)
			}
			if all != e.want && (!strings.HasSuffix(e.want, "! ") || !strings.HasPrefix(all, e.want)) {
				t.Errorf("got:\n%s\nwant:\n%s", all, e.want)
			}
			if len(d.Blocks) != 1 || d.Blocks[0].Text != "It burnt." {
				t.Errorf("got text %v", d.Blocks)
			}
		})
	}
}

// Text between rules is no front matter, and the heading is the title.
func TestRules(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"---\n\nIt burnt: all of it, and no more than that.\n\n---\n\nThe end.":       "3 It burnt: all of it, and no more than that.\n7 The end.",
		"---\nIt burnt.\n---\nThe end.":                                               "2 # It burnt.\n4 The end.",
		"---\nAnn said: it burnt all night and nobody came to help.\n---\nEnd.":       "2 # Ann said: it burnt all night and nobody came to help.\n4 End.",
		"---\ntitle: Fire\n# It burnt\nAll of the old roof: gone.\n\n---\n\nThe end.": "3 # It burnt\n4 All of the old roof: gone.\n8 The end.",
		"---\ntitle: Fire\nAnn said of it: nothing is left.\n":                        "3 Ann said of it: nothing is left.",
		"{% x %}\nText.":                "2 Text.",
		"Note: this is a text.\n\nEnd.": "1 Note: this is a text.\n3 End.",
		"% of the people\ncame.":        "1 % of the people came.",
	} {
		d := readText(t, in)
		if got, _, _ := strings.Cut(show(d), "\n~"); strings.Split(got, "\n!")[0] != want {
			t.Errorf("%q\ngot:\n%s\nwant:\n%s", in, got, want)
		}
	}
	d := readText(t, "\n# Flood\n\nIt rained.")
	if len(d.Statements) != 1 || d.Statements[0].Value != "Flood" || d.Statements[0].Rank != document.Shown || d.Statements[0].Line != 2 {
		t.Errorf("got %+v", d.Statements)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for front, want := range map[string]string{
		"draft: true":                     `is a draft: its front matter says "draft: true"`,
		"draft: false":                    "",
		"published: false":                `is not published: its front matter says "published: false"`,
		"published: true":                 "",
		"status: draft":                   `is a draft: its front matter says "status: draft"`,
		"date: 2031-05-20":                "",
		"date: 2031-05-22":                "is not published yet: its front matter has the date 2031-05-22",
		"date: 2031-05-20T14:30:00+05:00": "",
		"date: 2031-05-20 14:30:00 +0200": "is not published yet: its front matter has the date 2031-05-20",
		"publishDate: 2999-01-01":         "is not published yet: its front matter has the date 2999-01-01",
		"event_date: 2999-01-01":          "",
		"date: 2999-13-77":                "",
		"params: {draft: true}":           `is a draft: its front matter says "params.draft: true"`,
	} {
		if got := readText(t, "---\ntitle: T\n"+front+"\n---\nText.").Refused; got != want {
			t.Errorf("%s: got %q, want %q", front, got, want)
		}
	}
}

// What costs a parser memory or time is bounded before it, and the text is read.
func TestBounds(t *testing.T) {
	t.Parallel()
	many := strings.Repeat
	// What is not read as it was meant; the rest costs little as it is.
	cut := map[string]bool{"aliases": true, "nested YAML": true, "nested TOML": true, "many keys": true, "wide table": true, "brackets": true, "emphasis": true, "lists": true, "quotations": true, "nested HTML": true, "shortcodes": true}
	for name, in := range map[string]string{
		"aliases":       "---\n" + laughs(9) + "title: *a8\n---\nText.",
		"nested YAML":   "---\na: " + many("[", 30000) + many("]", 30000) + "\n---\nText.",
		"nested TOML":   "+++\na = " + many("[", 30000) + many("]", 30000) + "\n+++\nText.",
		"many keys":     "---\n" + many("k: v\n", 200_000) + "---\nText.",
		"wide table":    many("|a", 4000) + "\n" + many("|-", 4000) + "\n" + many("|\n", 8000) + "\nText.",
		"brackets":      many("[a](", 60_000) + "\n\nText.",
		"emphasis":      many("*a_ ", 60_000) + "\n\nText.",
		"lists":         many("- ", 100_000) + "a\n\nText.",
		"quotations":    many("> ", 100_000) + "a\n\nText.",
		"blank lines":   many("- ", 20) + "a\n" + many("\n", 100_000) + "Text.",
		"nested HTML":   many("<div>", 3000) + "a\n\nText.",
		"struck":        many("~~a ", 3000) + many("a~~ ", 3000) + "\n\nText.",
		"comments":      many("<!-- a\n", 200_000) + "\nText.",
		"shortcodes":    many("{{< a\n", 200_000) + "\nText.",
		"borders":       many("+--+--+\n", 200_000) + "\nText.",
		"one long line": many("word ", 300_000) + "\n\nText.",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var d *document.Document
			var err error
			readtest.Within(t, 20*time.Second, name, func() { // slowly under the race detector
				d, err = read(limit.New(context.Background(), limit.Limits{Time: time.Minute}), in, now())
			})
			if err != nil {
				t.Fatal(err)
			}
			if told := len(d.Warnings) > 0; told != cut[name] {
				t.Errorf("got warnings %v", d.Warnings)
			}
			if n := len(d.Blocks); n == 0 || !strings.HasSuffix(d.Blocks[n-1].Text, "Text.") {
				t.Error("the text is lost")
			}
		})
	}
	for name, in := range map[string]string{"items": many("- a\n", 400_000), "signs": many(many("*a ", 80)+"\n\n", 20_000)} {
		if _, err := Read(limit.New(context.Background(), limit.Limits{}), in); !errors.Is(err, limit.ErrLimit) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(limit.New(ctx, limit.Limits{}), "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: a\nauthor: [b, {name: c}]\n---\n# d\n\ne[^1]\n\n[^1]: f", "+++\na = 1\n[params]\nauthor = \"b\"\n+++\nc", "{\"title\": \"a\"}\nb",
		"| a | b |\n|---|---|\n| c |", "a\n: b", "> [!note] a\n> b", "<div>\n\n*a*\n\n</div>", "{{< a >}} {% b %} [[c|d]] ==e== ~~f~~ g~2~",
		"```mermaid\na\n```", "+--+--+\n| a | b |\n+--+--+", "| a\n| b", "<Box a={1}>b</Box>", "%%\na\n%%", "!!! note \"a\"\n    b", "a-\nb `c` [@d]",
		"% a\n% b; c\n% d\n", "Title: a\nDate: b\n\nc", "---\na: &b [*b]\n---\nc", "\xff\x00\n\n    a\n",
		"A {{< b 1 >}} c. {{< d >}}e{{< /d >}} {{< f\n g >}}\nh", "{% if a %}\nb\n{% else %}\nc\n{% endif %}\nd {% if e %}f{% else %}g{% endif %}", "{% highlight go %}\na\n{% endhighlight %}", "A <B c={d}/> {e.f} `r g` <%= h %> <B>i</B>",
		"---\na: &a [b, c]\nd: &d [*a, *a]\ntitle: *d\n---\ne", "+++\na.b.c = \"d\n+++\ne", "# A {{< b >}}\n| c | {{< d >}} |\n|---|---|\n| e | f |",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var d *document.Document
		var err error
		readtest.Timed(t, s, func() { d, err = read(limit.New(context.Background(), limit.Limits{}), s, now()) })
		if err != nil {
			t.Skip()
		}
		for _, b := range d.Blocks {
			if b.Text == "" || b.Text != document.Squeeze(document.Normalise(b.Text)) || strings.ToValidUTF8(b.Text, "") != b.Text || strings.Contains(b.Text, "\n") || b.Line < 1 {
				t.Errorf("block %+v is not normalised", b)
			}
		}
	})
}
