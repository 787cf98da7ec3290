package records

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"parley/corpus/read/body"
	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// ReadCSV reads a table, one article a row, with commas, semicolons, tabs or
// vertical bars between its cells. Its first row names its columns.
func ReadCSV(m *limit.Meter, s string) ([]*document.Document, []document.Note, error) {
	s = strings.TrimPrefix(s, "\uFEFF")
	first := 1
	if head, rest, ok := strings.Cut(s, "\n"); ok && len(head) < len(`"sep=;"`)+2 && strings.Contains(head, "sep=") {
		s, first = rest, 2 // for Excel
	}
	t := &table{reader: newReader(m, s), first: first}
	if err := t.readHeader(); err != nil {
		return nil, nil, err
	}
	if err := t.rows(); err != nil {
		return nil, nil, err
	}
	if err := t.none("rows"); err != nil {
		if len(t.notes) == 0 {
			err = errors.New("has no rows below its header")
		}
		return nil, nil, err
	}
	return t.docs, t.notes, nil
}

// table is a table that is being read.
type table struct {
	*reader
	first  int // number of the first line of the text
	header []string
	comma  rune
	plain  bool // its cells are not quoted
}

// readHeader finds what stands between cells: that with which the first row
// names a column of texts, and then that which makes most columns.
func (t *table) readHeader() error {
	var best []string
	for _, comma := range ",;\t|" {
		row, err := newRows(t.scan.text, comma).Read()
		if err != nil {
			continue
		}
		better := len(row) > len(t.header)
		if namesText(row) != namesText(t.header) {
			better = namesText(row)
		}
		if better {
			t.header, t.comma = slices.Clone(row), comma
		}
		if len(row) > len(best) {
			best = row
		}
	}
	if !namesText(t.header) {
		if len(t.header) == 0 {
			return errors.New("has no header row")
		}
		shown := t.header[:min(len(t.header), shownKeys)]
		for i, cell := range shown {
			shown[i] = quoteStart(strings.TrimSpace(cell))
		}
		return &document.LineError{Line: t.first, Err: fmt.Errorf(
			`has no header row with a column "text", "content" or "body": its first row is %s`, strings.Join(shown, ", "))}
	}
	t.plain = t.comma == '\t' && t.isPlain()
	return nil
}

// namesText reports whether a row names a column of texts.
func namesText(row []string) bool {
	known := make(map[document.Field]bool)
	for _, cell := range row {
		r := roles()[fold(strings.TrimSpace(cell))]
		known[r.field] = true
	}
	return known[textField] || known[summaryField] && known[document.Title]
}

// isPlain reports whether the lines of a table with tabs are its rows: tables
// with tabs do without quotation marks more often than not, and a text that
// begins with one would swallow the rows behind it.
func (t *table) isPlain() bool {
	const looked = 200
	n := 0
	for line := range strings.Lines(t.scan.text) {
		if n++; n > looked {
			break
		}
		if strings.TrimSpace(line) != "" && strings.Count(line, "\t") != len(t.header)-1 {
			return false
		}
	}
	return true
}

func newRows(s string, comma rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	return r
}

// rows reads the rows below the header.
func (t *table) rows() error {
	if t.plain {
		return t.plainRows()
	}
	rows := newRows(t.scan.text, t.comma)
	rows.Read() //nolint:errcheck // the header was read before
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		line := t.first
		if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
			t.records++
			line += wrong.StartLine - 1
			if err := t.refuseRow(line, quoteFault(wrong, t.first)); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		cells := make([]value, len(row))
		for i, cell := range row {
			at, _ := rows.FieldPos(i)
			cells[i] = value{kind: textKind, bare: true, raw: cell, at: t.first + at - 1}
		}
		if err := t.row(cells); err != nil {
			return err
		}
	}
}

// quoteFault says what is wrong with the quotation marks of a row.
func quoteFault(wrong *csv.ParseError, first int) error {
	if line := first + wrong.Line - 1; wrong.Line != wrong.StartLine {
		return fmt.Errorf("has a cell whose quotation mark is not closed, or not alone, in line %d: this row is not read, and those to there are not", line)
	}
	return errors.New(`has a quotation mark inside a cell: a cell with one stands in quotation marks, and its own are doubled`)
}

// plainRows reads the lines of a table whose cells are not quoted.
func (t *table) plainRows() error {
	line := t.first - 1
	header := false
	for raw := range strings.Lines(t.scan.text) {
		line++
		raw = strings.TrimRight(raw, "\r\n")
		if strings.TrimSpace(raw) == "" {
			continue
		}
		if !header {
			header = true
			continue
		}
		parts := strings.Split(raw, "\t")
		cells := make([]value, len(parts))
		for i, cell := range parts {
			if inner := strings.TrimSpace(cell); len(inner) > 1 && inner[0] == '"' && inner[len(inner)-1] == '"' &&
				!strings.Contains(strings.ReplaceAll(inner[1:len(inner)-1], `""`, ""), `"`) {
				cell = strings.ReplaceAll(inner[1:len(inner)-1], `""`, `"`)
			}
			cells[i] = value{kind: textKind, bare: true, raw: cell, at: line}
		}
		if err := t.row(cells); err != nil {
			return err
		}
	}
	return nil
}

// row reads one row.
func (t *table) row(cells []value) error {
	line, size := cells[0].at, 0
	for _, c := range cells {
		size += len(c.raw)
	}
	if err := t.m.Nodes(1); err != nil {
		return err
	}
	for len(cells) > len(t.header) && strings.TrimSpace(cells[len(cells)-1].raw) == "" {
		cells = cells[:len(cells)-1]
	}
	t.records++
	if len(cells) != len(t.header) {
		return t.refuseRow(line, fmt.Errorf("has %d cells, the header has %d", len(cells), len(t.header)))
	}
	if most := t.m.Limits().ArticleBytes; int64(size) > most {
		return t.refuseRow(line, fmt.Errorf("has more than %d bytes, the limit for one article", most))
	}
	rec := &record{m: t.m, line: line, what: "column", lineOf: func(at int) int { return at }}
	for i, c := range cells {
		if err := rec.add(member{strings.TrimSpace(t.header[i]), c}); err != nil {
			return err
		}
	}
	d, err := rec.document()
	if err != nil {
		return t.refuseRow(line, err)
	}
	d.Part = strconv.Itoa(line)
	t.docs = append(t.docs, d)
	return nil
}

func (t *table) refuseRow(line int, err error) error {
	if spent := body.Spent(t.m); spent != nil {
		return spent
	}
	return t.noteLine(line, err.Error())
}
