package pdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

func meter() *limit.Meter {
	return limit.New(context.Background(), limit.Limits{Time: time.Minute}) // for machines that do much else
}

// read is what a reading gives, a line for each block and drop.
func read(t *testing.T, data []byte) (*document.Document, string) {
	t.Helper()
	d, err := Read(meter(), data)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, bl := range d.Blocks {
		b.WriteString([]string{"", "# ", "* ", "| "}[bl.Kind] + bl.Text + "\n")
	}
	for _, dr := range d.Dropped {
		b.WriteString("~ " + dr.Reason + ": " + dr.Text + "\n")
	}
	return d, b.String()
}

func TestRead(t *testing.T) {
	t.Parallel()
	left := []string{"The ferry of Lowford sails at noon, and it", "carries salt and wool from the hills to the", "coast. Nobody in the town remembers a", "day without it, and the keeper of the locks", "says that it never sailed late before."}
	right := []string{"The bridge at Millbrook opens in May next", "year, after three years of work. It cost the", "county five million crowns, which is twice", "what the council had agreed to pay at the", "beginning, in the spring of that year."}
	columns := new(builder).page().text(150, 750, 20, "F2", "The ferry and the bridge").lines(50, 700, 10, left...).lines(310, 700, 10, right...)
	interleaved := new(builder).page()
	for i := range left {
		y := 700 - 12*float64(i)
		interleaved.text(50, y, 10, "F1", left[i]).text(310, y, 10, "F1", right[i])
	}
	heads := new(builder)
	for i, s := range []string{"The first page tells of the ferry.", "The second page tells of the bridge.", "The third page tells of the locks."} {
		heads.page().text(50, 770, 9, "F1", "Report of the county, 2025").text(50, 600, 11, "F1", s).text(300, 30, 9, "F1", "Page "+string(rune('1'+i))+" of 3")
	}
	for _, tt := range []struct {
		name string
		file *builder
		want string
	}{
		{"columns", columns, "# The ferry and the bridge\n" + strings.Join(left, " ") + "\n" + strings.Join(right, " ") + "\n"},
		{"columns, line by line", interleaved, strings.Join(left, " ") + "\n" + strings.Join(right, " ") + "\n"},
		{
			"hyphens", new(builder).page().lines(50, 700, 10, "The ferry carries salt and wool from the hill-", "sides, and a well-known poet travelled with the well-", "known keeper. It was on time."),
			"The ferry carries salt and wool from the hillsides, and a well-known poet travelled with the well-known keeper. It was on time.\n",
		},
		{
			"paragraphs by space", new(builder).page().lines(50, 700, 10, "The ferry sails at noon and carries salt to the", "coast of the county, and on some other days wool and wood.").lines(50, 660, 10, "The bridge is closed and will not be opened this", "year or the next."),
			"The ferry sails at noon and carries salt to the coast of the county, and on some other days wool and wood.\nThe bridge is closed and will not be opened this year or the next.\n",
		},
		{
			"paragraphs by indent", new(builder).page().text(65, 700, 10, "F1", "The ferry sails at noon and carries salt to").lines(50, 688, 10, "the coast of the county, as it always did.").text(65, 676, 10, "F1", "The bridge is closed and will not be opened").lines(50, 664, 10, "before the end of the year, says the mayor."),
			"The ferry sails at noon and carries salt to the coast of the county, as it always did.\nThe bridge is closed and will not be opened before the end of the year, says the mayor.\n",
		},
		{"heading", new(builder).page().text(50, 700, 10, "F2", "A new bridge").lines(50, 688, 10, "The bridge at Millbrook opens in May, and the", "mayor will be there."), "# A new bridge\nThe bridge at Millbrook opens in May, and the mayor will be there.\n"},
		{"list", new(builder).page().lines(50, 700, 10, "The crew:", "\x95 Ada Marsh, master of the ferry, who came from the", "  hills in the north", "\x95 Tom Reed, mate"), "The crew:\n* Ada Marsh, master of the ferry, who came from the hills in the north\n* Tom Reed, mate\n"},
		{
			"table", new(builder).page().text(50, 700, 10, "F1", "Year").text(150, 700, 10, "F1", "Guests").text(50, 688, 10, "F1", "2024").text(150, 688, 10, "F1", "5,100").text(50, 676, 10, "F1", "2025").text(150, 676, 10, "F1", "6,200"),
			"| Year | Guests\n| 2024 | 5,100\n| 2025 | 6,200\n",
		},
		{
			"raised", new(builder).page().text(50, 700, 10, "F1", "It cost 10").text(94.5, 704, 6, "F1", "6").text(98.3, 700, 10, "F1", " crowns, says the keeper.").text(205, 704, 6, "F1", "3"),
			"It cost 10^6 crowns, says the keeper.\n~ footnote mark: 3\n",
		},
		{
			"footnote", new(builder).page().lines(50, 700, 10, "The ferry sails at noon and carries salt to the", "coast of the county, as it always did.").text(50, 100, 5, "F1", "1").text(53, 97, 8, "F1", "As the keeper told it.").text(50, 85, 5, "F1", "2").text(53, 82, 8, "F1", "In the spring."),
			"The ferry sails at noon and carries salt to the coast of the county, as it always did.\n~ footnote: 1As the keeper told it.\n~ footnote: 2In the spring.\n",
		},
		{"running heads", heads, "The first page tells of the ferry.\nThe second page tells of the bridge.\nThe third page tells of the locks.\n~ running head: Report of the county, 2025\n~ page number: Page 1 of 3\n"},
		{"over pages", new(builder).page().lines(50, 100, 10, "The ferry sails at noon and carries salt to the").page().lines(50, 700, 10, "coast of the county."), "The ferry sails at noon and carries salt to the coast of the county.\n"},
		{"sideways", new(builder).page().text(50, 700, 10, "F1", "The ferry sails at noon.").set("0 1 -1 0 20 300", 10, "F1", "Stamp of 2025"), "The ferry sails at noon.\n~ text set sideways: Stamp of 2025\n"},
		{"turned page", &builder{turn: 90, pages: []string{"BT /F1 10 Tf 0 1 -1 0 100 100 Tm (The ferry sails at noon and carries) Tj ET BT /F1 10 Tf 0 1 -1 0 112 100 Tm (salt to the coast.) Tj ET"}}, "The ferry sails at noon and carries salt to the coast.\n"},
		{"initial", new(builder).page().text(50, 676, 40, "F1", "T").lines(76, 700, 10, "he ferry sails at noon and carries", "salt from the hills to the coast.").lines(50, 676, 10, "Nobody knows when it will stop."), "The ferry sails at noon and carries salt from the hills to the coast. Nobody knows when it will stop.\n"},
		{"contents", new(builder).page().lines(50, 700, 10, "The ferry . . . . . . . . . . 3", "The bridge ................ 12"), "~ table of contents: The ferry . . . . . . . . . . 3\n~ table of contents: The bridge ................ 12\n"},
		{"typewriter", new(builder).page().text(50, 700, 10, "F3", "It sails at 1:05 p.m., i.e. soon."), "It sails at 1:05 p.m., i.e. soon.\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, got := read(t, tt.file.bytes()); got != tt.want {
				t.Errorf("Read gives\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestStatements(t *testing.T) {
	t.Parallel()
	b := &builder{info: "/Title(The ferry of Lowford)/Author(Ada Marsh)/CreationDate(D:20250506101500+02'00')/ModDate(D:20250507)"}
	b.page().text(50, 750, 24, "F2", "The ferry").lines(50, 700, 10, "It sails at noon and carries salt to the coast of the county.", "Nobody remembers a day without it.")
	d, _ := read(t, b.bytes())
	got := ""
	for _, s := range d.Statements {
		got += string(s.Field) + " " + s.Value + " (" + s.From + ")\n"
	}
	const want = "title The ferry of Lowford (PDF property Title)\nauthor Ada Marsh (PDF property Author)\npublished 2025-05-06T10:15:00+02:00 (PDF property CreationDate, when the file was made)\nupdated 2025-05-07 (PDF property ModDate)\ntitle The ferry (largest line of the first page)\n"
	if got != want {
		t.Errorf("statements\n%s\nwant\n%s", got, want)
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	locked, err := os.ReadFile("testdata/locked.pdf")
	if err != nil {
		t.Fatal(err)
	}
	picture := new(builder).page().raw("q 100 0 0 100 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q").bytes()
	whole := new(builder).page().text(50, 700, 10, "F1", "The ferry").bytes()
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"password", locked, "is protected with a password: save a copy without it"},
		{"scanned", picture, "has no text, only pictures: it would need OCR"},
		{"blank", new(builder).page().bytes(), "has no text, its pages are empty"},
		{"another format", []byte("The ferry sails at noon."), "is not a PDF file"},
		{"cut off", whole[:300], "is damaged, PDFium cannot read it: 3: incorrect format"},
	} {
		_, err := Read(meter(), tt.data)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
	some := new(builder).page().text(50, 700, 10, "F1", "The ferry sails at noon.").page().raw("q 100 0 0 100 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q").bytes()
	if d, _ := read(t, some); len(d.Warnings) != 1 || d.Warnings[0].Reason != "its page 2 has no text, only a picture: it would need OCR" {
		t.Errorf("a page without text: warnings %v", d.Warnings)
	}
}

// TestBounds has files that would take minutes or much memory.
func TestBounds(t *testing.T) {
	t.Parallel()
	if _, err := start(); err != nil {
		t.Fatal(err)
	}
	busy := new(builder).page().raw(strings.Repeat("BT /F1 10 Tf 1 0 0 1 50 50 Tm (x) Tj ET\n", 100_000)).bytes()
	short := limit.New(context.Background(), limit.Limits{Time: 300 * time.Millisecond})
	begin := time.Now()
	if _, err := Read(short, busy); !errors.Is(err, limit.ErrLimit) {
		t.Errorf("a page of 100,000 texts: %v, want %v", err, limit.ErrLimit)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(300*time.Millisecond, cancel)
	if _, err := Read(limit.New(ctx, limit.Limits{Time: time.Minute}), busy); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v, want %v", err, context.Canceled)
	}
	if _, err := Read(meter(), nested()); !errors.Is(err, limit.ErrLimit) {
		t.Errorf("forms in forms: %v, want %v", err, limit.ErrLimit)
	}
	many := new(builder)
	for range 3000 {
		many.page().text(50, 700, 10, "F1", "x")
	}
	if _, err := Read(limit.New(context.Background(), limit.Limits{Nodes: 1000, Time: time.Minute}), many.bytes()); !errors.Is(err, limit.ErrLimit) {
		t.Errorf("3,000 pages: %v, want %v", err, limit.ErrLimit)
	}
	if d := time.Since(begin); d > 30*time.Second {
		t.Errorf("took %s", d)
	}
	if _, got := read(t, new(builder).page().text(50, 700, 10, "F1", "The next file is read.").bytes()); got != "The next file is read.\n" {
		t.Errorf("after them: %q", got)
	}
	runtime.GC()
}

// TestStops has a page that PDFium reads in one long call: that is broken off.
func TestStops(t *testing.T) {
	t.Parallel()
	long := new(builder).page().raw(strings.Repeat("q Q\n", 1_500_000)).bytes()
	begin := time.Now()
	if _, err := Read(meter(), long); err == nil || errors.Is(err, limit.ErrLimit) {
		t.Fatalf("with time: %v, want another error", err)
	}
	whole := time.Since(begin)
	begin = time.Now()
	if _, err := Read(limit.New(context.Background(), limit.Limits{Time: whole / 10}), long); !errors.Is(err, limit.ErrLimit) {
		t.Errorf("without time: %v, want %v", err, limit.ErrLimit)
	}
	if took := time.Since(begin); took > whole/2 {
		t.Errorf("took %s of %s", took, whole)
	}
}

// nested is a file of a page that draws a form ten times, which draws another ten
// times, and so on: it needs more memory than there is.
func nested() []byte {
	b := new(builder).page()
	const depth = 12
	for i := range depth {
		uses := "BT /F1 10 Tf 50 50 Td (x) Tj ET"
		if i+1 < depth {
			uses = strings.Repeat("/X Do ", 10)
		}
		b.forms = append(b.forms, uses)
	}
	return b.raw("/X Do").bytes()
}

func FuzzRead(f *testing.F) {
	f.Add(new(builder).page().lines(50, 700, 10, "The ferry sails", "at noon.").page().text(50, 30, 9, "F2", "2").bytes())
	f.Add(new(builder).page().text(50, 700, 10, "F1", "Year").text(150, 700, 10, "F1", "Guests").text(50, 688, 10, "F1", "2024").text(150, 688, 10, "F1", "5,100").bytes())
	f.Add((&builder{turn: 90, info: "/Title(x)"}).page().set("0 1 -1 0 100 100", 10, "F1", "Sideways").bytes())
	f.Add(bytes.Replace(new(builder).page().text(1e9, -1e9, 1e-9, "F1", "\xA8\xFF").bytes(), []byte("WinAnsi"), []byte("MacRoman"), 3))
	if _, err := start(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var d *document.Document
		var err error
		readtest.Timed(t, data, func() { d, err = Read(limit.New(context.Background(), limit.Limits{Time: time.Second}), data) })
		if err != nil {
			return
		}
		for _, b := range d.Blocks {
			if !utf8.ValidString(b.Text) || b.Text != document.Normalise(b.Text) || b.Text != document.Squeeze(b.Text) || b.Text == "" {
				t.Errorf("block %q is not normalised", b.Text)
			}
		}
	})
}
