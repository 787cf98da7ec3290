package plain

import (
	"slices"
	"strings"
	"unicode"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// blocks joins the lines that a text was wrapped into.
func blocks(in []line) []document.Block {
	lines := classify(in)
	w := measure(lines)
	var out []document.Block
	var parts []string // lines of the last block of out
	flush := func() {
		if len(parts) > 0 {
			out[len(out)-1].Text = document.Squeeze(strings.Join(parts, " "))
		}
	}
	for i, l := range lines {
		if l.text == "" {
			continue
		}
		if i > 0 && len(parts) > 0 && w.goesOn(lines, i) {
			last := parts[len(parts)-1]
			joined, rest, ok := w.hyphens.Join(last, l.text)
			switch {
			case !ok:
				parts = append(parts, l.text)
			case rest == "":
				parts[len(parts)-1] = joined
			default:
				parts[len(parts)-1] = joined
				parts = append(parts, rest)
			}
			continue
		}
		flush()
		gap := l.gap || i > 0 && w.indented(lines, i)
		out, parts = append(out, document.Block{Line: l.number, Text: l.text, Kind: l.kind, Gap: gap}), append(parts[:0], l.text)
	}
	flush()
	return out
}

// wrapping is how a text is set.
type wrapping struct {
	wrapped []bool // by line: its group was wrapped
	width   []int  // by line: that its group was wrapped to
	base    []int  // by line: the indentation of its group
	hyphens *Hyphens
}

// Shares of the pairs of lines in a group that was wrapped. In English two of
// three lines begin with a small letter, in German half; in verse and addresses
// few or none do, or the lines are of different lengths.
const (
	minLower = 0.35
	minFull  = 0.6
	// fullness is how much of the width a line has at least with the next word:
	// letters of print have different widths.
	fullness = 0.82
)

// measure finds out which groups of lines between gaps were wrapped, and to which
// width. A group that is too small to tell is as the whole text.
func measure(lines []line) *wrapping {
	w := &wrapping{wrapped: make([]bool, len(lines)), width: make([]int, len(lines)), base: make([]int, len(lines))}
	var source strings.Builder
	var all group
	var groups []group
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && !lines[end].gap && lines[end].quote == lines[start].quote {
			end++
		}
		g := groupOf(lines, start, end)
		groups = append(groups, g)
		all.add(g)
		start = end
	}
	all.measure(lines, groups)
	for _, g := range groups {
		own := g
		own.measure(lines, []group{g})
		// The text decides for its small groups, a large one for itself.
		decides := own
		if g.pairs < 3 || !own.wrapped() && all.wrapped() && own.width <= all.width && g.fills(lines, all.width) {
			decides = all
		}
		for i := g.start; i < g.end; i++ {
			w.wrapped[i], w.width[i], w.base[i] = decides.wrapped(), max(decides.width, 1), g.base
		}
	}
	for _, l := range lines {
		source.WriteString(l.text)
		source.WriteByte('\n')
	}
	w.hyphens = NewHyphens(source.String())
	return w
}

// group counts the pairs of neighbouring lines that may be wrapped.
type group struct {
	start, end  int
	pairs       int // neighbours that may be one sentence's lines
	lower, open int // the next begins with a small letter; of those that do not end a sentence
	full        int
	width       int
	base        int
}

func groupOf(lines []line, start, end int) group {
	g := group{start: start, end: end, base: lines[start].indent}
	prose := isProse(lines[start:end])
	for i := start; i < end; i++ {
		g.base = min(g.base, lines[i].indent)
		g.width = max(g.width, runes(lines[i].text))
		if i+1 == end || !mayPair(lines, i+1) {
			continue
		}
		if !prose {
			continue
		}
		g.pairs++
		if !endsSentence(lines[i].text) {
			g.open++
			if unicode.IsLower(text.FirstRune(lines[i+1].text)) {
				g.lower++
			}
		}
	}
	return g
}

// isProse reports whether lines may be sentences: they do not begin with a small
// letter, unless within a sentence that the page before them began, and one ends.
func isProse(lines []line) bool {
	return (lines[0].edge || !unicode.IsLower(text.FirstRune(lines[0].text))) &&
		slices.ContainsFunc(lines, func(l line) bool { return endsSentence(l.text) })
}

func (g *group) add(o group) {
	g.pairs += o.pairs
	g.lower += o.lower
	g.open += o.open
}

// measure counts the full lines against the width.
func (g *group) measure(lines []line, groups []group) {
	if len(groups) > 1 || g.width == 0 {
		g.width = 0
		for _, o := range groups {
			if o.pairs > 0 {
				g.width = max(g.width, o.width)
			}
		}
	}
	g.full = 0
	for _, o := range groups {
		for i := o.start; o.pairs > 0 && i+1 < o.end; i++ {
			if mayPair(lines, i+1) && isFull(lines[i].text, lines[i+1].text, g.width) {
				g.full++
			}
		}
	}
}

// fills reports whether a group was wrapped to a width, however its lines begin:
// nouns of German have capitals.
func (g group) fills(lines []line, width int) bool {
	full := 0
	for i := g.start; i+1 < g.end; i++ {
		if mayPair(lines, i+1) && isFull(lines[i].text, lines[i+1].text, width) {
			full++
		}
	}
	return g.open > 0 && full == g.pairs
}

func (g *group) lowers() bool { return g.open > 0 && float64(g.lower) >= minLower*float64(g.open) }

func (g *group) wrapped() bool {
	return g.pairs > 0 && g.lowers() && float64(g.full) >= minFull*float64(g.pairs) && 2*g.open > g.pairs
}

// mayPair reports whether a line may go on the one before it.
func mayPair(lines []line, i int) bool {
	a, b := &lines[i-1], &lines[i]
	return !b.gap && a.quote == b.quote && !a.alone && !b.alone && b.kind == document.Plain
}

// isFull reports whether the first word of the next line has no room in a line.
func isFull(s, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return float64(runes(s)+1+runes(word)) > fullness*float64(width)
}

// minBroken is how many characters a line has at least that stands for itself and
// is taken for one that goes on in the next.
const minBroken = 40

// goesOn reports whether a line goes on the one before it.
func (w *wrapping) goesOn(lines []line, i int) bool {
	a, b := &lines[i-1], &lines[i]
	lower := unicode.IsLower(text.FirstRune(b.text))
	if b.edge && b.gap { // the sentence goes on in the next page
		return a.kind != document.Heading && !a.alone && !b.alone && b.kind == document.Plain && lower && !endsSentence(a.text)
	}
	if !mayPair(lines, i) || w.indented(lines, i) {
		return false
	}
	if breaksWord(a.text, b.text) {
		return true
	}
	open := !endsSentence(a.text)
	switch {
	case !w.wrapped[i]:
		return lower && open && runes(a.text) >= minBroken
	case lower && open:
		return true
	}
	return isFull(a.text, b.text, w.width[i])
}

// breaksWord reports whether a line ends within a word.
func breaksWord(s, next string) bool {
	return len(s) > 2 && strings.HasSuffix(s, "-") && isWordRune(text.LastRune(s[:len(s)-1])) && isWordRune(text.FirstRune(next))
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// minIndent is how many columns the first line of a paragraph is set in.
const minIndent = 2

// indented reports whether a line begins a paragraph by standing farther in than
// the lines around it.
func (w *wrapping) indented(lines []line, i int) bool {
	l := &lines[i]
	return l.kind == document.Plain && lines[i-1].kind == document.Plain && !l.alone && l.indent >= w.base[i]+minIndent && l.indent >= lines[i-1].indent+minIndent
}

// endsSentence reports whether a line closes like a sentence.
func endsSentence(s string) bool {
	return strings.ContainsRune(".!?:;…。！？", lastSign(s))
}

// lastSign is the last character of a text before what closes a quotation.
func lastSign(s string) rune {
	return text.LastRune(strings.TrimRightFunc(s, text.IsCloser))
}
