package readtest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"parley/corpus/read/document"
)

// ErrNoTool is the error of a [Tool] that is not installed.
var ErrNoTool = errors.New("tool is not installed")

// Tool is another program that writes files.
type Tool struct {
	Name    string
	Ext     string
	Columns int    // of its pages
	Source  string // name of what is written for it
	Program string
	Args    []string // "%" stands for the name of the source without extension
	write   func(Text) string
}

// Tools write the files of data/made, and those of all articles where they are
// installed. Chromium wants a home of its own; LibreOffice takes seconds to start.
func Tools() []Tool {
	page := func(t Text) string { b, _ := writePlainHTML(t); return string(b) }
	office := func(ext string) []string {
		return []string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(os.TempDir(), "readtest-office")), "--infilter=HTML (StarWriter)", "--convert-to", ext, "%.html"}
	}
	chrome := []string{"--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=%.pdf", "%.html"}
	return []Tool{
		{"chromium", ".pdf", 1, ".html", "chromium", chrome, func(t Text) string { return printed(t, 1) }},
		{"chromium-columns", ".pdf", 2, ".html", "chromium", chrome, func(t Text) string { return printed(t, 2) }},
		{"libreoffice", ".pdf", 1, ".html", "soffice", office("pdf"), page},
		{"latex", ".pdf", 2, ".tex", "pdflatex", []string{"-interaction=nonstopmode", "-halt-on-error", "%.tex"}, latex},
		{"groff", ".pdf", 2, ".ms", "sh", []string{"-c", "groff -k -Tpdf -ms '%.ms' > '%.pdf'"}, groff},
		{"libreoffice", ".docx", 1, ".html", "soffice", office("docx:MS Word 2007 XML"), page},
		{"libreoffice", ".odt", 1, ".html", "soffice", office("odt"), page},
		{"libreoffice", ".epub", 1, ".html", "soffice", office("epub"), page},
		{"pandoc", ".docx", 1, ".html", "pandoc", []string{"%.html", "-o", "%.docx"}, page},
		{"pandoc", ".odt", 1, ".html", "pandoc", []string{"%.html", "-o", "%.odt"}, page},
		{"pandoc", ".epub", 1, ".html", "pandoc", []string{"%.html", "-o", "%.epub"}, page},
	}
}

// Make has the tool write an article, in an empty folder.
func (t Tool) Make(ctx context.Context, dir string, a Text) ([]byte, error) {
	program := t.Program
	if program == "sh" {
		program = t.Name
	}
	if _, err := exec.LookPath(program); err != nil {
		return nil, fmt.Errorf("%s: %w", program, ErrNoTool)
	}
	if err := os.WriteFile(filepath.Join(dir, a.Name+t.Source), []byte(t.write(a)), 0o600); err != nil {
		return nil, err
	}
	var args []string
	for _, arg := range t.Args {
		args = append(args, strings.ReplaceAll(arg, "%", a.Name))
	}
	runs := 1
	if t.Source == ".tex" {
		runs = 2
	}
	for range runs {
		cmd := exec.CommandContext(ctx, t.Program, args...) //nolint:gosec // programs and arguments of the list above
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s of %s: %w: %.600s", t.Name, a.Name, err, out[max(0, len(out)-600):])
		}
	}
	return os.ReadFile(filepath.Join(dir, a.Name+t.Ext))
}

// Writes reports whether a tool can write an article: LaTeX and groff have the
// letters and the hyphenation of English alone here.
func (t Tool) Writes(a Text) bool {
	if t.Name != "latex" && t.Name != "groff" {
		return true
	}
	if t.Name == "groff" && strings.ContainsFunc(a.all(), func(r rune) bool { return r > 0xFF && !strings.ContainsRune("–—“”‘’…−", r) }) {
		return false
	}
	return a.Lang == "en" && !strings.ContainsFunc(a.all(), func(r rune) bool { return r > 0x17F && !strings.ContainsRune("–—“”‘’„…−€", r) })
}

func (t Text) all() string {
	var s strings.Builder
	s.WriteString(t.Title)
	for _, b := range t.Blocks {
		s.WriteString("\n" + b.Text)
	}
	return s.String()
}

// Printed is what is right to read from a PDF of the article, which has no
// borders of cells. Its by-line may be in the text, heads and numbers of pages not.
func (t Text) Printed() []Want {
	ws := t.Want()
	for i, b := range t.Blocks {
		if b.Kind == document.Row {
			ws[i].Text = fmt.Sprintf("{%s~%s~%s}", b.Text, strings.ReplaceAll(b.Text, " | ", " "), strings.ReplaceAll(b.Text, " | ", " ¶ "))
		}
	}
	if len(t.Authors) > 0 {
		ws = append(ws, Want{Text: fmt.Sprintf("{%s~%s}", strings.Join(t.Authors, " and "), strings.Join(t.Authors, ", ")), May: true})
	}
	return ws
}

// Made is a file that a tool has written of an article.
type Made struct {
	File    string
	Ext     string
	Article Text
	Data    []byte
}

// MadeFiles are the files of data/made.
func MadeFiles() ([]Made, error) {
	files, err := fs.Sub(data, "data/made")
	if err != nil {
		return nil, err
	}
	return MadeIn(files)
}

// MadeIn are the files of a folder that are named article.tool.ext.
func MadeIn(folder fs.FS) ([]Made, error) {
	all, err := Articles()
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(folder, "*")
	if err != nil {
		return nil, err
	}
	var files []Made
	for _, name := range names {
		b, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if strings.HasPrefix(name, a.Name+".") {
				files = append(files, Made{name, path.Ext(name), a, b})
			}
		}
	}
	return files, nil
}
