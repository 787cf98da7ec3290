package body

import (
	"fmt"
	"strings"
	"testing"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		form Form
		want string
	}{
		{"One.\nTwo.", Unknown, "1 One./2 Two."},
		{"<p>One.</p>\n<p>Two.</p>", Unknown, "1 One./1 Two."},
		{"<p>One.</p>", Text, "1 <p>One.</p>"},
		{"One & <i>two</i>.\n\nThree.", HTML, "1 One & two./1 Three."},
		{"One.\n\n<blockquote>Two.</blockquote>\n\nThree.", HTML, "1 One./1 Two./1 Three."},
		{"<p>One\n\ntwo.</p>", HTML, "1 One two."},
		{"One <b>and</b> one.\nTwo.\nThe sign is <b> here.", Unknown, "1 One and one./2 Two./3 The sign is <b> here."},
		{"a < b and b > c.", Unknown, "1 a < b and b > c."},
		{"<img src='a.jpg' align=left/> One.\n\n<iframe src=\"b\"></iframe>\nTwo <a\nhref=\"c\">three</a>.", Unknown, "1 One./4 Two three."},
		{"The tag <img> is one of <a>.", Unknown, "1 The tag <img> is one of <a>."},
		{"Use <br> for that.\nThe end </p> is rare.\nAnd so on.", Unknown, "1 Use/2 for that./3 The end </p> is rare./4 And so on."},
	} {
		blocks, _, err := Blocks(limit.New(t.Context(), limit.Limits{}), c.in, c.form, 1, false)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range blocks {
			got = append(got, fmt.Sprintf("%d %s", b.Line, b.Text))
		}
		if got := strings.Join(got, "/"); got != c.want {
			t.Errorf("%q: got  %s\nwant %s", c.in, got, c.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	blocks, _, err := Blocks(limit.New(t.Context(), limit.Limits{}), "One.\nTwo.", Text, 7, true)
	if err != nil || len(blocks) != 2 || blocks[0].Line != 7 || blocks[1].Line != 7 {
		t.Errorf("got %+v, %v", blocks, err)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, mark string }{
		{"The mill bur… [+1234 chars]", "The mill bur…", "[+1234 chars]"},
		{"The mill burnt. […]", "The mill burnt.", "[…]"},
		{"The mill burnt. [...]", "The mill burnt.", "[...]"},
		{"The mill… Continue reading The mill of Ostmar", "The mill", "… Continue reading The mill of Ostmar"},
		{"The mill burnt.\nRead more »", "The mill burnt.", "Read more »"},
		{strings.Repeat("é", 101) + " [...]", strings.Repeat("é", 101), "[...]"},
		{"He said: “I wait…”", "He said: “I wait…”", ""},
		{"She loved to read more than to write.", "She loved to read more than to write.", ""},
		{strings.Repeat("x", 300) + " read more than that", strings.Repeat("x", 300) + " read more than that", ""},
		{"Read more", "Read more", ""},
		{"It grew by [+5] chars", "It grew by [+5] chars", ""},
	} {
		d := &document.Document{}
		for line := range strings.SplitSeq(c.in, "\n") {
			d.Blocks = append(d.Blocks, document.Block{Text: line})
		}
		mark, cut := Cut(d)
		var got []string
		for _, b := range d.Blocks {
			got = append(got, b.Text)
		}
		if text := strings.Join(got, "\n"); text != c.want || mark != c.mark || cut != (c.mark != "") || cut != (len(d.Dropped) == 1) {
			t.Errorf("%q: got %q and the mark %q, dropped %v", c.in, text, mark, d.Dropped)
		}
	}
}

func TestLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"A &amp; B": "A & B", "The <em>mill</em>\n burnt": "The mill burnt", "<p>A</p><p>B</p>": "A B", "1 < 2 > 0": "1 < 2 > 0", "AT&T <b": "AT&T <b",
	} {
		got, err := Line(limit.New(t.Context(), limit.Limits{}), in)
		if err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
		}
	}
}
