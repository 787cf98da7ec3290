package readtest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/mail"
	"path"
	"strings"
	"testing"
)

// Each writer must write files that are what they are named, as far as the
// standard library can tell.
func TestFormats(t *testing.T) {
	t.Parallel()
	all, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Formats() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			batches := [][]Text{all}
			if !f.Many {
				batches = nil
				for i := range all {
					batches = append(batches, all[i:i+1])
				}
			}
			for _, ts := range batches {
				b, err := f.Write(ts)
				if err != nil {
					t.Fatal(err)
				}
				if err := wellFormed(f.Ext, b); err != nil {
					t.Errorf("%s of %s: %v", f.Name, ts[0].Name, err)
				}
				packed, err := Gzip(b)
				if err != nil {
					t.Fatal(err)
				}
				r, err := gzip.NewReader(bytes.NewReader(packed))
				if err != nil {
					t.Fatal(err)
				}
				if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, b) {
					t.Errorf("%s: packed and unpacked is not the same: %v", f.Name, err)
				}
			}
		})
	}
}

func wellFormed(ext string, b []byte) error {
	switch ext {
	case ".json":
		var v any
		return json.Unmarshal(b, &v)
	case ".xml", ".rss", ".atom":
		return wellFormedXML(b)
	case ".eml":
		_, err := mail.ReadMessage(bytes.NewReader(b))
		return err
	case ".docx", ".odt", ".epub":
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return err
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				return err
			}
			part, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			if e := path.Ext(f.Name); e == ".xml" || e == ".xhtml" || e == ".opf" || e == ".ncx" || e == ".rels" {
				if err := wellFormedXML(part); err != nil {
					return errors.New(f.Name + ": " + err.Error())
				}
			}
		}
	}
	return nil
}

func wellFormedXML(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	text := "The administration announced a high-speed reconstruction of 1,200 kilometres, Großherzogin said."
	lines := strings.Split(wrap(text, "", 20, true), "\n")
	joined := ""
	for _, l := range lines {
		if len([]rune(l)) > 20 {
			t.Errorf("line %q is longer than 20", l)
		}
		if w, broken := strings.CutSuffix(l, "-"); broken {
			joined += w
			continue
		}
		joined += l + " "
	}
	if strings.TrimSpace(joined) != text || len(lines) < 5 {
		t.Errorf("joined again: %q", joined)
	}
}
