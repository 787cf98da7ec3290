package read

import (
	"os"
	"path/filepath"
	"strings"
)

// file is a file to read.
type file struct {
	path   string
	id     string // of an article that does not state one
	format format
	light  bool // nothing stands around its text
}

// format is a file format of articles, by file name.
type format string

const (
	formatText     format = ".txt"
	formatMarkdown format = ".md"
	formatHTML     format = ".html"
	formatJSONL    format = ".jsonl"
)

// formatOf returns the format of a file name, or "".
func formatOf(name string) format {
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".txt", ".text":
		return formatText
	case ".md", ".markdown":
		return formatMarkdown
	case ".html", ".htm", ".xhtml":
		return formatHTML
	case ".jsonl", ".ndjson":
		return formatJSONL
	}
	return ""
}

// findFiles lists the files under paths. Hidden files and folders are left out,
// files of other formats go to out.Ignored.
func findFiles(paths []string, out *Reading) []file {
	var files []file
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			out.Refused = append(out.Refused, Refusal{Path: path, Reason: cause(err) + ": name a folder or file of articles"})
		case info.IsDir():
			w := walker{root: path, visited: make(map[string]bool), out: out}
			w.walk(path)
			files = append(files, w.files...)
		case formatOf(path) == "":
			out.Refused = append(out.Refused, Refusal{Path: path, Reason: "is not a .txt, .md, .html or .jsonl file"})
		default:
			files = append(files, file{path: path, id: filepath.Base(path), format: formatOf(path)})
		}
	}
	return files
}

// walker lists one folder's files, following links to folders once.
type walker struct {
	root    string
	visited map[string]bool // real paths of folders
	out     *Reading
	files   []file
}

func (w *walker) walk(dir string) {
	target, err := filepath.EvalSymlinks(dir)
	if err == nil && w.visited[target] {
		return
	}
	w.visited[target] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.out.Refused = append(w.out.Refused, Refusal{Path: dir, Reason: cause(err)})
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		isDir := e.IsDir()
		if e.Type()&os.ModeSymlink != 0 {
			info, err := os.Stat(path)
			if err != nil {
				w.out.Refused = append(w.out.Refused, Refusal{Path: path, Reason: "is a link to nothing"})
				continue
			}
			isDir = info.IsDir()
		}
		switch f := formatOf(e.Name()); {
		case isDir:
			w.walk(path)
		case f == "":
			w.out.Ignored = append(w.out.Ignored, path)
		default:
			id, err := filepath.Rel(w.root, path)
			if err != nil {
				id = e.Name()
			}
			w.files = append(w.files, file{path: path, id: filepath.ToSlash(id), format: f})
		}
	}
}
