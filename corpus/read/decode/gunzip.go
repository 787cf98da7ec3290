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

// Gunzip unpacks a gzip file. What it unpacks to is counted while it does, and may have
// as many bytes as most says by the first of them.
func Gunzip(m *limit.Meter, data []byte, most func(head []byte) int64) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("is damaged, it cannot be unpacked: %w", err)
	}
	defer r.Close()
	head, err := ReadAll(m, io.LimitReader(r, unpackStep))
	if err != nil || len(head) < unpackStep {
		return head, err
	}
	n := most(head)
	// What the last bytes say of the length saves copies; that they lie costs some.
	says := int64(0)
	for i := range 4 {
		says |= int64(data[len(data)-4+i]) << (8 * i)
	}
	out := bytes.NewBuffer(make([]byte, 0, max(min(says, n, m.Limits().Unpacked)+bytes.MinRead, unpackStep)))
	out.Write(head)
	if err := readAll(m, io.LimitReader(r, n+1-int64(len(head))), out); err != nil {
		return nil, err
	}
	if int64(out.Len()) > n {
		return nil, fmt.Errorf("unpacks to more than the %d bytes that such a file may have", n)
	}
	return out.Bytes(), nil
}

// unpackStep is how much is unpacked between two looks at the meter.
const unpackStep = 64 << 10

// ReadAll reads what a decompressor gives, at a cost that the meter bounds. It keeps
// pieces, for a buffer that grows has three times as much in the end.
func ReadAll(m *limit.Meter, r io.Reader) ([]byte, error) {
	var pieces [][]byte
	for total := 0; ; {
		piece := bytes.NewBuffer(make([]byte, 0, max(unpackStep, min(total, 1<<20))+bytes.MinRead))
		err := readAll(m, io.LimitReader(r, int64(piece.Cap()-bytes.MinRead)), piece)
		if err != nil {
			return nil, err
		}
		if piece.Len() > 0 {
			pieces = append(pieces, piece.Bytes())
			total += piece.Len()
		}
		if piece.Len() < piece.Cap()-bytes.MinRead {
			return bytes.Join(pieces, nil), nil
		}
	}
}

// readAll reads up to the end, a step at a time.
func readAll(m *limit.Meter, r io.Reader, out *bytes.Buffer) error {
	for {
		n, err := io.CopyN(out, r, unpackStep)
		if over := m.Unpack(n); over != nil {
			return over
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return errors.New("is cut off, it cannot be unpacked to its end: fetch it again")
		case err != nil:
			return fmt.Errorf("is damaged, it cannot be unpacked: %w", err)
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
