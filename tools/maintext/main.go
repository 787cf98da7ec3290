// Maintext writes down what the models of corpus/read/maintext see of labelled
// pages, for fit.py to fit them:
//
//	go run ./tools/maintext -out DIR < pages.jsonl
//
// A line of pages.jsonl is {"id", "path", "truth" or "with" and "without",
// "bare"}: an HTML file, gzipped or not; its article's text as a person sees it,
// or pieces of text that belong to it and that do not; and whether to read it
// without the names of its elements, as pages have them whose names are hashes.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/corpus/read/decode"
	"parley/corpus/read/limit"
	"parley/corpus/read/markup"
	"parley/corpus/read/page"
)

// labelled is a line of the input.
type labelled struct {
	ID   string `json:"id"`
	Path string `json:"path"`
	Bare bool   `json:"bare"`
}

func main() {
	out := flag.String("out", ".", "folder for features.bin, samples.jsonl and names.json")
	flag.Parse()
	if err := run(os.Stdin, *out); err != nil {
		fmt.Fprintln(os.Stderr, "maintext:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out string) (err error) {
	features, err := os.Create(filepath.Join(out, "features.bin"))
	if err != nil {
		return err
	}
	samples, err := os.Create(filepath.Join(out, "samples.jsonl"))
	if err != nil {
		return err
	}
	fw, sw := bufio.NewWriter(features), bufio.NewWriter(samples)
	defer func() { err = errors.Join(err, fw.Flush(), sw.Flush(), features.Close(), samples.Close()) }()
	var names []string
	lines := json.NewDecoder(in)
	for lines.More() {
		var l labelled
		if err := lines.Decode(&l); err != nil {
			return err
		}
		root, err := parse(l)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", l.Path, err)
			continue
		}
		found, err := page.Chunks(meter(), root)
		if err != nil {
			return fmt.Errorf("%s: %w", l.Path, err)
		}
		n, list := found.Samples()
		if len(n) > 0 {
			names = n
		}
		for _, s := range list {
			if err := binary.Write(fw, binary.LittleEndian, s.Features); err != nil {
				return err
			}
		}
		if err := json.NewEncoder(sw).Encode(map[string]any{"id": l.ID, "samples": list}); err != nil {
			return err
		}
	}
	data, err := json.Marshal(names)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "names.json"), data, 0o600)
}

func meter() *limit.Meter {
	return limit.New(context.Background(), limit.Limits{Time: time.Minute})
}

// parse reads a page.
func parse(l labelled) (*html.Node, error) {
	data, err := os.ReadFile(l.Path)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(l.Path, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if data, err = io.ReadAll(z); err != nil {
			return nil, err
		}
	}
	text, err := decode.Text(data, true)
	if err != nil {
		return nil, err
	}
	root, err := markup.Parse(meter(), text)
	if err != nil || !l.Bare {
		return root, err
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom == atom.Meta || n.DataAtom == atom.Link || n.DataAtom == atom.Script {
			continue
		}
		kept := n.Attr[:0]
		for _, a := range n.Attr {
			switch a.Key {
			case "class", "id", "role", "itemprop", "data-component", "data-testid", "data-type", "property", "aria-label":
				continue
			}
			kept = append(kept, a)
		}
		n.Attr = kept
	}
	return root, nil
}
