package corpus

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
)

const (
	// DefaultMaxFileBytes bounds a .jsonl file, which holds many articles: all
	// of it is in memory while it is read.
	DefaultMaxFileBytes = 64 << 20
	// DefaultMaxArticleBytes bounds one article. A long report has 50 KB, a
	// news page with its scripts 3 MB; more is not an article.
	DefaultMaxArticleBytes = 8 << 20
)

// ReadOptions says how much [Read] takes and whom it tells. The zero value
// stands for the defaults.
type ReadOptions struct {
	MaxFileBytes    int64                 // bytes of a .jsonl file; 0 means DefaultMaxFileBytes
	MaxArticleBytes int64                 // bytes of any other file or of one .jsonl line; 0 means DefaultMaxArticleBytes
	Progress        func(done, total int) // called after each file, never at the same time as another call; may be nil
}

func (o ReadOptions) withDefaults() ReadOptions {
	if o.MaxFileBytes <= 0 {
		o.MaxFileBytes = DefaultMaxFileBytes
	}
	if o.MaxArticleBytes <= 0 {
		o.MaxArticleBytes = DefaultMaxArticleBytes
	}
	return o
}

// Reading is what [Read] made of files: the articles, and everything it left
// out, with reasons.
type Reading struct {
	Articles   []Article
	Refused    []Refusal         // files and lines that are not articles
	Warnings   []Refusal         // read all the same, without the part that is wrong
	Dropped    map[string][]Drop // by article ID: what cleaning dropped, in order of lines
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

// Drop is a line of an article that cleaning left out of its body.
type Drop struct {
	Line   int    // in the article's file, from 1; 0 when the format has no lines
	Text   string // as it stood
	Reason string
}

// source is one article as its format states it, before cleaning.
type source struct {
	article Article // metadata the format states; ID may be empty, Body is empty
	path    string
	line    int     // of the article in its file; 0 for a file that is one article
	blocks  []block // its text
	light   bool    // someone else has cleaned it
	warned  []Refusal
}

// Read reads articles from files and folders, folders recursively, in the order
// of paths and then of names. A file that cannot be read is refused with a
// reason and the rest goes on: the error is for when there is nothing to answer
// from, and the Reading with its reasons is there even then.
func Read(ctx context.Context, paths []string, opts ReadOptions) (*Reading, error) {
	opts = opts.withDefaults()
	out := &Reading{Dropped: make(map[string][]Drop)}
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

// result is what one file gave.
type result struct {
	sources []source
	refused []Refusal
	cleaned []cleaned // one for each source
	bytes   int64
}

// readFiles reads files at the same time, in as many goroutines as there are
// processors. The results are in the order of files.
func readFiles(ctx context.Context, files []file, opts ReadOptions) ([]result, error) {
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
			results[i] = readFile(f, opts)
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
func readFile(f file, opts ReadOptions) result {
	limit := opts.MaxArticleBytes
	if f.format == formatJSONL {
		limit = max(limit, opts.MaxFileBytes)
	}
	data, size, err := readLimited(f.path, limit)
	var res result
	switch {
	case errors.Is(err, errTooLarge):
		res = refuse(f, fmt.Errorf("has more than %d bytes, the limit for one %s file", limit, f.format))
	case err != nil:
		res = refuse(f, errors.New(cause(err)))
	default:
		res = readData(f, data, opts)
	}
	res.bytes = size
	return res
}

// refuse is the result of a file that was not read.
func refuse(f file, err error) result {
	r := Refusal{Path: f.path, Reason: err.Error()}
	if located, ok := errors.AsType[*lineError](err); ok {
		r.Line = located.line
	}
	return result{refused: []Refusal{r}}
}

// readData reads the content of one file into articles.
func readData(f file, data []byte, opts ReadOptions) result {
	text, err := decode(data, f.format == formatHTML)
	if err != nil {
		return refuse(f, err)
	}
	var res result
	if f.format == formatJSONL {
		res.sources, res.refused = parseJSONL(f, text, opts)
	} else {
		s, err := parse(f, text)
		if err != nil {
			return refuse(f, err)
		}
		res.sources = []source{s}
	}
	for i := range res.sources {
		res.sources[i].light = res.sources[i].light || f.light
		res.cleaned = append(res.cleaned, clean(&res.sources[i]))
	}
	return res
}

// parse takes the text of a file that is one article apart by its format.
func parse(f file, text string) (source, error) {
	var s source
	var err error
	switch f.format {
	case formatMarkdown:
		s, err = parseMarkdown(text)
	case formatHTML:
		s, err = parseHTML(text)
	default:
		s = parseText(text)
	}
	if err != nil {
		return s, err
	}
	s.path = f.path
	for i := range s.warned {
		s.warned[i].Path = f.path
	}
	if s.article.ID == "" {
		s.article.ID = f.id
	}
	return s, nil
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
		for j, s := range res.sources {
			c := res.cleaned[j]
			refuse := func(format string, args ...any) {
				out.Refused = append(out.Refused, Refusal{Path: files[i].path, Line: s.line, Reason: fmt.Sprintf(format, args...)})
			}
			if strings.TrimSpace(c.article.Body) == "" {
				refuse("has no text")
				continue
			}
			d, repeats := seen.check(&c.article)
			if repeats {
				out.Duplicates = append(out.Duplicates, d)
			}
			switch {
			case repeats && d.Kind == SameID:
				refuse("has the ID %q of an article before it", d.ID)
				continue
			case repeats && d.Kind == Identical:
				refuse("has the same text as %q", d.Of)
				continue
			}
			out.Articles = append(out.Articles, c.article)
			out.Warnings = append(out.Warnings, s.warned...)
			if len(c.dropped) > 0 {
				out.Dropped[c.article.ID] = c.dropped
			}
		}
	}
}
