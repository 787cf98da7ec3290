// Command gen compiles WordNet 3.0 into the data that package lexicon embeds:
//
//	go run ./retrieval/lexicon/gen -wordnet /usr/share/wordnet -out retrieval/lexicon/data
//
// It needs the database as Debian's package wordnet-base installs it, and no
// network. The same input gives the same bytes.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"parley/retrieval/lexicon/internal/table"
)

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	dir := flags.String("wordnet", "/usr/share/wordnet", "folder of the WordNet 3.0 database")
	out := flags.String("out", "retrieval/lexicon/data", "folder to write wordnet.bin to")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if err := generate(*dir, *out, stderr); err != nil {
		fmt.Fprintln(stderr, "gen:", err)
		return 1
	}
	return 0
}

func generate(dir, out string, log io.Writer) error {
	w, err := load(dir)
	if err != nil {
		return fmt.Errorf("load wordnet: %w", err)
	}
	w.rename()
	c := compile(w)
	file, err := table.Encode(c)
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "lemmas %d, synsets %d, exceptions %d, bytes %d\n", len(c.Lemmas), len(c.Synsets), len(c.Exceptions), len(file))
	return os.WriteFile(filepath.Join(out, "wordnet.bin"), file, 0o644)
}
