package read

import (
	"context"
	"fmt"
	"io/fs"

	"parley/corpus/read/files"
	"parley/corpus/read/limit"
	"parley/corpus/talks"
)

// Talks reads the built-in articles, five briefs on the Kremlin meeting of
// 2 December 2025, the way Read reads files. They have nothing around their text,
// so cleaning, which compiles large patterns, is left out.
func Talks() (*Reading, error) {
	names, err := fs.Glob(talks.Files(), "*.md")
	if err != nil {
		return nil, fmt.Errorf("list built-in articles: %w", err)
	}
	out := newReading()
	var list []files.File
	var results []result
	for _, name := range names {
		data, err := talks.Files().ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read built-in article: %w", err)
		}
		f := files.File{Path: "talks/" + name, ID: name}
		list = append(list, f)
		results = append(results, (*room)(nil).readData(context.Background(), limit.Limits{}, source{File: f, light: true}, data))
	}
	out.merge(list, results)
	if len(out.Refused) > 0 {
		return out, fmt.Errorf("read built-in articles: %s", out.Refused[0])
	}
	return out, nil
}
