package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"path"
	"strings"

	"parley/corpus/read/decode"
	"parley/corpus/read/limit"
)

// archive is a ZIP file.
type archive struct {
	meter *limit.Meter
	files map[string]*zip.File // by name in lower case
	names []string             // as they stand, in order
}

// open opens a ZIP file; what names its format for errors.
func open(m *limit.Meter, data []byte, what string) (*archive, error) {
	// The directory is read whole: its entries are counted before.
	if err := m.Nodes(bytes.Count(data, []byte("PK\x01\x02"))); err != nil {
		return nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // names lead nowhere: nothing is written
	}
	if err != nil {
		return nil, fmt.Errorf("is not %s, or it is cut off: its directory is missing; save it again", what)
	}
	a := &archive{meter: m, files: make(map[string]*zip.File, len(r.File))}
	for _, f := range r.File {
		name := strings.ToLower(f.Name)
		if a.files[name] == nil {
			a.files[name] = f
			a.names = append(a.names, f.Name)
		}
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.files[strings.ToLower(name)] != nil }

// errMissing is the error of a file that is not in the archive.
var errMissing = errors.New("is missing")

// read unpacks a file. It fails with errMissing for one that is not there.
func (a *archive) read(name string) ([]byte, error) {
	f := a.files[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("%s %w", name, errMissing)
	}
	if f.Flags&1 != 0 {
		return nil, errors.New("is protected with a password: save a copy without it")
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("is damaged, %s cannot be unpacked: %w", name, err)
	}
	defer r.Close()
	return decode.ReadAll(a.meter, r)
}

// scan starts to read a file of XML.
func (a *archive) scan(name string) (*scanner, error) {
	data, err := a.read(name)
	if err != nil {
		return nil, err
	}
	return scan(a.meter, data, name)
}

// resolve is the name in the archive of what a reference in one of its files
// leads to, without a fragment.
func resolve(from, reference string) string {
	reference, _, _ = strings.Cut(reference, "#")
	if s, err := url.PathUnescape(reference); err == nil {
		reference = s
	}
	if strings.HasPrefix(reference, "/") {
		return strings.TrimPrefix(path.Clean(reference), "/")
	}
	return path.Join(path.Dir(from), reference)
}
