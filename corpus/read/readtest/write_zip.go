package readtest

import (
	"archive/zip"
	"bytes"
	"html"
)

// entry is a file of a package.
type entry struct{ name, text string }

// pack writes a zip file whose first entry, like mimetype, is not compressed when stored.
func pack(stored bool, entries ...entry) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, e := range entries {
		method := zip.Deflate
		if stored && i == 0 {
			method = zip.Store
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: method})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write([]byte(e.text)); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func xmlText(s string) string { return html.EscapeString(s) }
