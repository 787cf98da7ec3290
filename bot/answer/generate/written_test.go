package generate

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/bot/answer/extract"
	"parley/bot/answer/reading"
	"parley/corpus"
	"parley/corpus/read"
	"parley/retrieval/analysis"
	"parley/retrieval/encoder"
	"parley/retrieval/library"
)

// reference is the folder of the question sets; it is not part of this repository.
const reference = "../../../../shared"

const (
	// samplesEach is how many sentences are made of each kind.
	samplesEach = 1500
	// kept and caught are the least parts of the good and of the corrupted
	// sentences that must be.
	kept   = .90
	caught = .92
)

// TestWritten is the measure of what models' sentences are held to. It makes
// sentences of the gold evidence of two question sets, as models write them, and
// makes half of them wrong in a known way. Of the good ones at least 90 % must be
// shown, of the corrupted ones at least 92 % must not.
func TestWritten(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("reading 1,000 sentences takes long")
	}
	var sets []*generator
	for _, name := range []string{"clapnq", "selqa"} {
		sets = append(sets, newGenerator(t, filepath.Join(reference, "eval", name)))
	}
	made, good := tally{}, tally{}
	for i := range samplesEach {
		g := sets[i%len(sets)]
		s := g.faithful(g.golds[g.rng.IntN(len(g.golds))])
		wrong := g.check(t, s)
		for how := range strings.SplitSeq(s.how, ", ") {
			made.add(how, true)
			good.add(how, wrong == "")
		}
		made.add("all", true)
		good.add("all", wrong == "")
		if wrong != "" {
			t.Logf("refused (%s): %s\n\t%s\n\tevidence: %s", s.how, wrong, s.text, s.evidence)
		}
	}
	tried, stopped := tally{}, tally{}
	for _, c := range corruptions {
		for i := 0; tried[c.name] < samplesEach/len(corruptions); i++ {
			g := sets[i%len(sets)]
			gold := g.golds[g.rng.IntN(len(g.golds))]
			s, ok := c.do(g, gold, g.faithful(gold))
			if !ok {
				continue
			}
			wrong := g.check(t, s)
			for _, name := range []string{c.name, "all"} {
				tried.add(name, true)
				stopped.add(name, wrong != "")
			}
			if wrong == "" {
				t.Logf("missed (%s): %s\n\tevidence: %s\n\tcited: %s", c.name, s.text, s.evidence, s.quote)
			}
		}
	}
	for _, how := range slices.Sorted(maps.Keys(made)) {
		t.Logf("good, %s: %d of %d kept", how, good[how], made[how])
	}
	for _, how := range slices.Sorted(maps.Keys(tried)) {
		t.Logf("corrupted, %s: %d of %d caught", how, stopped[how], tried[how])
	}
	if float64(good["all"]) < kept*float64(made["all"]) {
		t.Errorf("%d of %d good sentences are kept, want %.0f %%", good["all"], made["all"], 100*kept)
	}
	if float64(stopped["all"]) < caught*float64(tried["all"]) {
		t.Errorf("%d of %d corrupted sentences are caught, want %.0f %%", stopped["all"], tried["all"], 100*caught)
	}
}

// tally counts by kind.
type tally map[string]int

func (c tally) add(kind string, yes bool) {
	if yes {
		c[kind]++
	}
}

// newGenerator reads a question set; the test is skipped where it is not there.
func newGenerator(t *testing.T, dir string) *generator {
	t.Helper()
	if _, err := os.Stat(dir); os.IsNotExist(err) {
		t.Skipf("no question set at %s: nothing to make sentences of", dir)
	}
	got, err := read.Read(t.Context(), []string{filepath.Join(dir, "articles.jsonl")}, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Sentences are held against what they cite: vectors are not needed.
	s, err := library.Build(t.Context(), got, library.Options{Weights: library.Weights{Words: 1}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := encoder.BuiltinPairs()
	if err != nil {
		t.Fatal(err)
	}
	e := New(extract.New(s, pairs, extract.Options{}), &scripted{}, openPrompts(t), Options{})
	g := &generator{
		e: e, w: &writing{e: e, read: &reading.Result{}}, snapshot: s, rng: rand.New(rand.NewPCG(1, 2)),
		upper: map[string]int{}, all: map[string]int{},
	}
	for p := range s.Corpus.Passages {
		g.w.passages = append(g.w.passages, p)
	}
	for i := range s.Corpus.Sentences {
		for k, tok := range analysis.Tokenize(s.Corpus.SentenceText(i)) {
			if k > 0 {
				g.all[tok.Word]++
				g.upper[tok.Word] += map[bool]int{true: 1}[tok.Upper]
			}
		}
	}
	g.golds = goldSentences(t, s.Corpus, filepath.Join(dir, "questions.jsonl"))
	return g
}

// check holds a sample against the articles as a model's sentence is.
func (g *generator) check(t *testing.T, s sample) string {
	t.Helper()
	_, wrong := g.w.check(t.Context(), s.text, []source{{s.passage + 1, s.quote}})
	return wrong
}

// goldSentences finds the gold sentences of a set among those of its articles.
func goldSentences(t *testing.T, c *corpus.Corpus, file string) []goldSentence {
	t.Helper()
	at := map[string]int{}
	for i := range c.Sentences {
		at[strings.Join(strings.Fields(c.SentenceText(i)), " ")] = i
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []goldSentence
	seen := map[int]bool{}
	for l := range strings.Lines(string(data)) {
		var q struct{ Evidence []string }
		if err := json.Unmarshal([]byte(l), &q); err != nil {
			t.Fatal(err)
		}
		for _, text := range q.Evidence {
			i, ok := at[strings.Join(strings.Fields(text), " ")]
			toks := analysis.Tokenize(text)
			content := 0
			for _, tok := range toks {
				content += map[bool]int{true: 1}[!analysis.IsStop(tok.Word)]
			}
			if ok && !seen[i] && content >= 4 && len(toks) <= 60 {
				seen[i] = true
				out = append(out, goldSentence{c.SentenceText(i), i})
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no evidence that is in its articles", file)
	}
	return out
}
