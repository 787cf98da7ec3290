package read

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"time"

	"parley/corpus/read/decode"
	"parley/corpus/read/files"
	"parley/corpus/read/metadata"
)

// beside is what reading depends on beside the files, at a time.
func (o Options) beside(now time.Time) files.Beside {
	return files.Beside{
		Salt: fmt.Sprintf("%+v %d %d", o.Limits, o.Files, o.Bytes),
		Mark: func(path string, data []byte) string { return due(path, data, now) },
	}
}

// The front matter that is looked through for days to come, in bytes and lines: the
// longest have lists of links and stay under it.
const (
	frontBytes = 64 << 10
	frontLines = 400
)

// due are the days to come that the front matter of a file names. An article that was
// left out because its day had not come is read on that day, although its file has
// not changed.
func due(path string, data []byte, now time.Time) string {
	head := data[:min(len(data), frontBytes)]
	if kind := decode.Sniff(head, path); kind.Format == decode.Gzip {
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return ""
		}
		head, _ = io.ReadAll(io.LimitReader(r, frontBytes)) // what there is of it
		path = decode.Unzipped(path)
	}
	if decode.Sniff(head, path).Format != decode.Markdown {
		return ""
	}
	var out strings.Builder
	n := 0
	for line := range strings.Lines(strings.ReplaceAll(string(head), "\r", "\n")) {
		if n++; n > frontLines {
			break
		}
		i := strings.IndexAny(line, ":=")
		if i < 0 {
			continue
		}
		if day := metadata.ToCome(strings.Trim(line[i+1:], " \t\n\"',"), now); day != "" {
			out.WriteString(line)
		}
	}
	return out.String()
}
