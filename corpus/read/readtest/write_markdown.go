package readtest

import (
	"encoding/json"
	"fmt"
	"strings"

	"parley/corpus/read/document"
)

func writeHugo(t Text) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\ndate = %sT08:30:00+01:00\ndraft = false\n", t.Title, t.Date)
	if len(t.Authors) > 0 {
		fmt.Fprintf(&b, "authors = [%s]\n", list(t.Authors, "%q"))
	}
	fmt.Fprintf(&b, "slug = %q\ntags = [\"local\", \"news\"]\n\n[params]\n  publisher = %q\n  canonicalURL = %q\n+++\n\n", slug(t.Title), t.Publisher, t.URL)
	b.WriteString(markdown(t, 0, "-") + "\n{{< ad slot=\"end\" >}}\n")
	return []byte(b.String()), nil
}

func writeJekyll(t Text) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\nlayout: post\ntitle: %q\ndate: %s 09:15:00 +0000\ncategories: [news, local]\n", t.Title, t.Date)
	if len(t.Authors) == 1 {
		fmt.Fprintf(&b, "author: %s\n", t.Authors[0])
	} else if len(t.Authors) > 1 {
		fmt.Fprintf(&b, "authors: [%s]\n", strings.Join(t.Authors, ", "))
	}
	fmt.Fprintf(&b, "publisher: %q\ncanonical_url: %s\npublished: true\n---\n", t.Publisher, t.URL)
	b.WriteString("{% include masthead.html %}\n\n" + markdown(t, 80, "*"))
	return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n")), nil
}

// writeObsidian has the properties that the web clipper of Obsidian writes.
func writeObsidian(t Text) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %q\nsource: %q\nsite: %q\nauthor:\n", t.Title, t.URL, t.Publisher)
	for _, a := range t.Authors {
		fmt.Fprintf(&b, "  - \"[[%s]]\"\n", a)
	}
	fmt.Fprintf(&b, "published: %s\ncreated: 2026-03-28\ndescription: \"\"\ntags:\n  - \"clippings\"\n---\n", t.Date)
	b.WriteString(markdown(t, 0, "-"))
	return []byte(b.String()), nil
}

// writeGhost has front matter in JSON with the keys of Ghost.
func writeGhost(t Text) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
		Slug string `json:"slug"`
	}
	var authors []author
	for _, a := range t.Authors {
		authors = append(authors, author{a, slug(a)})
	}
	head, err := json.MarshalIndent(map[string]any{
		"title": t.Title, "slug": slug(t.Title), "status": "published", "published_at": t.Date + "T10:20:30.000Z",
		"updated_at": "2026-03-29T00:00:00.000Z", "canonical_url": t.URL, "authors": authors, "feature_image": nil, "featured": false,
	}, "", "  ")
	return append(head, "\n\n"+markdown(t, 0, "*")...), err
}

func writePandoc(t Text) ([]byte, error) {
	head := fmt.Sprintf("%% %s\n%% %s\n%% %s\n\n", t.Title, strings.Join(t.Authors, "; "), day(t.Date).Format("2 January 2006"))
	return []byte(head + markdown(t, 72, "-")), nil
}

func list(s []string, format string) string {
	var out []string
	for _, x := range s {
		out = append(out, fmt.Sprintf(format, x))
	}
	return strings.Join(out, ", ")
}

// markdown is the text of an article in lines of n letters, or one a paragraph.
func markdown(t Text, n int, bullet string) string {
	var b strings.Builder
	number := 0
	for i, bl := range t.Blocks {
		same := i > 0 && bl.Kind == t.Blocks[i-1].Kind && bl.Numbered == t.Blocks[i-1].Numbered && bl.Quoted == t.Blocks[i-1].Quoted
		joined := same && (bl.Kind == document.Item || bl.Kind == document.Row)
		if i > 0 && !joined {
			b.WriteString("\n")
		}
		if number++; !joined {
			number = 1
		}
		text := markedText(bl.Text)
		switch {
		case bl.Kind == document.Heading:
			b.WriteString("## " + text)
		case bl.Kind == document.Item && bl.Numbered:
			b.WriteString(fmt.Sprintf("%d. ", number) + wrap(text, "   ", n, false))
		case bl.Kind == document.Item:
			b.WriteString(bullet + " " + wrap(text, "  ", n, false))
		case bl.Kind == document.Row:
			b.WriteString(markedRow(text, joined))
		case bl.Quoted:
			b.WriteString("> " + wrap(text, "> ", n, false))
		default:
			b.WriteString(wrap(text, "", n, false))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// markedText escapes what Markdown would take for marks.
func markedText(s string) string {
	s = strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "<", "\\<", "[", "\\[", "`", "\\`", "{", "\\{").Replace(s)
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "#") || strings.HasPrefix(s, ">") {
		return "\\" + s
	}
	if number, rest, ok := strings.Cut(s, ". "); ok && strings.Trim(number, "0123456789") == "" {
		return number + "\\. " + rest
	}
	return s
}

// markedRow is a row of a table; the first has the line under it.
func markedRow(row string, joined bool) string {
	line := "| " + row + " |"
	if joined {
		return line
	}
	return line + "\n" + strings.Repeat("|---", strings.Count(row, " | ")+1) + "|"
}
