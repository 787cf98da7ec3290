package read

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/semaphore"

	"parley/corpus/read/decode"
	"parley/corpus/read/limit"
)

// room is the memory that files are read in at the same time. Without it a folder of
// large files costs as many times what one does as there are processors.
type room struct {
	bytes    *semaphore.Weighted // what reading takes
	children *semaphore.Weighted // processes that read a file each
}

const (
	// roomBytes is what reading may take at once, by what it mostly does. A file
	// that takes more is read alone. A judgement: twice what the largest page takes
	// that there is on the web.
	roomBytes = 128 << 20
	// roomChildren is how many files are read in processes of their own at once: each
	// may take [limit.Limits].Memory.
	roomChildren = 2
	// leastBytes is what a small file takes, and pdfBytes what PDFium does for one.
	leastBytes = 1 << 20
	pdfBytes   = 64 << 20
)

func newRoom() *room {
	return &room{semaphore.NewWeighted(roomBytes), semaphore.NewWeighted(roomChildren)}
}

// takes is about how many bytes of memory reading takes for one of a file, by the end
// of its name: that of a page is measured with one of 500,000 paragraphs.
func takes(name string) int64 {
	switch strings.ToLower(filepath.Ext(decode.Unzipped(name))) {
	case ".html", ".htm", ".xhtml", ".shtml", ".md", ".markdown", ".mdx", ".docx", ".odt", ".epub":
		return 30
	case ".json", ".jsonl", ".ndjson", ".csv", ".tsv":
		return 4
	}
	return 10
}

// enter waits for room for a file. Leave gives it back.
func (r *room) enter(ctx context.Context, path string, limits limit.Limits) (leave func(), err error) {
	if r == nil {
		return func() {}, nil
	}
	size := int64(0)
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
		size = min(info.Size(), max(limits.FileBytes, limits.ArticleBytes))
	}
	if decode.Unzipped(path) != path {
		size = min(size*takes(".gz"), limits.Unpacked) // text packs to a third, repetitions to less
	}
	n := min(max(size*takes(path), leastBytes), roomBytes)
	large := n > roomBytes/2
	if strings.EqualFold(filepath.Ext(path), ".pdf") {
		n = max(n, pdfBytes)
	}
	if err := r.bytes.Acquire(ctx, n); err != nil {
		return nil, err
	}
	sweep(large)
	return func() {
		sweep(large)
		r.bytes.Release(n)
	}, nil
}

// sweep takes away what the files before have left behind: it would stand beside a large
// one, and what that leaves beside the next.
func sweep(large bool) {
	if large {
		runtime.GC()
	}
}

// apart waits until a file may be read in a process of its own.
func (r *room) apart(ctx context.Context) (leave func(), err error) {
	if r == nil {
		return func() {}, nil
	}
	if err := r.children.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return func() { r.children.Release(1) }, nil
}
