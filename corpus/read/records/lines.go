package records

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// ReadLines reads lines of JSON, one article each. A line that is none is
// refused alone. Articles that are set in several lines are read, too.
func ReadLines(m *limit.Meter, s string) ([]*document.Document, []document.Note, error) {
	r := newReader(m, s)
	r.lines = true
	if i := r.scan.blank(0); i < len(s) && s[i] == '[' {
		return ReadJSON(m, s)
	}
	for i := 0; i < len(s); {
		end, err := r.nextLine(s, i)
		if err != nil {
			return nil, nil, err
		}
		i = end
	}
	r.scan.text = s
	if r.records == 0 {
		return nil, nil, errors.New("is empty")
	}
	if err := r.none("lines"); err != nil {
		return nil, nil, err
	}
	return r.docs, r.notes, nil
}

// nextLine reads the line that begins at an offset and returns where the next
// one does.
func (r *reader) nextLine(s string, start int) (int, error) {
	end, next := len(s), len(s)
	if n := strings.IndexByte(s[start:], '\n'); n >= 0 {
		end, next = start+n, start+n+1
	}
	r.scan.text = s[:end]
	i := r.scan.blank(start)
	if i >= end {
		return next, nil
	}
	for n := 0; i < end; n++ {
		rec, after, err := r.readLine(i)
		if syntax, ok := errors.AsType[*syntaxError](err); ok && syntax.cut && n == 0 && next < len(s) {
			r.scan.text = s
			if whole, after, err := r.readLine(i); err == nil {
				return after, r.takeLine(whole, i, after, 0)
			}
			r.scan.text = s[:end]
		}
		if err != nil {
			r.records++
			return next, r.refuse(i, err)
		}
		if err := r.takeLine(rec, i, after, n); err != nil {
			return next, err
		}
		if i = r.scan.blank(after); i < end && s[i] == ',' {
			i = r.scan.blank(i + 1)
		}
	}
	return next, nil
}

// readLine scans the record at an offset.
func (r *reader) readLine(i int) (*record, int, error) {
	if r.scan.text[i] != '{' {
		v, end, err := r.scan.value(i, 1)
		if err == nil {
			err = fmt.Errorf("is %s, not an article", v.describe())
		}
		return nil, end, err
	}
	rec := r.record(i)
	end, err := r.scan.members(i, 1, rec.add)
	return rec, end, err
}

// takeLine takes the n-th record of a line, or the articles in it.
func (r *reader) takeLine(rec *record, i, end, n int) error {
	before := len(r.docs)
	if err := r.object(rec, i, end); err != nil {
		return err
	}
	for j, d := range r.docs[before:] {
		d.Part = strconv.Itoa(d.Line)
		if n+j > 0 {
			d.Part = fmt.Sprintf("%d.%d", d.Line, n+j+1)
		}
	}
	return nil
}
