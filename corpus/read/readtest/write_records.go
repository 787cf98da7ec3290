package readtest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
)

// record is an article as parley's own records have it.
type record struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher,omitempty"`
	Author    string `json:"author,omitempty"`
	Date      string `json:"date"`
	Place     string `json:"place,omitempty"`
	URL       string `json:"url"`
	Text      string `json:"text"`
}

func newRecord(t Text) record {
	return record{t.Name, t.Title, t.Publisher, strings.Join(t.Authors, ", "), t.Date, t.Place, t.URL, plainBody(t, 0, false)}
}

func writeJSON(t Text) ([]byte, error) { return json.MarshalIndent(newRecord(t), "", "\t") }

// writeJSONArray has the keys that scrapers write: lists of authors, times, HTML.
func writeJSONArray(ts []Text) ([]byte, error) {
	type name struct {
		Name string `json:"name"`
	}
	type scraped struct {
		Title     string   `json:"title"`
		Authors   []string `json:"authors"`
		Publisher name     `json:"publisher"`
		Published string   `json:"date_published"`
		URL       string   `json:"url"`
		Text      string   `json:"text"`
		Keywords  []string `json:"keywords"`
	}
	var all []scraped
	for _, t := range ts {
		all = append(all, scraped{t.Title, t.Authors, name{t.Publisher}, t.Date + "T23:15:00-05:00", t.URL, plainBody(t, 0, false), []string{"news"}})
	}
	return json.Marshal(all)
}

func writeJSONL(ts []Text) ([]byte, error) {
	var b bytes.Buffer
	for _, t := range ts {
		line, err := json.Marshal(newRecord(t))
		if err != nil {
			return nil, err
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes(), nil
}

func writeJSONFeed(ts []Text) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		HTML      string   `json:"content_html,omitempty"`
		Text      string   `json:"content_text,omitempty"`
		Summary   string   `json:"summary"`
		Published string   `json:"date_published"`
		Authors   []author `json:"authors,omitempty"`
	}
	feed := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", "My reading list", "https://reader.example/", nil}
	for i, t := range ts {
		it := item{ID: t.URL, URL: t.URL, Title: t.Title, Summary: split(t.Blocks[0].Text)[0], Published: t.Date + "T09:00:00Z"}
		for _, a := range t.Authors {
			it.Authors = append(it.Authors, author{a})
		}
		if it.HTML = fragmentHTML(t); i%3 == 2 {
			it.HTML, it.Text = "", plainBody(t, 0, false)
		}
		feed.Items = append(feed.Items, it)
	}
	return json.MarshalIndent(feed, "", "  ")
}

func writeCSV(ts []Text) ([]byte, error) {
	return separated(ts, ',', []string{"id", "title", "publisher", "author", "date", "place", "url", "text"})
}

// writeTSV is CSV as spreadsheets save it: tabs, line ends of Windows, capitals
// in the names of columns, and a column that nobody needs.
func writeTSV(ts []Text) ([]byte, error) {
	out, err := separated(ts, '\t', []string{"ID", "Title", "Publisher", "Author", "Date", "Rating", "URL", "Text"})
	return append([]byte("\ufeff"), bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))...), err
}

func separated(ts []Text, comma rune, head []string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	rows := [][]string{head}
	for _, t := range ts {
		r := newRecord(t)
		if comma == '\t' {
			r.Place = "5"
		}
		rows = append(rows, []string{r.ID, r.Title, r.Publisher, r.Author, r.Date, r.Place, r.URL, r.Text})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}
