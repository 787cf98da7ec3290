package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Print makes a fingerprint of the files of a corpus: of the IDs and contents of
// those that were read, in their order, and of what was wrong with the others.
// Times do not count, which copying and unpacking change, nor how a path is spelt,
// nor what is in a file that is refused by its first bytes.
type Print struct {
	found  *Found
	beside Beside
	sums   [][sha256.Size]byte
}

// Beside is what reading depends on beside the bytes of the files.
type Beside struct {
	Salt string                                // for all files, such as limits
	Mark func(path string, data []byte) string // for one, such as whether its day has come; may be nil
}

// NewPrint returns one for what was found.
func NewPrint(found *Found, beside Beside) *Print {
	return &Print{found: found, beside: beside, sums: make([][sha256.Size]byte, len(found.Files))}
}

// Set notes what [Read] returned for a file. It may be called at the same time
// for several files.
func (p *Print) Set(file int, c Content, err error) {
	if err != nil {
		c.Sum = sha256.Sum256(fmt.Appendf(nil, "not read: %d %s", c.Size, err))
	}
	if err == nil && p.beside.Mark != nil {
		if mark := p.beside.Mark(p.found.Files[file].Path, c.Data); mark != "" {
			c.Sum = sha256.Sum256(append(c.Sum[:], mark...))
		}
	}
	p.sums[file] = c.Sum
}

// String is the fingerprint, in hex, once every file is set.
func (p *Print) String() string {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%q\n", p.beside.Salt)
	for i := range p.found.Files {
		_, _ = fmt.Fprintf(h, "%q %x\n", p.found.Files[i].ID, p.sums[i])
	}
	for i := range p.found.Problems {
		_, _ = fmt.Fprintf(h, "%q %q\n", p.found.Problems[i].key, p.found.Problems[i].Reason)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Fingerprint is the [Print] of what would be read now. It keeps nothing of it.
// Accept tells for each path what [Read] may read. The error is that of the context.
func Fingerprint(ctx context.Context, found *Found, beside Beside, accept func(path string) Accept) (string, error) {
	p := NewPrint(found, beside)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range found.Files {
		group.Go(func() error {
			c, err := Read(ctx, found.Files[i].Path, accept(found.Files[i].Path))
			if ctx.Err() != nil {
				return ctx.Err()
			}
			p.Set(i, c, err)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return "", err
	}
	return p.String(), nil
}
