// Package read makes articles of files and folders.
package read

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"parley/corpus"
	"parley/corpus/read/clean"
	"parley/corpus/read/decode"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/markdown"
	"parley/corpus/read/metadata"
	"parley/corpus/read/page"
	"parley/corpus/read/plain"
	"parley/corpus/read/records"
)

// Options says how much [Read] takes and whom it tells.
type Options struct {
	Limits   limit.Limits          // for one file; zeros stand for the defaults
	Progress func(done, total int) // called after each file, never at the same time as another call; may be nil
}

// Reading is what [Read] made of files: the articles, and everything it left
// out, with reasons.
type Reading struct {
	Articles   []corpus.Article
	Refused    []Refusal                            // files and lines that are not articles
	Warnings   []Refusal                            // read all the same, without the part that is wrong
	Dropped    map[string][]document.Drop           // by article ID: what was left out of its text, in order of lines
	Origins    map[string]map[document.Field]string // by article ID: where each field was found, for people
	Duplicates []Duplicate
	Ignored    []string // files of other formats, by path
	Files      int      // files read or refused
	Bytes      int64    // size of those files
}

// Refusal is something that was not read, and why.
type Refusal struct {
	Path   string
	Line   int // from 1; 0 when it is about the whole file
	Reason string
}

// String is "path:line: reason".
func (r Refusal) String() string {
	if r.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", r.Path, r.Line, r.Reason)
	}
	return r.Path + ": " + r.Reason
}

// Read reads articles from files and folders, folders recursively, in the order
// of paths and then of names. A file that cannot be read is refused with a
// reason and the rest goes on: the error is for when there is nothing to answer
// from, and the Reading with its reasons is there even then.
func Read(ctx context.Context, paths []string, opts Options) (*Reading, error) {
	out := newReading()
	files := findFiles(paths, out)
	results, err := readFiles(ctx, files, opts)
	if err != nil {
		return nil, err
	}
	merge(out, files, results)
	if len(out.Articles) > 0 {
		return out, nil
	}
	where := strings.Join(paths, ", ")
	if len(out.Refused) > 0 {
		return out, fmt.Errorf("read corpus %s: no article could be read, %d refused, the first: %s", where, len(out.Refused), out.Refused[0])
	}
	return out, fmt.Errorf("read corpus %s: no articles: put .txt, .md, .html or .jsonl files there", where)
}

// newReading is a Reading of nothing.
func newReading() *Reading {
	return &Reading{Dropped: make(map[string][]document.Drop), Origins: make(map[string]map[document.Field]string)}
}

// result is what one file gave.
type result struct {
	found   []found
	refused []Refusal
	bytes   int64
}

// found is one article of a file.
type found struct {
	article  corpus.Article
	line     int // of the article in its file; 0 for a file that is one article
	origins  map[document.Field]string
	dropped  []document.Drop
	warnings []Refusal
}

// readFiles reads files at the same time, in as many goroutines as there are
// processors. The results are in the order of files.
func readFiles(ctx context.Context, files []file, opts Options) ([]result, error) {
	results := make([]result, len(files))
	var mu sync.Mutex // guards done and calls of Progress
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range files {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			results[i] = readFile(ctx, f, opts.Limits)
			mu.Lock()
			defer mu.Unlock()
			done++
			if opts.Progress != nil {
				opts.Progress(done, len(files))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("read corpus: %w", err)
	}
	return results, nil
}

// readFile reads one file into articles.
func readFile(ctx context.Context, f file, limits limit.Limits) result {
	limits = limits.WithDefaults()
	most := limits.ArticleBytes
	if f.format == formatJSONL {
		most = max(most, limits.FileBytes)
	}
	data, size, err := readLimited(f.path, most)
	var res result
	switch {
	case errors.Is(err, errTooLarge):
		res = refuse(f, fmt.Errorf("has more than %d bytes, the limit for one %s file", most, f.format))
	case err != nil:
		res = refuse(f, errors.New(cause(err)))
	default:
		res = readData(limit.New(ctx, limits), f, data)
	}
	res.bytes = size
	return res
}

// refuse is the result of a file that was not read.
func refuse(f file, err error) result {
	r := Refusal{Path: f.path, Reason: err.Error()}
	if located, ok := errors.AsType[*document.LineError](err); ok {
		r.Line = located.Line
	}
	return result{refused: []Refusal{r}}
}

// readData reads the content of one file into articles.
func readData(m *limit.Meter, f file, data []byte) result {
	documents, refused, err := parse(m, f, data)
	if err != nil {
		return refuse(f, err)
	}
	var res result
	for _, n := range refused {
		res.refused = append(res.refused, Refusal{f.path, n.Line, n.Reason})
	}
	for _, d := range documents {
		if d.Refused != "" {
			res.refused = append(res.refused, Refusal{f.path, d.Line, d.Refused})
			continue
		}
		d.Light = d.Light || f.light
		res.found = append(res.found, makeArticle(f, d))
	}
	return res
}

// makeArticle cleans a document and decides what is known about it.
func makeArticle(f file, d *document.Document) found {
	if d.Part == "" {
		d.Statements = append(d.Statements, metadata.OfPath(f.id)...)
	}
	c := clean.Clean(d)
	known := metadata.Resolve(append(d.Statements, c.Statements...))
	id := known.ID
	if id == "" {
		if id = f.id; d.Part != "" {
			id += ":" + d.Part
		}
	}
	out := found{line: d.Line, origins: known.From, dropped: c.Dropped, article: corpus.Article{
		ID: id, Title: known.Title, Publisher: known.Publisher, Author: known.Author, Place: known.Place, URL: known.URL,
		Published: known.Published, Event: known.Event, Body: c.Body, Headings: c.Headings,
	}}
	warnings := append(d.Warnings, known.Notes...)
	if d.Doubt != "" {
		warnings = append(warnings, document.Note{Line: d.Line, Reason: d.Doubt})
	}
	for _, n := range warnings {
		out.warnings = append(out.warnings, Refusal{f.path, n.Line, n.Reason})
	}
	return out
}

// parse takes a file apart by its format.
func parse(m *limit.Meter, f file, data []byte) ([]*document.Document, []document.Note, error) {
	content, err := decode.Text(data, f.format == formatHTML)
	if err != nil {
		return nil, nil, err
	}
	if f.format == formatJSONL {
		return records.ReadLines(m, content)
	}
	var d *document.Document
	switch f.format {
	case formatMarkdown:
		d, err = markdown.Read(m, content)
	case formatHTML:
		d, err = page.Read(m, content)
	default:
		d = &document.Document{Blocks: plain.Blocks(content, 1)}
	}
	return []*document.Document{d}, nil, err
}

var errTooLarge = errors.New("file too large")

// readLimited reads a file of up to limit bytes. Size is the number of bytes
// the file has, as far as that was found out.
func readLimited(path string, limit int64) (data []byte, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, errors.New("is not a regular file")
	}
	if info.Size() > limit {
		return nil, info.Size(), errTooLarge
	}
	data, err = io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errTooLarge
	}
	return data, int64(len(data)), err
}

// cause is an error without the path that Refusal names already.
func cause(err error) string {
	if pathErr, ok := errors.AsType[*os.PathError](err); ok {
		return pathErr.Err.Error()
	}
	return err.Error()
}

// merge puts the files' results together in order, without repetitions.
func merge(out *Reading, files []file, results []result) {
	seen := newDuplicates()
	for i, res := range results {
		out.Files++
		out.Bytes += res.bytes
		out.Refused = append(out.Refused, res.refused...)
		for j := range res.found {
			out.add(seen, files[i].path, &res.found[j])
		}
	}
}

// add takes an article that has text and repeats no earlier one.
func (r *Reading) add(seen *duplicates, path string, f *found) {
	refuse := func(format string, args ...any) {
		r.Refused = append(r.Refused, Refusal{Path: path, Line: f.line, Reason: fmt.Sprintf(format, args...)})
	}
	if strings.TrimSpace(f.article.Body) == "" {
		refuse("has no text")
		return
	}
	d, repeats := seen.check(&f.article)
	if repeats {
		r.Duplicates = append(r.Duplicates, d)
	}
	switch {
	case repeats && d.Kind == SameID:
		refuse("has the ID %q of an article before it", d.ID)
		return
	case repeats && d.Kind == Identical:
		refuse("has the same text as %q", d.Of)
		return
	}
	id := f.article.ID
	r.Articles = append(r.Articles, f.article)
	r.Warnings = append(r.Warnings, f.warnings...)
	r.Origins[id] = f.origins
	if len(f.dropped) > 0 {
		r.Dropped[id] = f.dropped
	}
}
