// Package read makes articles of files and folders.
package read

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/corpus"
	"parley/corpus/read/clean"
	"parley/corpus/read/document"
	"parley/corpus/read/files"
	"parley/corpus/read/limit"
	"parley/corpus/read/metadata"
)

// Options says how much [Read] takes and whom it tells.
type Options struct {
	Limits   limit.Limits          // for one file; zeros stand for the defaults
	Files    int                   // files and folders in all; default [files.DefaultEntries]
	Bytes    int64                 // of all files that are read; default [limit.DefaultTotal]
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

	Fingerprint string // of the bytes that were read: see [Fingerprint]
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
		return fmt.Sprintf("%s:%d: %s", files.Quote(r.Path), r.Line, r.Reason)
	}
	return files.Quote(r.Path) + ": " + r.Reason
}

// Read reads articles from files and folders, folders recursively, in the order
// of paths and then of names. A file that cannot be read is refused with a
// reason and the rest goes on: the error is for when there is nothing to answer
// from, and the Reading with its reasons is there even then.
func Read(ctx context.Context, paths []string, opts Options) (*Reading, error) {
	opts.Limits = opts.Limits.WithDefaults()
	found, ignored, err := find(ctx, paths, opts)
	if err != nil {
		return nil, fmt.Errorf("read corpus: %w", err)
	}
	prints := files.NewPrint(found, opts.beside(time.Now()))
	out := newReading()
	out.Ignored = ignored
	results, err := readFiles(ctx, found.Files, opts, prints)
	if err != nil {
		return nil, err
	}
	out.Fingerprint = prints.String()
	for _, p := range found.Problems {
		out.Refused = append(out.Refused, Refusal{Path: p.Path, Reason: p.Reason})
	}
	out.merge(found.Files, results)
	if len(out.Articles) > 0 {
		return out, nil
	}
	names := make([]string, len(paths))
	for i, p := range paths {
		names[i] = files.Quote(p)
	}
	where := strings.Join(names, ", ")
	if len(out.Refused) > 0 {
		return out, fmt.Errorf("read corpus %s: no article could be read, %d refused, the first: %s", where, len(out.Refused), out.Refused[0])
	}
	return out, fmt.Errorf("read corpus %s: no articles: put files there that parley reads, such as .txt, .md, .html, .pdf, .docx or .jsonl", where)
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
	file     string // the ID of its file
	line     int    // of the article in its file; 0 for a file that is one article
	origins  map[document.Field]string
	dropped  []document.Drop
	warnings []Refusal
}

// Fingerprint is a SHA-256 in hex of the names and contents of all files that
// [Read] would read now, of the limits of reading, and of the days in the front
// matter of files that are still to come. Dates of files do not count: copying or
// unpacking changes them. Of a file that is not read only the reason
// counts.
func Fingerprint(ctx context.Context, paths []string, opts Options) (string, error) {
	opts.Limits = opts.Limits.WithDefaults()
	found, _, err := find(ctx, paths, opts)
	if err != nil {
		return "", fmt.Errorf("look at corpus: %w", err)
	}
	return files.Fingerprint(ctx, found, opts.beside(time.Now()), func(path string) files.Accept { return accept(path, opts.Limits) })
}

// find lists the files to read and, by path, those within folders that are of no
// format of articles. One that was named itself is read, and refused.
func find(ctx context.Context, paths []string, opts Options) (found *files.Found, ignored []string, err error) {
	found, err = files.Find(ctx, paths, files.Options{Entries: opts.Files})
	if err != nil {
		return nil, nil, err
	}
	found.Files = slices.DeleteFunc(found.Files, func(f files.File) bool {
		other := !isArticle(f.Path) && !slices.ContainsFunc(paths, func(p string) bool { return filepath.Clean(p) == f.Path })
		if other && !mayHoldArticles(f.Path) {
			ignored = append(ignored, f.Path)
			return true
		}
		return false
	})
	return found, ignored, nil
}

// readFiles reads files at the same time, in as many goroutines as there are
// processors. The results are in the order of files.
func readFiles(ctx context.Context, list []files.File, opts Options, prints *files.Print) ([]result, error) {
	results := make([]result, len(list))
	var mu sync.Mutex // guards done, left and calls of Progress
	done, left := 0, cmp.Or(opts.Bytes, limit.DefaultTotal)
	room := newRoom()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range list {
		group.Go(func() error {
			leave, err := room.enter(ctx, f.Path, opts.Limits)
			if err != nil {
				return err
			}
			content, err := files.Read(ctx, f.Path, accept(f.Path, opts.Limits))
			prints.Set(i, content, err)
			results[i] = room.readContent(ctx, opts.Limits, f, content, err)
			content.Data = nil
			leave()
			if err := ctx.Err(); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			if done++; err == nil {
				left -= content.Size
			}
			if left < 0 {
				return fmt.Errorf("has more than %d bytes in its files: name the folder of the articles, or raise corpus.max_total_bytes", cmp.Or(opts.Bytes, limit.DefaultTotal))
			}
			if opts.Progress != nil {
				opts.Progress(done, len(list))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("read corpus: %w", err)
	}
	return results, nil
}

// readContent makes articles of a file, if it could be read.
func (r *room) readContent(ctx context.Context, limits limit.Limits, f files.File, content files.Content, err error) result {
	var res result
	if err != nil {
		res = refuse(f, err)
	} else {
		res = r.readData(ctx, limits, source{File: f}, content.Data)
	}
	res.bytes = content.Size
	return res
}

// refuse is the result of a file that was not read.
func refuse(f files.File, err error) result {
	r := Refusal{Path: f.Path, Reason: err.Error()}
	if located, ok := errors.AsType[*document.LineError](err); ok {
		r.Line = located.Line
	}
	return result{refused: []Refusal{r}}
}

// source is a file with what is known of it before it is read.
type source struct {
	files.File

	light bool // nothing stands around its text
}

// mostRefused is how many articles of one file are refused with a reason each. The
// others are counted.
const mostRefused = 100

// readData reads the content of one file into articles.
func (r *room) readData(ctx context.Context, limits limit.Limits, f source, data []byte) result {
	documents, refused, err := r.parse(ctx, limits, f.Path, data)
	if err != nil {
		return refuse(f.File, err)
	}
	var res result
	for _, n := range refused[:min(len(refused), mostRefused)] {
		res.refused = append(res.refused, Refusal{f.Path, n.Line, n.Reason})
	}
	if more := len(refused) - mostRefused; more > 0 {
		res.refused = append(res.refused, Refusal{f.Path, 0, fmt.Sprintf("has %d more articles that were refused", more)})
	}
	for _, d := range documents {
		if d.Refused != "" {
			res.refused = append(res.refused, Refusal{f.Path, d.Line, d.Refused})
			continue
		}
		d.Light = d.Light || f.light
		res.found = append(res.found, makeArticle(f.File, d))
	}
	return res
}

// makeArticle cleans a document and decides what is known about it.
func makeArticle(f files.File, d *document.Document) found {
	if d.Part == "" {
		d.Statements = append(d.Statements, metadata.OfPath(f.ID)...)
	}
	c := clean.Clean(d)
	known := metadata.Resolve(slices.Concat(d.Statements, c.Statements))
	id := known.ID
	if id == "" {
		if id = f.ID; d.Part != "" {
			id += ":" + d.Part
		}
	}
	out := found{file: f.ID, line: d.Line, origins: known.From, dropped: c.Dropped, article: corpus.Article{
		ID: id, Title: known.Title, Publisher: known.Publisher, Author: known.Author, Place: known.Place, URL: known.URL,
		Published: known.Published, Event: known.Event, Body: c.Body, Headings: c.Headings,
	}}
	warnings := append(d.Warnings, known.Notes...)
	if d.Doubt != "" {
		warnings = append(warnings, document.Note{Line: d.Line, Reason: d.Doubt})
	}
	for _, n := range warnings {
		out.warnings = append(out.warnings, Refusal{f.Path, n.Line, n.Reason})
	}
	return out
}

// merge puts the files' results together in order, without repetitions.
func (r *Reading) merge(list []files.File, results []result) {
	seen := newDuplicates()
	for i, res := range results {
		r.Files++
		r.Bytes += res.bytes
		r.Refused = append(r.Refused, res.refused...)
		for j := range res.found {
			r.add(seen, list[i].Path, &res.found[j])
		}
	}
}

// rename gives an article whose ID is that of an article of another file one of its
// own: exports count from 1, each of them.
func (r *Reading) rename(seen *duplicates, path string, f *found) {
	id := f.article.ID
	if of, ok := seen.ids[id]; !ok || of == path || seen.repeats(&f.article) {
		seen.own(id, path)
		return
	}
	f.article.ID = f.file + ":" + id
	seen.own(f.article.ID, path)
	f.warnings = append(f.warnings, Refusal{path, f.line, fmt.Sprintf("its ID %q is that of an article of another file: it is %q here", id, f.article.ID)})
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
	r.rename(seen, path, f)
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
