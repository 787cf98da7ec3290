package records

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// ReadCSV reads a table, one article a row, with commas, semicolons, tabs or
// vertical bars between its cells. Its first row names its columns. The
// library's reader takes a quotation mark that is not closed to the end of the
// file: this one refuses that row, and goes on in the next line.
func ReadCSV(m *limit.Meter, s string) ([]*document.Document, []document.Note, error) {
	t := &table{reader: newReader(m, s)}
	if err := t.read(); err != nil {
		return nil, nil, err
	}
	return t.docs, t.notes, nil
}

// table is a table that is being read.
type table struct {
	*reader
	header []string
	comma  byte
	plain  bool // its cells are not quoted
}

func (t *table) read() error {
	s := t.scan.text
	i := t.scan.blank(0)
	if i == len(s) {
		return errors.New("is empty")
	}
	i = strings.LastIndexByte(s[:i], '\n') + 1 // a column without a name may come first
	if strings.HasPrefix(s[i:], "\uFEFF") {
		i += len("\uFEFF")
	}
	if first, _, ok := strings.Cut(s[i:], "\n"); ok && len(first) < len(`"sep=;"`)+2 && strings.Contains(first, "sep=") {
		i += len(first) + 1 // for a spreadsheet
	}
	i, err := t.readHeader(i)
	if err != nil {
		return err
	}
	for i < len(s) {
		if i, err = t.row(i); err != nil {
			return err
		}
	}
	if len(t.docs) == 0 && len(t.notes) == 0 {
		return errors.New("has no rows below its header")
	}
	return t.none("rows")
}

// readHeader finds what stands between cells: that with which the first row
// names a column of texts, and then that which makes most columns. It returns
// the end of the row.
func (t *table) readHeader(i int) (int, error) {
	best := byte(0)
	var wrong error
	for _, comma := range []byte(",;\t|") {
		t.comma = comma
		cells, _, err := t.cells(i)
		if err != nil {
			if !errors.Is(wrong, errWide) {
				wrong = err
			}
			continue
		}
		row := make([]string, len(cells))
		for j, c := range cells {
			row[j] = strings.TrimSpace(c.raw)
		}
		better := len(row) > len(t.header)
		if now, before := t.namesText(row), t.namesText(t.header); now != before {
			better = now
		}
		if better {
			t.header, best = row, comma
		}
	}
	if len(t.header) == 0 || errors.Is(wrong, errWide) && !t.namesText(t.header) {
		return i, &document.LineError{Line: t.line(i), Err: wrong}
	}
	if !t.namesText(t.header) {
		shown := slices.Clone(t.header[:min(len(t.header), shownKeys)])
		for i, cell := range shown {
			shown[i] = quoteStart(cell)
		}
		return i, &document.LineError{Line: t.line(i), Err: fmt.Errorf(
			`has no header row with a column "text", "content" or "body": its first row is %s`, strings.Join(shown, ", "))}
	}
	t.comma = best
	_, end, err := t.cells(i)
	t.plain = t.comma == '\t' && t.isPlain(i)
	return end, err
}

// namesText reports whether a row names a column of texts.
func (t *table) namesText(row []string) bool {
	const longestName = 100 // bytes
	known := make(map[document.Field]bool)
	for _, cell := range row {
		if len(cell) <= longestName {
			known[t.roles.named(fold(strings.TrimSpace(cell))).field] = true
		}
	}
	return known[textField] || known[summaryField] && known[document.Title]
}

// isPlain reports whether the lines of a table with tabs are its rows: tables
// with tabs do without quotation marks more often than not, and a text that
// begins with one would swallow the rows behind it.
func (t *table) isPlain(i int) bool {
	const looked = 200
	n := 0
	for line := range strings.Lines(t.scan.text[i:]) {
		if n++; n > looked {
			break
		}
		if strings.TrimSpace(line) != "" && strings.Count(line, "\t") != len(t.header)-1 {
			return false
		}
	}
	return true
}

// row reads the row at an offset and returns where the next one begins.
func (t *table) row(i int) (int, error) {
	if err := t.m.Nodes(1); err != nil {
		return i, err
	}
	cells, end, err := t.cells(i)
	if err == nil && len(cells) == 1 && strings.TrimSpace(cells[0].raw) == "" {
		return end, nil
	}
	t.records++
	if err == nil {
		err = t.article(i, end, cells)
	}
	if err != nil {
		return end, t.refuse(i, err)
	}
	return end, nil
}

// article makes the article of a row.
func (t *table) article(i, end int, cells []value) error {
	for len(cells) > len(t.header) && strings.TrimSpace(cells[len(cells)-1].raw) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(t.header) {
		return fmt.Errorf("has %s, the header has %d", counted(len(cells), "cell"), len(t.header))
	}
	if most := t.m.Limits().ArticleBytes; int64(end-i) > most {
		return fmt.Errorf("has more than %d bytes, the limit for one article", most)
	}
	rec := &record{m: t.m, roles: t.roles, line: cells[0].at, what: "column", lineOf: func(at int) int { return at }}
	for i, c := range cells {
		if err := rec.add(member{t.header[i], c}); err != nil {
			return err
		}
	}
	d, err := rec.document()
	if err != nil {
		return err
	}
	d.Part = strconv.Itoa(d.Line)
	t.docs = append(t.docs, d)
	return nil
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// maxColumns bounds the cells of a row: the widest tables of articles have some
// dozens.
const maxColumns = 1 << 12

var errWide = fmt.Errorf("has more than %d cells", maxColumns)

// cells reads the cells of the row at an offset and finds its end. Of a row that
// is none the end is that of its first line.
func (t *table) cells(i int) ([]value, int, error) {
	s := t.scan.text
	next := len(s)
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		next = i + n + 1
	}
	line := t.line(i)
	var out []value
	for {
		c := value{kind: textKind, bare: true, at: line}
		var err error
		if c.raw, i, err = t.cell(i); err != nil {
			return nil, next, err
		}
		line += strings.Count(c.raw, "\n")
		if out = append(out, c); len(out) > maxColumns {
			return nil, next, errWide
		}
		if i == len(s) {
			return out, i, nil
		}
		if i++; s[i-1] == '\n' {
			return out, i, nil
		}
	}
}

// cell reads the cell at an offset and returns the offset of the comma or line
// end behind it.
func (t *table) cell(i int) (string, int, error) {
	s := t.scan.text
	ends := string([]byte{t.comma, '\n'})
	if i == len(s) || s[i] != '"' || t.plain {
		end := len(s)
		if n := strings.IndexAny(s[i:], ends); n >= 0 {
			end = i + n
		}
		cell := strings.TrimSuffix(s[i:end], "\r")
		if t.plain {
			cell = unquote(cell)
		}
		return cell, end, nil
	}
	most := int(min(t.m.Limits().ArticleBytes, int64(len(s)))) // what is longer is no article
	at := i + 1
	for {
		n := strings.IndexByte(s[at:max(at, min(len(s), i+2+most))], '"')
		if n < 0 {
			return "", i, t.open(i, at, most)
		}
		if at += n + 1; at == len(s) || s[at] != '"' {
			break
		}
		at++
	}
	cell := s[i+1 : at-1]
	if strings.Contains(cell, `""`) {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	for at < len(s) && (s[at] == ' ' || s[at] == '\r') {
		at++
	}
	if at < len(s) && strings.IndexByte(ends, s[at]) < 0 {
		return "", i, fmt.Errorf("has the cell %s with a quotation mark in it that is not doubled, or not closed", quoteStart(s[i:]))
	}
	return cell, at, t.m.Clock()
}

// open says that a cell has no end.
func (t *table) open(i, at, most int) error {
	if len(t.scan.text)-at > most {
		return fmt.Errorf("has more than %d bytes, the limit for one article", most)
	}
	return fmt.Errorf("has the cell %s with a quotation mark that is not closed", quoteStart(t.scan.text[i:]))
}

// unquote takes the quotation marks off a cell that stands in them as a whole.
func unquote(cell string) string {
	inner := strings.TrimSpace(cell)
	if len(inner) < 2 || inner[0] != '"' || inner[len(inner)-1] != '"' {
		return cell
	}
	inner = inner[1 : len(inner)-1]
	if strings.Contains(strings.ReplaceAll(inner, `""`, ""), `"`) {
		return cell
	}
	return strings.ReplaceAll(inner, `""`, `"`)
}
