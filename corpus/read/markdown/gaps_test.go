package markdown

import (
	"strings"
	"testing"

	"parley/corpus/read/document"
)

// TestGaps guards that no sentence is quoted that words are missing in, and that a
// tag which puts no words into a text costs it nothing.
func TestGaps(t *testing.T) {
	t.Parallel()
	for _, e := range []struct{ name, in, want string }{
		{"paired", "It paid {{< money >}}3 million{{< /money >}} crowns. He came.", "It paid 3 million crowns. He came."},
		{"paired over lines", "{{% note %}}\nStay.\n{{% /note %}}\n\n{{< tabs >}}\n{{< tab \"One\" >}}\nGo.\n{{< /tab >}}\n{{< /tabs >}}", "Stay./Go."},
		{"unpaired", "She came. It paid {{< money 3 >}} million crowns. He came.", "She came. He came."},
		{"unpaired, all of it", "It paid {{< money 3 >}} million crowns.\n\nHe came.", "He came."},
		{"one of each", "It paid {{< money 3 >}} million. It paid {{< money >}}3 million{{< /money >}}. It paid {{< money 3 >}} million. <Money n={3}/> million. <Money>Two.</Money>", "It paid 3 million. Two."},
		{"closed in itself", "It paid {{< money 3 />}} million. {{< money >}}Two{{< /money >}}.", "Two."},
		{"over lines", "She came. It paid {{< money\n  \"3\" >}} million\ncrowns. He came.", "She came. He came."},
		{"at the start of a line, over lines", "She came.\nIt paid\n{{< money\n  \"3\" >}} million crowns. He came.", "She came. He came."},
		{"a line of its own", "She came.\n{{< banner2 >}}\nHe came.", "She came./He came."},
		{"a line of its own in a sentence", "It paid\n{{< money 3 >}}\nmillion crowns. He came.", "He came."},
		{"between sentences", "{{< mark >}} She came. {{< mark >}} He came. {{< mark >}}", "She came. He came."},
		{"before the end", "She came on {{< day >}}. He came.", "He came."},
		{"at the start", "{{< who >}} came. He came. {{< n >}} 3 came.", "He came."},
		{"no stop", "The price is {{< price >}}", ""},
		{"variable", "It costs {{ site.price }} crowns, {{ page.x | upcase }}. He came.", "He came."},
		{"addresses", "See [the plan]({{< ref \"plan.md\" >}}) and [that]({{ site.url }}/x \"T\") <a href=\"{{ site.url }}\">here</a>.\n\n[x]: {{ site.url }}/x\n\n![]({{ base }}/a.png)", "See the plan and that here."},
		{"pictures and signs", "She{{< fn 1 >}} came {{< icon \"boat\" >}} late{{< figure src=\"a.png\" >}}.", "She came late."},
		{"condition", "She came. The fair {% if open %}is{% else %}is not{% endif %} open. He came.", "She came. He came."},
		{"condition without another", "It costs {% if member %}5{% endif %} crowns. {% if rain %}It rains.{% endif %} He came.", "It rains. He came."},
		{"condition over lines", "She came.\n\n{% if open %}\nThe fair is open.\n{% else %}\nThe fair is closed.\n{% endif %}\n\n{% if a %}\nIt rains.\n{% endif %}\nHe came.", "She came./It rains./He came."},
		{"condition in a condition", "{% if a %}\n{% if b %}\nIt rains.\n{% else %}\nIt snows.\n{% endif %}\n{% endif %}\nHe came.", "He came."},
		{"liquid block", "{% note %}Stay.{% endnote %}\n\nIt paid {% money 3 %} million.\n\n{% assign x = 3 %}He came.", "Stay./He came."},
		{"component", "It paid <Money value={3}/> million. <Box>He came.</Box> She <Icon name=\"x\"/> came.", "He came. She came."},
		{"expression", "It paid {props.price} million, {x.y(3)}. He came.", "He came."},
		{"server", "It paid <%= price %> million. It is <?php echo $x ?> late. He came.", "He came."},
		{"computed", "There are `r nrow(d)` mills. There are `{python} n` mills. It is `= this.n`. The letter `r` is one of `rs x`. He came.", "The letter r is one of rs x. He came."},
		{"item", "- One {{< n >}} two.\n- Three.\n{{< banner2 >}}\n- Four", "Three./Four"},
		{"heading", "# Fire {{< badge2 >}}\n\n## It paid {{< money 3 >}} million\n\nHe came.", "Fire/He came."},
		{"row", "| Fare | No |\n|---|---|\n| {{< n >}} crowns | 5 |\n| Two | 6 |", "Fare | No/Two | 6"},
		{"code", "```\nIt paid {{< money 3 >}} million.\n```\n\nSo `{{< money 3 >}}` it is.", "It paid {{< money 3 >}} million./So {{< money 3 >}} it is."},
		{"code between tags", "{% highlight go %}\nx := {{ y }} + 1\n{% endhighlight %}\n\n{{< highlight \"go\" >}}\na *b* c\n{{< /highlight >}}\n\n{{< mermaid >}}\ngraph TD\n{{< /mermaid >}}\n\nHe came.", "x := {{ y }} + 1/a *b* c/He came."},
		{"the sign itself", "She \uFDD1came.", "She came."},
	} {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			d := readText(t, e.in)
			var got []string
			for _, b := range d.Blocks {
				got = append(got, b.Text)
			}
			if got := strings.Join(got, "/"); got != e.want {
				t.Errorf("got  %s\nwant %s", got, e.want)
			}
			for _, drop := range d.Dropped {
				if strings.Contains(drop.Text, gap) {
					t.Errorf("the sign of a gap is in %q", drop.Text)
				}
			}
		})
	}
}

func TestGapsAreListed(t *testing.T) {
	t.Parallel()
	got := show(readText(t, "---\ntitle: Prices of {{ site.year }} in Wend\n---\nShe came.\nIt paid {{< money 3 >}} million."))
	want := "4 She came.\n~ 5 shortcode: money 3\n~ 4 sentence with a part that only the program of its site can fill in: It paid … million.\n! 2 front matter \"title\" has a part that only the program of its site can fill in: it was left out"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	d := readText(t, "---\ntitle: \"{{ site.name }}\"\n---\n# Fire\n\nIt burnt.")
	if len(d.Statements) != 1 || d.Statements[0].Field != document.Title || d.Statements[0].Value != "Fire" {
		t.Errorf("got %+v", d.Statements)
	}
}
