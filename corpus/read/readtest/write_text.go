package readtest

import (
	"fmt"
	"strings"
	"unicode"

	"parley/corpus/read/document"
)

// width is the length of lines of wrapped text.
const width = 72

func writeWrapped(t Text) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", wrap(t.Title, "", width, false))
	if len(t.Authors) > 0 {
		fmt.Fprintf(&b, "By %s\n", strings.Join(t.Authors, " and "))
	}
	fmt.Fprintf(&b, "%s\n\n%s", day(t.Date).Format("January 2, 2006"), plainBody(t, width, false))
	return []byte(b.String()), nil
}

func writeHyphenated(t Text) ([]byte, error) {
	return []byte(t.Title + "\n" + labels(t, "02.01.2006") + "\n" + plainBody(t, width, true)), nil
}

// writeWindows has a paragraph a line, line ends of Windows and a byte order mark.
func writeWindows(t Text) ([]byte, error) {
	text := labels(t, "2 Jan 2006") + "\n" + plainBody(t, 0, false)
	return []byte("\ufeff" + strings.ReplaceAll("Title: "+t.Title+"\n"+text, "\n", "\r\n")), nil
}

// labels are an article's metadata as lines of a text.
func labels(t Text, layout string) string {
	var b strings.Builder
	for _, a := range []struct{ key, value string }{
		{"Author", strings.Join(t.Authors, "; ")}, {"Publisher", t.Publisher}, {"Date", day(t.Date).Format(layout)}, {"URL", t.URL},
	} {
		if a.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", a.key, a.value)
		}
	}
	return b.String()
}

// plainBody is the text of an article in lines of at most n letters, or one a
// paragraph when n is 0. Paragraphs have blank lines between them, the items and
// rows of one list or table have not.
func plainBody(t Text, n int, hyphens bool) string {
	var b strings.Builder
	number := 0
	for i, bl := range t.Blocks {
		joined := i > 0 && bl.Kind == t.Blocks[i-1].Kind && (bl.Kind == document.Item || bl.Kind == document.Row)
		if i > 0 && !joined {
			b.WriteString("\n")
		}
		indent, mark := "", ""
		if number++; !joined {
			number = 1
		}
		switch {
		case bl.Kind == document.Item && bl.Numbered:
			indent, mark = "   ", fmt.Sprintf("%d. ", number)
		case bl.Kind == document.Item:
			indent, mark = "  ", "- "
		case bl.Kind == document.Row:
			b.WriteString(bl.Text + "\n")
			continue
		}
		b.WriteString(mark + wrap(bl.Text, indent, n, hyphens && bl.Kind != document.Heading) + "\n")
	}
	return b.String()
}

// wrap breaks a text into lines, between words or, with hyphens, within long ones.
func wrap(s, indent string, n int, hyphens bool) string {
	if n == 0 {
		return s
	}
	var b strings.Builder
	room := n - len(indent)
	used := 0
	for i, word := range strings.Fields(s) {
		size := len([]rune(word))
		switch {
		case i == 0:
		case used+1+size <= room:
			b.WriteString(" ")
			used++
		case hyphens && breakAt(word, room-used-2) > 0:
			k := breakAt(word, room-used-2)
			r := []rune(word)
			b.WriteString(" " + string(r[:k]) + "-\n" + indent)
			word, used, size = string(r[k:]), 0, size-k
		default:
			b.WriteString("\n" + indent)
			used = 0
		}
		b.WriteString(word)
		used += size
	}
	return b.String()
}

// breakAt is where a long word can be broken so that at most n letters stay on
// the line, 0 for nowhere. Words with marks or digits in them stay whole.
func breakAt(word string, n int) int {
	r := []rune(word)
	letters := len(r)
	for letters > 0 && !unicode.IsLetter(r[letters-1]) {
		letters--
	}
	if letters < 8 {
		return 0
	}
	for i, c := range r[:letters] {
		if !unicode.IsLetter(c) || i > 0 && unicode.IsUpper(c) {
			return 0
		}
	}
	for k := min(n, letters-3); k >= 3; k-- {
		if strings.ContainsRune("aeiouyäöüéèаеиоуыяαεηιοωά", r[k-1]) && !strings.ContainsRune("aeiouyäöüéèаеиоуыяαεηιοωά", r[k]) {
			return k
		}
	}
	return 0
}
