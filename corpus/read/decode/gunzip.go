package decode

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/corpus/read/limit"
)

// Gunzip unpacks a gzip file. What it unpacks to is counted while it does.
func Gunzip(m *limit.Meter, data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("is damaged, it cannot be unpacked: %w", err)
	}
	defer r.Close()
	return ReadAll(m, r)
}

// unpackStep is how much is unpacked between two looks at the meter.
const unpackStep = 64 << 10

// ReadAll reads what a decompressor gives, at a cost that the meter bounds.
func ReadAll(m *limit.Meter, r io.Reader) ([]byte, error) {
	var out bytes.Buffer
	for {
		n, err := io.CopyN(&out, r, unpackStep)
		if over := m.Unpack(n); over != nil {
			return nil, over
		}
		switch {
		case errors.Is(err, io.EOF):
			return out.Bytes(), nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return nil, errors.New("is cut off, it cannot be unpacked to its end: fetch it again")
		case err != nil:
			return nil, fmt.Errorf("is damaged, it cannot be unpacked: %w", err)
		}
	}
}

// Unzipped is the name of a file without the ending that says it is compressed.
func Unzipped(name string) string {
	const ending = ".gz"
	if len(name) > len(ending) && strings.EqualFold(name[len(name)-len(ending):], ending) {
		return name[:len(name)-len(ending)]
	}
	return name
}
