package quote

import (
	"strings"
	"testing"
	"unicode/utf8"

	"parley/corpus"
)

func TestLocate(t *testing.T) {
	c := newCorpus(t,
		corpus.Article{ID: "a", Body: "“We will not – under any terms – yield,” said Quill. She left at 5 p.m. on Friday.\n\nThe port’s board met again. It didn't agree on pay, on shifts or on leave.\n\nNo deal. Agreed."},
		corpus.Article{ID: "b", Body: "The cranes stood still. The port’s board met again."},
	)
	tests := []struct {
		name, quote string
		article     int
		first, last string // how the sentences begin that hold it; empty for none
	}{
		{"as it stands", "She left at 5 p.m. on Friday.", 0, "She left", "She left"},
		{"other marks and dashes", `"We will not -- under any terms -- yield," said Quill`, 0, "“We will not", "“We will not"},
		{"no blanks around dashes", "We will not–under any terms–yield", 0, "“We will not", "“We will not"},
		{"other blanks", "She  left\nat 5 p.m.", 0, "She left", "She left"},
		{"other apostrophe", "It didn’t agree on pay", 0, "It didn't", "It didn't"},
		{"between marks of its own", "“The port's board met again”", 0, "The port’s board", "The port’s board"},
		{"a capital where the article has none", "On pay, on shifts or on leave", 0, "It didn't", "It didn't"},
		{"none where the article has one", "she left at 5 p.m.", 0, "She left", "She left"},
		{"two sentences", "She left at 5 p.m. on Friday. The port's board met again.", 0, "She left", "The port’s board"},
		{"with an ellipsis", "We will not … yield", 0, "“We will not", "“We will not"},
		{"with three dots", "We will not ... yield,” said Quill", 0, "“We will not", "“We will not"},
		{"an ellipsis over sentences", "She left at 5 p.m. […] board met again", 0, "She left", "The port’s board"},
		{"an ellipsis in round brackets", "She left at 5 p.m. (...) board met again", 0, "She left", "The port’s board"},
		{"an ellipsis at both ends", "… at 5 p.m. on Friday …", 0, "She left", "She left"},
		{"a short sentence, whole", "No deal.", 0, "No deal", "No deal"},
		{"a word, whole", "Agreed.", 0, "Agreed", "Agreed"},
		{"in the article of its passage", "The port's board met again.", 1, "The port’s board", "The port’s board"},
		{"three words", "cranes stood still", 1, "The cranes", "The cranes"},

		{"parts in another order", "board met again … She left at 5 p.m.", 0, "", ""},
		{"a part that is not there", "We will not … give in to you", 0, "", ""},
		{"another word", "She left at 6 p.m. on Friday.", 0, "", ""},
		{"cut off in front", "ranes stood still", 1, "", ""},
		{"cut off behind", "The cranes stood stil", 1, "", ""},
		{"a word alone", "the", 0, "", ""},
		{"two words of a sentence", "stood still", 1, "", ""},
		{"of another article", "The cranes stood still.", 0, "", ""},
		{"marks alone", "“…”", 0, "", ""},
		{"nothing", "", 0, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			passage, _ := c.ArticlePassages(tt.article)
			l, ok := Locate(c, tt.quote, passage)
			if ok != (tt.first != "") {
				t.Fatalf("got %+v, found: %v, want %v", l, ok, tt.first != "")
			}
			if !ok {
				return
			}
			first, last := c.SentenceText(l.First), c.SentenceText(l.Last)
			if l.Article != tt.article || c.Sentences[l.First].Article != tt.article || !strings.HasPrefix(first, tt.first) || !strings.HasPrefix(last, tt.last) {
				t.Errorf("got %q to %q of article %d, want %q to %q of %d", first, last, l.Article, tt.first, tt.last, tt.article)
			}
		})
	}
}

// filler is a paragraph that is longer than an ellipsis may stand for.
var filler = strings.Repeat("It rained on the harbor all that day and all that night. ", maxElision/50)

func TestLocatePlaces(t *testing.T) {
	const twice = "The ferry was late again."
	body := "Alba went first. " + twice + "\n\n" + filler + "\n\nBruno went next. " + twice + "\n\n" + filler + "\n\nCarla went last. The ferry was early, and so it sank."
	c := newCorpus(t, corpus.Article{ID: "a", Body: body})
	at := func(text string) int { // the passage that holds a text
		t.Helper()
		for i, p := range c.Passages {
			if strings.Contains(c.Text(0, p.Span), text) {
				return i
			}
		}
		t.Fatalf("no passage with %q", text)
		return -1
	}
	if at("Alba") == at("Bruno") || at("Bruno") == at("Carla") {
		t.Fatal("the article has too few passages for this test")
	}
	tests := []struct {
		name, quote, passage, before string // before opens the paragraph in which it is to be found
	}{
		{"in its passage, though before, too", twice, "Bruno", "Bruno"},
		{"in its passage, though behind, too", twice, "Alba", "Alba"},
		{"before its passage", "Alba went first", "Carla", "Alba"},
		{"behind its passage", "Carla went last", "Alba", "Carla"},
		{"parts too far apart", "Alba went first … Bruno went next", "Alba", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, ok := Locate(c, tt.quote, at(tt.passage))
			if !ok || tt.before == "" {
				if ok != (tt.before != "") {
					t.Errorf("got %+v, found: %v", l, ok)
				}
				return
			}
			paragraph := c.Sentences[l.First].Paragraph
			first := l.First
			for first > 0 && c.Sentences[first-1].Paragraph == paragraph {
				first--
			}
			if got := c.SentenceText(first); !strings.HasPrefix(got, tt.before) {
				t.Errorf("got the paragraph of %q, want that of %s", got, tt.before)
			}
		})
	}
}

// TestLocateNoHeading guards that a heading is never quoted.
func TestLocateNoHeading(t *testing.T) {
	c := newCorpus(t, corpus.Article{ID: "a", Body: "The cranes stand still\n\nNobody works there now.", Headings: []corpus.Span{{Start: 0, End: 22}}})
	if l, ok := Locate(c, "The cranes stand still", 0); ok {
		t.Errorf("got %+v, want nothing", l)
	}
	if l, ok := Locate(c, "The cranes stand still. Nobody works", 0); ok {
		t.Errorf("a heading and a sentence: got %+v, want nothing", l)
	}
	if l, ok := Locate(c, "The cranes stand still Nobody works there", 0); !ok || l.First != 1 || l.Last != 1 {
		t.Errorf("a heading and a sentence as they stand: got %+v, %v, want the sentence", l, ok)
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"As it is.", "As it is."},
		{"“a” „b‟ «c» \"d\" 5″", `"a" "b" "c" "d" 5"`},
		{"‘a’ ‚b‛ 'c' dʼe `f` 5′", "'a' 'b' 'c' d'e 'f' 5'"},
		{"a – b—c -- d ‐ e‑f‒g―h−i", "a-b-c-d-e-f-g-h-i"},
		{"  a\u00a0\t\n b ", "a b "},
		{"x… y", "x... y"},
		{"a\u200bb\u00adc\ufeff", "abc"},
		{"größer 漢字", "größer 漢字"},
	} {
		got, at := Fold(tt.text)
		if got != tt.want {
			t.Errorf("Fold(%q): got %q, want %q", tt.text, got, tt.want)
		}
		if len(at) != len(got)+1 || at[len(got)] != len(tt.text) {
			t.Errorf("Fold(%q): got %d places for %d bytes, want one each and one for the end", tt.text, len(at), len(got))
		}
	}
	const text = "“a” – b…"
	got, at := Fold(text)
	for i, want := range []string{"“", "a", "”", "–", "b", "…", "…", "…"} {
		if !strings.HasPrefix(text[at[i]:], want) {
			t.Errorf("byte %d of %q comes from %q, want %q", i, got, text[at[i]:], want)
		}
	}
}

func TestTrim(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{" as it is ", "as it is"},
		{"“As it is.”", "As it is"},
		{"'as it is',", "as it is"},
		{"… as it is …", "as it is"},
		{"“‘as it is’”;", "as it is"},
		{"“as” it “is”", `"as" it "is"`},
		{`"as it is`, `"as it is`},
		{`"as it is'`, `"as it is'`},
		{`"`, `"`},
		{`""`, ""},
		{"“Is it?”", "Is it?"},
	} {
		if got := Trim(tt.text); got != tt.want {
			t.Errorf("Trim(%q): got %q, want %q", tt.text, got, tt.want)
		}
	}
}

// FuzzFold guards that every byte of a folded text comes from a place of the
// text, in order, and that a folded text stays as it is.
func FuzzFold(f *testing.F) {
	seeds := []string{"", "“a” – b", "a--b", "x…y", "\u200b a\u00a0b ", "„ä“ ‑ ‚ß‘", "- ", " - ", "\xff\xfe"}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded, at := Fold(s)
		if len(at) != len(folded)+1 || at[len(folded)] != len(s) {
			t.Fatalf("%q: %d bytes, %d places", s, len(folded), len(at))
		}
		for i, from := range at[:len(folded)] {
			if from < 0 || from > len(s) || i > 0 && from < at[i-1] || from < len(s) && utf8.ValidString(s) && !utf8.RuneStart(s[from]) {
				t.Fatalf("%q: byte %d comes from %d", s, i, from)
			}
		}
		if again, _ := Fold(folded); utf8.ValidString(s) && again != folded {
			t.Errorf("%q folds to %q, that to %q", s, folded, again)
		}
		c, err := corpus.New([]corpus.Article{{ID: "a", Body: "The port’s board — it met again. " + strings.ToValidUTF8(s, "")}})
		if err != nil {
			t.Fatal(err)
		}
		for _, quote := range []string{s, "board — " + s, "board … " + s} {
			if l, ok := Locate(c, quote, 0); ok && (l.First < 0 || l.Last < l.First || l.Last >= len(c.Sentences)) {
				t.Errorf("%q: got sentences %d to %d of %d", quote, l.First, l.Last, len(c.Sentences))
			}
		}
	})
}
