package properties

import (
	"reflect"
	"testing"

	"parley/corpus/read/document"
)

func TestAdd(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field document.Field
		value string
		want  []string
	}{
		{document.Title, " The  Ferry\nof Lowford ", []string{"The Ferry of Lowford"}},
		{document.Title, "Microsoft Word - ferry final.doc", nil},
		{document.Title, "Ferry_v3_FINAL.indd", nil},
		{document.Title, "Document1", nil},
		{document.Title, "untitled", nil},
		{document.Title, `C:\Users\x\ferry`, nil},
		{document.Title, "Document of a journey", []string{"Document of a journey"}},
		{document.Title, "Printing in Lowford", []string{"Printing in Lowford"}},
		{document.Author, "Ada Marsh; Tom Reed", []string{"Ada Marsh", "Tom Reed"}},
		{document.Author, "Microsoft Office User", nil},
		{document.Author, "python-docx", nil},
		{document.Author, "e516160", nil},
		{document.Title, "10811.exe", nil},
		{document.Author, "Ada User", []string{"Ada User"}},
		{document.Published, "2013-12-23T23:15:00Z", nil},
		{document.Published, "2025-05-06T10:00:00Z", []string{"2025-05-06T10:00:00Z"}},
		{document.Publisher, "", nil},
	} {
		var l List
		l.Add(tt.field, tt.value, "here")
		var got []string
		rank := document.Declared
		if tt.field == document.Published {
			rank = document.Implied
		}
		for _, s := range l.All {
			got = append(got, s.Value)
			if s.Field != tt.field || s.From != "here" || s.Rank != rank {
				t.Errorf("Add(%q) = %+v", tt.value, s)
			}
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Add(%s, %q) = %q, want %q", tt.field, tt.value, got, tt.want)
		}
	}
}

// TestMade guards that a file that was made at one go says nothing of when its text
// was published: Pandoc, browsers and TeX write the time they ran.
func TestMade(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		created, changed string
		alone            bool
		want             string
	}{
		{"2025-05-06T10:00:00Z", "2025-05-06T10:00:00Z", true, ""},
		{"2025-05-06T12:00:00+02:00", "2025-05-06T10:00:40Z", true, ""},
		{"2025-05-06T10:00:00Z", "2025-05-06T10:31:00Z", false, "2025-05-06T10:00:00Z (created, when the file was made) 2025-05-06T10:31:00Z (changed) "},
		{"2025-05-06T10:00:00Z", "2025-05-04T10:31:00Z", true, ""},
		{"2025-05-06T10:00:00Z", "", true, "2025-05-06T10:00:00Z (created, when the file was made) "},
		{"2025-05-06T10:00:00Z", "", false, ""},
		{"2013-12-23T23:15:00Z", "2025-05-06T10:31:00Z", true, "2025-05-06T10:31:00Z (changed) "},
		{"soon", "", true, ""},
	} {
		var m Made
		m.Note(document.Published, tt.created, "created")
		m.Note(document.Updated, tt.changed, "changed")
		got := ""
		for _, s := range m.Statements(tt.alone) {
			got += s.Value + " (" + s.From + ") "
		}
		if got != tt.want {
			t.Errorf("%s, %s: got %q, want %q", tt.created, tt.changed, got, tt.want)
		}
	}
}
