package eval

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/bot/answer/question"
	"parley/corpus/read"
	"parley/retrieval"
	"parley/retrieval/embedding"
	"parley/retrieval/lexical"
	"parley/retrieval/library"
	"parley/retrieval/lsa"
)

var (
	trials  = flag.String("trials", "", "compare the values of the knobs whose names match, such as . for all")
	setsDir = flag.String("sets", reference, "folder that holds eval/SET/{articles,questions}.jsonl, questions/talks.jsonl and articles/")
)

// TestTrials compares values of the numbers of the search, one number at a time
// around the defaults. The questions of each set fall into two halves by a hash of
// their IDs; the value that is best on one half is judged by the other.
//
//	go test ./bot/eval -run TestTrials -trials . -sets DIR -timeout 1h
func TestTrials(t *testing.T) {
	if *trials == "" {
		t.Skip("compares values of the search's numbers for minutes: -trials REGEXP runs it")
	}
	match, err := regexp.Compile(*trials)
	if err != nil {
		t.Fatal(err)
	}
	sets := trialSets(t)
	known := map[variant]measured{}
	measure := func(v variant) measured {
		if _, ok := known[v]; !ok {
			known[v] = measureAll(t, sets, v)
		}
		return known[v]
	}
	for _, k := range knobs() {
		if !match.MatchString(k.name) {
			continue
		}
		base := shipped()
		if k.base != nil {
			k.base(&base)
		}
		var rows []row
		for _, value := range k.values {
			v := base
			k.set(&v, value)
			rows = append(rows, row{value, v == base, measure(v)})
		}
		report(os.Stdout, sets, k.name, measure(base), rows)
	}
}

// TestTrialsSearchAsShipped guards that what the trials compare with is the
// search that people get.
func TestTrialsSearchAsShipped(t *testing.T) {
	talks := &trialSet{name: "talks", golds: []Gold{
		{Question: Question{Text: "How long did the talks in the Kremlin last?"}},
		{Question: Question{Text: "Who is Dmitriev?"}},
		{Question: Question{Text: "What did Putin say about Europe on 2 December?"}},
	}}
	reading, err := read.Talks()
	if err != nil {
		t.Fatal(err)
	}
	talks.open(t, reading)
	e, err := embedding.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	fitted := shipped()
	lsaInstead(&fitted)
	type search struct {
		set  *trialSet
		opts library.Options
		v    variant
	}
	searches := []search{{talks, library.Options{Embedder: e, Steady: true}, shipped()}, {talks, library.Options{}, fitted}}
	if dir := filepath.Join(reference, "eval", "clapnq"); exists(filepath.Join(dir, "articles.jsonl")) {
		searches = append(searches, search{readSet(t, "clapnq", dir), library.Options{}, fitted}) // large enough for LSA to count
	}
	for _, run := range searches {
		set := run.set
		run.opts.Lexicon = set.lex
		s, err := library.Build(t.Context(), &read.Reading{Articles: set.fwd.Corpus.Articles}, run.opts, nil)
		if err != nil {
			t.Fatal(err)
		}
		ix := set.index(t, run.v)
		for i := range set.golds {
			q := question.Read(set.golds[i].Ask(set.golds[i].Date.Time)).Query(DefaultLimit)
			want, err := s.Index.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			got, err := ix.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			same := func(a, b retrieval.Hit) bool { return a.Passage == b.Passage && a.Score == b.Score }
			if len(want.Hits) == 0 || !slices.EqualFunc(got.Hits, want.Hits, same) {
				t.Errorf("%s: %q: got %v, want %v", set.name, q.Text, got.Hits, want.Hits)
			}
		}
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// A variant is one way to search.
type variant struct {
	weights  library.Weights
	lexical  lexical.Options
	sum      retrieval.Sum
	lsa      lsa.Options
	fromZero bool    // cosines of the encoder count from 0, not from the least in a list
	exact    bool    // compare with every vector, not those of the nearest cells
	feedback float64 // what words of the first passages found count beside the question's
	phrase   float64 // what neighbours in the question add that are side by side in the text
	near     float64 // what neighbours in the question add that are within a few words in the text
}

func shipped() variant {
	return variant{
		weights: library.Weights{Words: library.DefaultWords, Grams: library.DefaultGrams, Neural: library.DefaultNeural},
		lexical: lexical.Defaults(), sum: retrieval.DefaultSum(), lsa: lsa.Options{Dims: lsa.DefaultDims, Sample: lsa.DefaultSample},
	}
}

// inFirst reports whether a question is of the first half.
func inFirst(id string) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return h.Sum32()>>16&1 == 0
}

// half numbers the questions that a figure is over.
type half int

const (
	halfA half = iota
	halfB
	whole
	halves
)

// measured are the search figures of a variant by half and set.
type measured [halves][]Figures

func measureAll(t *testing.T, sets []*trialSet, v variant) measured {
	t.Helper()
	var m measured
	for _, s := range sets {
		ranked, err := s.search(t.Context(), s.index(t, v))
		if err != nil {
			t.Fatal(err)
		}
		var golds [halves][]Gold
		var found [halves][][]string
		for i, g := range s.golds {
			in := halfB
			if inFirst(g.ID) {
				in = halfA
			}
			for _, h := range []half{in, whole} {
				golds[h] = append(golds[h], g)
				found[h] = append(found[h], ranked[i])
			}
		}
		for h := range halves {
			m[h] = append(m[h], SearchFigures(golds[h], found[h]))
		}
	}
	return m
}

// named is the figure of a name.
func (f Figures) named(name string) float64 {
	for _, v := range f.Values {
		if v.Name == name {
			return v.Value
		}
	}
	return math.NaN()
}

// mean is a figure of a half, averaged over the sets.
func (m *measured) mean(h half, figure string) float64 {
	sum := 0.0
	for _, f := range m[h] {
		sum += f.named(figure)
	}
	return sum / float64(len(m[h]))
}

// row is what a value of a knob gave.
type row struct {
	value   float64
	present bool // it is the default
	measured
}

const ndcg = "ndcg@10"

// report prints a knob's figures as a table and what the halves say.
func report(w io.Writer, sets []*trialSet, knob string, base measured, rows []row) {
	hit4 := slices.IndexFunc(sets, func(s *trialSet) bool { return strings.HasPrefix(s.name, "multihop") })
	fmt.Fprintf(w, "\n### %s\n\n| value | A | B | mrr A | mrr B | hit@4 A | hit@4 B |", knob)
	for _, s := range sets {
		fmt.Fprintf(w, " %s |", s.name)
	}
	fmt.Fprintf(w, "\n%s|\n", strings.Repeat("|---", len(sets)+7))
	for _, r := range rows {
		cells := []string{short(r.value)}
		if r.present {
			cells[0] = "**" + cells[0] + "**"
		}
		for _, figure := range []string{ndcg, "mrr@10"} {
			for _, h := range []half{halfA, halfB} {
				cells = append(cells, short4(r.mean(h, figure)))
			}
		}
		for _, h := range []half{halfA, halfB} {
			value := math.NaN()
			if hit4 >= 0 {
				value = r.measured[h][hit4].named("hit@4")
			}
			cells = append(cells, short4(value))
		}
		for i := range sets {
			cells = append(cells, short4(r.measured[whole][i].named(ndcg)))
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
	}
	fmt.Fprintln(w)
	for _, h := range []half{halfA, halfB} {
		best := slices.MaxFunc(rows, func(a, b row) int { return cmp.Compare(a.mean(h, ndcg), b.mean(h, ndcg)) })
		if best.present {
			fmt.Fprintf(w, "Best on half %c: the default.\n", 'A'+rune(h))
			continue
		}
		other := halfB - h
		least, set := math.Inf(1), ""
		for i, s := range sets {
			if d := best.measured[whole][i].named(ndcg) - base[whole][i].named(ndcg); d < least {
				least, set = d, s.name
			}
		}
		fmt.Fprintf(w, "Best on half %c: %s, on half %c %+.4f; the set that changes worst: %s, %+.4f.\n",
			'A'+rune(h), short(best.value), 'A'+rune(other), best.mean(other, ndcg)-base.mean(other, ndcg), set, least)
	}
}

// short writes a number as the documents do, without a 0 before the point.
func short(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if s != "0" {
		s = strings.TrimPrefix(s, "0")
	}
	return s
}

func short4(v float64) string { return strings.TrimPrefix(strconv.FormatFloat(v, 'f', 4, 64), "0") }
