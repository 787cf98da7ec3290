package readtest

import (
	"slices"
	"strings"
	"testing"

	"parley/corpus/read/document"
)

// Got is what a reader made of a page or file.
type Got struct {
	Kind   Kind     // not checked when empty
	Blocks []string // text, a line end within one is a border too
	Facts  Facts    // None is not needed: what is empty is not known
}

// Result says how much of a page was read right.
type Result struct {
	Sentences int      // that the page has
	Missing   []string // of them
	Added     []string // sentences that are not the article's
	Moved     int      // found, but before one that stands before them
	Checked   int      // facts, and the kind
	Wrong     []string // facts: "title: got …, want …"
}

// Compare holds what was read against what is right. Sentences count as found
// only when they are the same to the character, but for white space and marks of lists.
func Compare(want []Want, facts Facts, kind Kind, got Got) Result {
	r := Result{}
	have := &heap{}
	for _, b := range got.Blocks {
		have.add(b)
	}
	for _, w := range want {
		if !w.May {
			r.block(have, w.Text)
		}
	}
	for _, w := range append(slices.Clone(want), Want{Text: facts.Title, May: true}) {
		if w.May {
			best := have.best(w.Text)
			for _, s := range best {
				have.take(s)
			}
		}
	}
	r.Added = have.rest()
	r.facts(facts, got.Facts)
	if kind != "" && got.Kind != "" {
		r.fact("kind", string(kind), string(got.Kind))
	}
	return r
}

// Check fails a test for each sentence and fact of a page that is not right.
func Check(t testing.TB, p Page, got Got) Result {
	t.Helper()
	r := Compare(p.Want, p.Facts, p.Kind, got)
	r.Report(t, p.Name)
	return r
}

// Report tells a test what is wrong.
func (r Result) Report(t testing.TB, name string) {
	t.Helper()
	for _, s := range r.Missing {
		t.Errorf("%s: missing %q", name, s)
	}
	for _, s := range r.Added {
		t.Errorf("%s: added %q", name, s)
	}
	for _, s := range r.Wrong {
		t.Errorf("%s: %s", name, s)
	}
	if r.Moved > 0 {
		t.Errorf("%s: %d sentences out of order", name, r.Moved)
	}
}

// Plus adds up results.
func (r Result) Plus(o Result) Result {
	return Result{
		r.Sentences + o.Sentences, append(slices.Clip(r.Missing), o.Missing...), append(slices.Clip(r.Added), o.Added...),
		r.Moved + o.Moved, r.Checked + o.Checked, append(slices.Clip(r.Wrong), o.Wrong...),
	}
}

// block looks for the sentences of one block.
func (r *Result) block(have *heap, text string) {
	for _, s := range have.best(text) {
		r.Sentences++
		switch at := have.take(s); {
		case at < 0:
			r.Missing = append(r.Missing, s)
		case at < have.last:
			r.Moved++
		default:
			have.last = at
		}
	}
}

func (r *Result) facts(want, got Facts) {
	r.fact("title", want.Title, got.Title)
	r.fact("publisher", want.Publisher, got.Publisher)
	r.fact("place", want.Place, got.Place)
	r.fact("date", want.Date, got.Date)
	r.fact("url", want.URL, got.URL)
	if len(want.Authors) > 0 {
		r.fact("author", names(want.Authors), names(got.Authors))
	}
}

func (r *Result) fact(key, want, got string) {
	if want == "" {
		return
	}
	r.Checked++
	if want == None {
		want = ""
	}
	got = document.OneLine(got)
	if !slices.Contains(variants(want), got) {
		r.Wrong = append(r.Wrong, key+": got "+quoted(got)+", want "+quoted(want))
	}
}

func quoted(s string) string { return "“" + s + "”" }

// names writes authors in one form, however they were joined.
func names(authors []string) string {
	s := strings.Join(authors, ", ")
	s = strings.NewReplacer("; ", ", ", " and ", ", ", " & ", ", ").Replace(s)
	list := strings.Split(s, ", ")
	slices.Sort(list)
	return strings.TrimPrefix(strings.Join(list, ", "), None)
}

// heap is sentences that were read and not yet accounted for.
type heap struct {
	texts []string
	taken []bool
	last  int
}

func (h *heap) add(block string) {
	for line := range strings.SplitSeq(block, "\n") {
		h.texts = append(h.texts, split(line)...)
	}
	h.taken = append(h.taken, make([]bool, len(h.texts)-len(h.taken))...)
}

// find is the place of a sentence that is not taken: the first after the last
// one found, else the first.
func (h *heap) find(s string) int {
	first := -1
	for i, t := range h.texts {
		if t != s || h.taken[i] {
			continue
		}
		if i >= h.last {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return first
}

func (h *heap) take(s string) int {
	i := h.find(s)
	if i >= 0 {
		h.taken[i] = true
	}
	return i
}

// best is the variant of a text of which the most was read, as sentences.
func (h *heap) best(text string) []string {
	var best []string
	fewest := -1
	for _, v := range variants(text) {
		var sentences []string
		for b := range strings.SplitSeq(v, "¶") {
			sentences = append(sentences, split(b)...)
		}
		missing := 0
		for _, s := range sentences {
			if h.find(s) < 0 {
				missing++
			}
		}
		if fewest < 0 || missing < fewest {
			best, fewest = sentences, missing
		}
	}
	return best
}

func (h *heap) rest() []string {
	var left []string
	for i, s := range h.texts {
		if !h.taken[i] {
			left = append(left, s)
		}
	}
	return left
}
