package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"parley/corpus/read/limit"
)

const (
	// memoryPages is the memory, in pages of 64 KB, that PDFium gets for a file:
	// 128 MB. Of 1,121 files tried, up to 8 MB large, none needs more.
	memoryPages = 2048
)

// engine is PDFium, which is WebAssembly in the binary, translated to machine
// code. That is done when the first PDF file is met and takes 1.6 s and 150 MB,
// once where there is a cache.
type engine struct {
	pool     pdfium.Pool
	busy     chan struct{} // one file at a time: each may take its whole memory
	memories *memories     // of the file
}

// start makes the engine. It is kept for the life of the process.
//
//nolint:gochecknoglobals // it is set up once for all files
var start = sync.OnceValues(func() (*engine, error) {
	e := &engine{busy: make(chan struct{}, 1), memories: &memories{}}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(true) // else nothing ends what a hostile file begins
	if cache := openCache(); cache != nil {
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:       experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(e.memories.allocate)),
		MaxIdle:       0,
		MaxTotal:      1,
		WASM:          withoutLarge(whole),
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig(), // it sees no file
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start the reader of PDF files: %w", err)
	}
	e.pool = pool
	debug.FreeOSMemory() // what translating has left, 100 MB
	return e, nil
})

// openCache is where the machine code is kept from one process to the next, which
// saves each 1.6 s and 110 MB; nil where there is no place. The code is run as
// it lies there, so the folder is the user's own alone.
func openCache() wazero.CompilationCache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	dir = filepath.Join(dir, "parley", "pdf")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil
	}
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(dir)
	if err != nil {
		return nil
	}
	return cache
}

// instance is PDFium for one file.
type instance struct {
	pdfium.Pdfium
	engine *engine
	done   chan struct{} // closed when the file is read
	ended  chan struct{} // closed when nobody is left who could stop it
	killed bool          // to be read after ended is closed
}

// borrow waits for a place and starts an instance, which is stopped when the
// meter's time is over or its context ends.
func borrow(m *limit.Meter) (*instance, error) {
	resume := m.Pause()
	e, err := start()
	if err != nil {
		return nil, err
	}
	select {
	case e.busy <- struct{}{}:
	case <-m.Context().Done():
		return nil, m.Context().Err()
	}
	resume()
	const patience = 10 * time.Second
	p, err := e.pool.GetInstance(patience)
	if err != nil {
		e.memories.giveBack()
		<-e.busy
		return nil, fmt.Errorf("start the reader of PDF files: %w", err)
	}
	i := &instance{Pdfium: p, engine: e, done: make(chan struct{}), ended: make(chan struct{})}
	go i.watch(m)
	return i, nil
}

func (i *instance) watch(m *limit.Meter) {
	defer close(i.ended)
	for left := m.Left(); left > 0; left = m.Left() {
		const soon = time.Millisecond
		timer := time.NewTimer(max(left, soon))
		select {
		case <-i.done:
			timer.Stop()
			return
		case <-m.Context().Done():
			timer.Stop()
			i.kill()
			return
		case <-timer.C:
		}
	}
	i.kill()
}

func (i *instance) kill() {
	i.killed = true
	_ = i.Kill()
}

// giveBack ends the instance.
func (i *instance) giveBack() {
	close(i.done)
	<-i.ended
	if !i.killed {
		if err := i.Close(); err != nil {
			_ = i.Kill()
		}
	}
	i.engine.memories.giveBack()
	<-i.engine.busy
}

// failure is the meter's error, if it stopped PDFium, or one about the file.
func failure(m *limit.Meter, err error) error {
	if over := m.Clock(); over != nil {
		return over
	}
	if errors.Is(err, limit.ErrLimit) {
		return err
	}
	if strings.Contains(err.Error(), "wasm") { // a trap, with its stack
		return fmt.Errorf("is damaged or made to do harm: PDFium broke off, or %d MB of memory were not enough: %w", memoryPages>>4, limit.ErrLimit)
	}
	return fmt.Errorf("is damaged, PDFium cannot read it: %w", err)
}
