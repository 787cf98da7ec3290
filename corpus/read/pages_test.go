package read

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/corpus/read/files"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// What is known to be read wrongly of the pages and of the articles as pages. It is
// to become nothing.
const (
	knownMissing = 0
	knownAdded   = 0
	knownMetro   = 0
	knownTables  = 0
)

// tally adds up how files were read.
type tally struct{ sentences, missing, added, facts, wrong int }

func (a *tally) add(r readtest.Result) {
	a.sentences += r.Sentences
	a.missing += len(r.Missing)
	a.added += len(r.Added)
	a.facts += r.Checked
	a.wrong += len(r.Wrong)
}

func (a *tally) sum(b tally) {
	a.sentences += b.sentences
	a.missing += b.missing
	a.added += b.added
	a.facts += b.facts
	a.wrong += b.wrong
}

// sentences is the share of sentences that were found, facts that of metadata
// that is right.
func (a *tally) found() float64 { return 1 - float64(a.missing)/float64(max(a.sentences, 1)) }
func (a *tally) right() float64 { return 1 - float64(a.wrong)/float64(max(a.facts, 1)) }

// got is what Read would make of a file's article, for comparison.
func got(f *found) readtest.Got {
	a := &f.article
	g := readtest.Got{Kind: readtest.Article, Blocks: strings.Split(a.Body, "\n\n"), Facts: readtest.Facts{
		Title: a.Title, Publisher: a.Publisher, Place: a.Place, URL: a.URL,
	}}
	if !a.Published.IsZero() {
		g.Facts.Date = a.Published.Format(time.DateOnly)
	}
	if a.Author != "" {
		g.Facts.Authors = strings.FieldsFunc(strings.ReplaceAll(a.Author, " and ", ", "), func(r rune) bool { return r == ',' })
		for i := range g.Facts.Authors {
			g.Facts.Authors[i] = strings.TrimSpace(g.Facts.Authors[i])
		}
	}
	return g
}

// TestPages reads pages of many constructs in several styles, whose text and
// metadata are known.
func TestPages(t *testing.T) {
	pages, err := readtest.Pages()
	if err != nil {
		t.Fatal(err)
	}
	checkPages(t, pages)
}

func checkPages(t *testing.T, pages []readtest.Page) {
	var sum tally
	for _, p := range pages {
		data, err := p.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		name := strings.ReplaceAll(p.Name, "/", "-") + ".html"
		res := (*room)(nil).readData(t.Context(), limit.Limits{}, source{File: files.File{Path: name, ID: name}}, data)
		g := readtest.Got{Kind: readtest.Home}
		if len(res.found) > 0 {
			g = got(&res.found[0])
			g.Kind = kindOf(&res.found[0])
		}
		r := readtest.Compare(p.Want, p.Facts, p.Kind, g)
		sum.add(r)
		if len(r.Missing)+len(r.Added)+len(r.Wrong) > 0 {
			t.Logf("%s: missing %q, added %q, wrong %q, refused %v", p.Name, r.Missing, r.Added, r.Wrong, res.refused)
		}
	}
	t.Logf("%d pages: %d of %d sentences missing, %d added, %d of %d facts wrong", len(pages), sum.missing, sum.sentences, sum.added, sum.wrong, sum.facts)
	if sum.missing > knownMissing || sum.added > knownAdded {
		t.Errorf("%d of %d sentences are missing and %d are added", sum.missing, sum.sentences, sum.added)
	}
	if sum.right() < .98 {
		t.Errorf("%.3f of metadata is right", sum.right())
	}
}

// kindOf is the kind of page that the warnings say.
func kindOf(f *found) readtest.Kind {
	for _, w := range f.warnings {
		if strings.Contains(w.Reason, "paywall") || strings.Contains(w.Reason, "subscribers") {
			return readtest.Paywalled
		}
		if strings.Contains(w.Reason, "live") {
			return readtest.Live
		}
	}
	return readtest.Article
}

// TestRoundTrip writes articles in each format and reads them again.
func TestRoundTrip(t *testing.T) {
	articles, err := readtest.Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range readtest.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			var sum tally
			for _, batch := range batches(articles, f.Many) {
				data, err := f.Write(batch)
				if err != nil {
					t.Fatal(err)
				}
				sum.file(t, f.Name+f.Ext, data, batch, f.States)
				packed, err := readtest.Gzip(data)
				if err != nil {
					t.Fatal(err)
				}
				sum.file(t, f.Name+f.Ext+".gz", packed, batch, f.States)
			}
			if short := short(f.Name); sum.missing > short[0] || sum.added > short[1] || sum.wrong > 0 {
				t.Errorf("%d of %d sentences are missing, %d are added, %d of %d facts are wrong", sum.missing, sum.sentences, sum.added, sum.wrong, sum.facts)
			}
		})
	}
}

// short is how many sentences of all articles, plain and packed, are known to be
// missing and added: headings in the words of the title, and rows, of pages full of
// furniture.
func short(format string) [2]int {
	switch format {
	case "html-metro":
		return [2]int{knownMetro, 0}
	case "html-tables":
		return [2]int{knownTables, knownTables}
	}
	return [2]int{}
}

//nolint:gochecknoglobals // a flag of the test
var allMade = flag.String("all", "", "the `folder` that the tests of readtest wrote files of all articles to")

// TestMadeFiles reads files that other programs have written.
func TestMadeFiles(t *testing.T) {
	made, err := readtest.MadeFiles()
	if err == nil && *allMade != "" {
		made, err = readtest.MadeIn(os.DirFS(*allMade))
	}
	if err != nil {
		t.Fatal(err)
	}
	sums := make(map[string]*tally)
	for _, f := range made {
		var sum tally
		sum.read(t, f.File, f.Data, []readtest.Text{f.Article}, func(a readtest.Text) ([]readtest.Want, readtest.Facts) {
			if f.Ext == ".pdf" {
				return a.Printed(), a.Facts("title")
			}
			return a.Want(), a.Facts("title")
		})
		kind := strings.TrimPrefix(f.File, f.Article.Name+".")
		if sums[kind] == nil {
			sums[kind] = &tally{}
		}
		sums[kind].sum(sum)
		if sum.found() < .98 || sum.added > sum.sentences/50 || f.Ext != ".pdf" && sum.missing > 0 {
			t.Errorf("%s: %d of %d sentences are missing, %d are added", f.File, sum.missing, sum.sentences, sum.added)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(sums)) {
		s := sums[kind]
		t.Logf("%s: %d of %d sentences are missing, %d are added, %d of %d facts are wrong", kind, s.missing, s.sentences, s.added, s.wrong, s.facts)
	}
}

// batches are the articles one by one, or all together.
func batches(articles []readtest.Text, many bool) [][]readtest.Text {
	if many {
		return [][]readtest.Text{articles}
	}
	return slices.Collect(slices.Chunk(articles, 1))
}

func (a *tally) file(t *testing.T, name string, data []byte, batch []readtest.Text, states []string) {
	t.Helper()
	a.read(t, name, data, batch, func(x readtest.Text) ([]readtest.Want, readtest.Facts) { return x.Want(), x.Facts(states...) })
}

// oneBook puts the chapters of a book together.
func oneBook(chapters []found) []found {
	if len(chapters) == 0 {
		return nil
	}
	book := chapters[0]
	for _, c := range chapters[1:] {
		book.article.Body += "\n\n" + c.article.Body
	}
	return []found{book}
}

// read reads a file and compares its articles, in order, with those it is of.
func (a *tally) read(t *testing.T, name string, data []byte, batch []readtest.Text, want func(readtest.Text) ([]readtest.Want, readtest.Facts)) {
	t.Helper()
	res := (*room)(nil).readData(t.Context(), limit.Limits{}, source{File: files.File{Path: name, ID: name}}, data)
	if filepath.Ext(strings.TrimSuffix(name, ".gz")) == ".epub" {
		res.found = oneBook(res.found)
	}
	if len(res.found) != len(batch) {
		t.Errorf("%s of %s: got %d articles, want %d; refused %v", name, batch[0].Name, len(res.found), len(batch), res.refused)
	}
	for i := range min(len(res.found), len(batch)) {
		blocks, facts := want(batch[i])
		r := readtest.Compare(blocks, facts, "", got(&res.found[i]))
		a.add(r)
		if len(r.Missing)+len(r.Added)+len(r.Wrong) > 0 {
			t.Logf("%s of %s: missing %q, added %q, wrong %q", name, batch[i].Name, r.Missing, r.Added, r.Wrong)
		}
	}
}
