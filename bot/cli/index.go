package cli

import (
	"context"
	"fmt"
	"runtime/debug"

	"parley/bot/wire"
	"parley/corpus/read"
	"parley/corpus/read/document"
	"parley/corpus/read/files"
	"parley/retrieval/library"
)

type indexCmd struct {
	Explain bool `help:"Say where each field of each article was found."`
}

// indexJSON is all that reading made of the files.
type indexJSON struct {
	Articles   []articleJSON   `json:"articles"`
	Refused    []refusalJSON   `json:"refused"`    // files and lines that are not articles
	Warnings   []refusalJSON   `json:"warnings"`   // read all the same, without the part that is wrong
	Duplicates []duplicateJSON `json:"duplicates"` //
	Ignored    []string        `json:"ignored"`    // files of other formats
	Added      []string        `json:"added"`      // article IDs, against the snapshot that was there before
	Changed    []string        `json:"changed"`
	Removed    []string        `json:"removed"`
	Same       int             `json:"same"`
	Snapshot   string          `json:"snapshot"` // folder it was saved to; empty without --data
	Files      int             `json:"files"`
	Bytes      int64           `json:"bytes"`
}

type articleJSON struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	Publisher string     `json:"publisher"`
	Author    string     `json:"author"`
	Place     string     `json:"place"`
	URL       string     `json:"url"`
	Published string     `json:"published"`
	Event     string     `json:"event"`
	Bytes     int        `json:"bytes"` // of the body
	Sentences int        `json:"sentences"`
	Passages  int        `json:"passages"`
	Body      string     `json:"body"` // what cleaning kept
	Dropped   []dropJSON `json:"dropped"`

	Metadata map[document.Field]foundJSON `json:"metadata,omitempty"` // with --explain
}

type dropJSON struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

type refusalJSON struct {
	Path   string `json:"path"`
	Line   int    `json:"line"` // 0 when it is about the whole file
	Reason string `json:"reason"`
}

type duplicateJSON struct {
	ID         string  `json:"id"`
	Of         string  `json:"of"`
	Kind       string  `json:"kind"`
	Similarity float64 `json:"similarity"`
}

// sparing is how much garbage indexing lets lie, in percent of what is in use: half of
// Go's default. An 8 MB text peaks at 278 MB so instead of 343, in the same time.
const sparing = 50

// Run reads the articles and says what became of them.
func (cmd indexCmd) Run(ctx context.Context, a *app) error {
	if a.env.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(sparing))
	}
	cfg, err := a.config()
	if err != nil {
		return err
	}
	before, err := a.previous(ctx, cfg)
	if err != nil {
		return err
	}
	report, err := a.read(ctx, cfg)
	if err != nil {
		return err
	}
	report.Diff = library.Compare(before, report.Snapshot)
	out := newIndexJSON(report)
	if cfg.Data != "" {
		if err := library.Save(cfg.Data, report.Snapshot); err != nil {
			return hint(err, "parley check says whether the folder can be written")
		}
		out.Snapshot = cfg.Data
	}
	if cmd.Explain {
		for i := range report.Snapshot.Corpus.Articles {
			art := &report.Snapshot.Corpus.Articles[i]
			out.Articles[i].Metadata = foundFields(art, report.Snapshot.Reading.Origins[art.ID])
		}
	}
	if a.flags.JSON {
		return a.out.object(out)
	}
	a.out.index(&out)
	return nil
}

// read reads the articles, and embeds them if the result is kept.
func (a *app) read(ctx context.Context, cfg Config) (*library.Report, error) {
	if cfg.Data == "" && cfg.Retrieval.Embedder == embedderBuiltin {
		return a.load(ctx, cfg, reloadAtOnce)
	}
	return a.reload(ctx, cfg, reloadWhole)
}

func newIndexJSON(report *library.Report) indexJSON {
	c, r := report.Snapshot.Corpus, report.Snapshot.Reading
	out := indexJSON{
		Articles: []articleJSON{}, Refused: refusals(r.Refused), Warnings: refusals(r.Warnings),
		Duplicates: []duplicateJSON{}, Ignored: wire.List(r.Ignored), Files: r.Files, Bytes: r.Bytes,
		Added: wire.List(report.Diff.Added), Changed: wire.List(report.Diff.Changed), Removed: wire.List(report.Diff.Removed), Same: report.Diff.Same,
	}
	for i := range c.Articles {
		art := &c.Articles[i]
		firstSentence, endSentence := c.ArticleSentences(i)
		firstPassage, endPassage := c.ArticlePassages(i)
		j := articleJSON{
			ID: art.ID, Title: art.Title, Publisher: art.Publisher, Author: art.Author, Place: art.Place, URL: art.URL,
			Published: wire.Day(art.Published), Event: wire.Day(art.Event), Bytes: len(art.Body),
			Sentences: endSentence - firstSentence, Passages: endPassage - firstPassage,
			Body: art.Body, Dropped: []dropJSON{},
		}
		for _, d := range r.Dropped[art.ID] {
			j.Dropped = append(j.Dropped, dropJSON{Line: d.Line, Reason: d.Reason, Text: d.Text})
		}
		out.Articles = append(out.Articles, j)
	}
	for _, d := range r.Duplicates {
		out.Duplicates = append(out.Duplicates, duplicateJSON{d.ID, d.Of, string(d.Kind), d.Similarity})
	}
	return out
}

func refusals(from []read.Refusal) []refusalJSON {
	out := []refusalJSON{}
	for _, r := range from {
		out = append(out, refusalJSON(r))
	}
	return out
}

// index writes what became of the files.
func (o *output) index(x *indexJSON) {
	passages := 0
	for i := range x.Articles {
		passages += x.Articles[i].Passages
	}
	o.linef("%s, %s, from %s", count(len(x.Articles), "article", "articles"),
		count(passages, "passage", "passages"), count(x.Files, "file", "files"))
	if x.Snapshot != "" {
		o.wrap("", "  ", fmt.Sprintf("snapshot in %s: %d added, %d changed, %d removed, %d the same",
			x.Snapshot, len(x.Added), len(x.Changed), len(x.Removed), x.Same), nil)
		for _, change := range []struct {
			sign string
			ids  []string
		}{{"+", x.Added}, {"~", x.Changed}, {"-", x.Removed}} {
			for _, id := range change.ids[:min(listed, len(change.ids))] {
				o.wrap("  "+change.sign+" ", "    ", id, nil)
			}
			if more := len(change.ids) - listed; more > 0 {
				o.linef("  %s and %d more", change.sign, more)
			}
		}
	}
	for i := range x.Articles {
		if x.Articles[i].Metadata != nil {
			o.fields(&x.Articles[i])
		}
		o.dropped(&x.Articles[i])
	}
	section := func(title string, lines []string) {
		if len(lines) == 0 {
			return
		}
		o.line("")
		o.line(o.bold(title))
		for _, l := range lines {
			o.wrap("  ", "    ", l, nil)
		}
	}
	section("Refused", texts(x.Refused, refusalText))
	section("Read with a warning", texts(x.Warnings, refusalText))
	section("Duplicates", texts(x.Duplicates, func(d duplicateJSON) string {
		return fmt.Sprintf("%s repeats %s (%s, %.0f %% alike)", d.ID, d.Of, d.Kind, 100*d.Similarity)
	}))
	section("Ignored, because they are not articles", texts(x.Ignored, files.Quote))
}

// dropped writes what cleaning took out of an article.
func (o *output) dropped(art *articleJSON) {
	if len(art.Dropped) == 0 {
		return
	}
	o.line("")
	o.wrap("", "  ", art.ID+": cleaning dropped "+count(len(art.Dropped), "line", "lines"), o.bold)
	for _, d := range art.Dropped {
		where := ""
		if d.Line > 0 {
			where = fmt.Sprintf("line %d, ", d.Line)
		}
		o.wrap("  ", "    ", where+d.Reason+": "+clip(d.Text), nil)
	}
}

func refusalText(r refusalJSON) string { return read.Refusal(r).String() }

func texts[T any](from []T, text func(T) string) []string {
	var out []string
	for _, v := range from {
		out = append(out, text(v))
	}
	return out
}

// listed is how many added, changed and removed articles are named each; --json
// names all.
const listed = 20

// clipRunes is how much of a dropped line is shown.
const clipRunes = 100

// clip shortens a long line.
func clip(text string) string {
	runes := []rune(text)
	if len(runes) <= clipRunes {
		return text
	}
	return string(runes[:clipRunes]) + "…"
}
