package maintext

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parley/corpus/read/limit"
)

func find(t *testing.T, s string, h Hints) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	pg, err := Find(limit.New(t.Context(), limit.Limits{}), root, h)
	if err != nil {
		t.Fatal(err)
	}
	return pg
}

// chunks are the texts that a page is taken apart into.
func chunkTexts(pg *Page) []string {
	var out []string
	for _, c := range pg.chunks {
		out = append(out, c.text)
	}
	return out
}

func TestChunks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, html string
		want       []string
	}{
		{"paragraphs", "<p>One  two\nthree.</p><p>Four.</p>", []string{"One two three.", "Four."}},
		{"inline", "<p>One <b>t</b>wo <x-y>three</x-y>, four</p>", []string{"One two three, four"}},
		{"text around blocks", "<div>one<p>two</p>three</div>", []string{"one", "two", "three"}},
		{"one br", "<div>one<br>two</div>", []string{"one two"}},
		{"two br", "<div>one<br> <br>two</div>", []string{"one", "two"}},
		{"cells", "<table><tr><td>one<td>two</table>", []string{"one", "two"}},
		{"items", "<ul><li>one<li>two<ul><li>three</ul></ul>", []string{"one", "two", "three"}},
		{"scripts and styles", "<p>one<script>x</script><style>y</style> two</p>", []string{"one two"}},
		{"hidden", `<p hidden>one</p><p style="display: none">two</p><p>three</p>`, []string{"three"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := chunkTexts(find(t, tt.html, Hints{})); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A page of every construct that features look at.
const everything = `<body><header class="site-header"><a href="/">Home</a></header><main><article id="story"><h1>A title of some words</h1>
<p class="byline">By Vera Holt, 2 May 2025</p><p>The council of Ostrel voted on Monday to sell the old ferry, which has carried people since 1961.</p>
<blockquote>“Two crowns”, she said.</blockquote><ul><li>One</li><li><a href="x">Two</a></li></ul><hr><table><tr><td>1</td></tr></table>
<div>one<br><br>two <i>three</i></div></article></main><div class="commentList"><p>I took that boat.</p></div></body>`

func TestModelFitsCode(t *testing.T) {
	t.Parallel()
	md := load()
	names, samples := find(t, everything, Hints{Titles: []string{"A title of some words"}, Body: strings.Repeat("The council of Ostrel voted. ", 20)}).Samples()
	if !slices.Equal(names, md.Features) {
		t.Fatalf("the code makes the features\n%q\nand the model was fitted to\n%q", names, md.Features)
	}
	for i, s := range samples {
		if len(s.Features) != len(names) {
			t.Errorf("chunk %d has %d features, want %d", i, len(s.Features), len(names))
		}
	}
	if len(md.Words) < 500 {
		t.Errorf("the model has %d words", len(md.Words))
	}
	const verdict, around = 3, 28 // features that second.go and scores add
	for name, f := range map[string]struct {
		forest
		width int
	}{"first": {md.First, len(names) + verdict}, "second": {md.Second, len(names) + verdict + around}} {
		if len(f.Roots) < 50 {
			t.Errorf("the %s forest has %d trees", name, len(f.Roots))
		}
		for at, feature := range f.Feature {
			if int(feature) >= f.width {
				t.Errorf("node %d of the %s forest asks for feature %d of %d", at, name, feature, f.width)
			}
			if feature >= 0 && (int(f.Left[at]) <= at || int(f.Right[at]) <= at) {
				t.Errorf("node %d of the %s forest stands after its children", at, name)
			}
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	pg := find(t, everything, Hints{})
	parts, err := pg.Parts(limit.New(t.Context(), limit.Limits{}))
	if err != nil {
		t.Fatal(err)
	}
	keep := map[string]bool{}
	for _, p := range parts {
		if p.Score <= 0 || p.Score >= 1 {
			t.Errorf("%q has the probability %f", p.Text, p.Score)
		}
		keep[p.Text] = p.Keep
	}
	for text, want := range map[string]bool{
		"Home": false, "A title of some words": false, "By Vera Holt, 2 May 2025": false, "I took that boat.": false,
		"The council of Ostrel voted on Monday to sell the old ferry, which has carried people since 1961.": true,
	} {
		if keep[text] != want {
			t.Errorf("%q: kept is %v, want %v", text, keep[text], want)
		}
	}
}

func TestNameWords(t *testing.T) {
	t.Parallel()
	if got, want := nameWords(nil, "relatedPosts-box js_x HTMLBody related"), []string{"related", "posts", "box", "js", "htmlbody"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCountWords(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{"": 0, " one  two\n": 2, "naïve café": 2, "東京都の": 2, "one\u00a0two": 2} {
		if got := countWords(s); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	}
}

// TestChoose gives chunks probabilities by a letter that they begin with and
// looks at what is kept.
func TestChoose(t *testing.T) {
	t.Parallel()
	const (
		text   = "<p>A sure paragraph is here, and it has as many words as one needs for that.</p>"
		likely = "Likely it is, as far as words tell, that this line of words is text too."
		little = "Maybe this is one more line of the text, as far as one can tell from it."
	)
	lines := strings.NewReplacer("<p>", "", "</p>", "").Replace(text)
	level := map[byte]float64{'A': 0.95, 'L': 0.6, 'M': 0.2, 'S': 0.15, 'H': 0.3, 'P': 0.05}
	tests := []struct {
		name, html, chunk string
		want              bool
	}{
		{"paragraph", text + text + "<p>" + likely + "</p>", likely, true},
		{"flow", "<div>" + text + text + "<p>" + little + "</p></div>", little, true},
		{"before the flow", "<div><p>" + little + "</p>" + text + text + "</div>", little, false},
		{"lead", "<div><p>" + "H" + little[1:] + "</p>" + text + text + "</div>", "H" + little[1:], true},
		{"sentence in the container", "<div><section>" + text + text + "</section>" + strings.Repeat("<div>S"+little[1:]+"</div>", 4) + "</div>", "S" + little[1:], true},
		{"far away", "<div><div><div><div><div>" + text + text + "</div></div></div></div></div><footer><div><div><div>" + likely + "</div></div></div></footer>", likely, false},
		{"row of teasers", text + text + `<section><p><a href="x">Likely it is, as</a> far as words tell, that this line of words is text too.</p><p><a href="y">Likely it was, as</a> far as words told, that this line of words was text too.</p></section>`, likely, false},
		{"column of links", "<table><tr><td>" + text + text + `</td><td><p><a href="x">Go to our other story</a></p><p>A` + likely[1:] + "</p></td></tr></table>", "A" + likely[1:], false},
		{"column", "<table><tr><td>" + text + text + "</td><td><p>" + likely + "</p></td></tr></table>", likely, false},
		{"comment", text + text + `<div class="comment"><p>` + likely + "</p></div>", likely, false},
		{"comments that hold the title", `<div class="comments"><h1>Title</h1>` + text + text + "<p>" + likely + "</p></div>", likely, true},
		{"other article", "<article><h1>Title</h1>" + text + text + "</article><article><p>" + likely + "</p></article>", likely, false},
		{"box to subscribe", text + text + `<div><p>` + likely + `</p><div class="newsletter-link">Go</div></div>` + text, likely, false},
		{"box of a link", text + text + `<div><p><a href="x">Go to our other story</a></p><p>` + likely + `</p></div>` + text, likely, false},
		{"box of a link below a heading", text + text + `<aside><h3>Go on</h3><a href="x">Go to our other story</a><p>` + likely + `</p></aside>` + text, likely, false},
		{"sentence in a container of its own", "<main>" + strings.Repeat("<div><div><div>"+text+"</div></div></div>", 3) + "<div><div><div>S" + little[1:] + "</div></div></div></main>", "S" + little[1:], true},
		{"heading before text", text + "<div><div><h3>H3</h3><p>" + likely + "</p></div></div>", "H3", true},
		{"heading of other things", text + "<p>" + likely + `</p><h3>H3</h3><ul><li><a href="x">Go to our other story</a></li></ul>`, "H3", false},
		{"row between lines", lines + "<br><br>H3 | 4 | 5<br><br>" + lines, "H3 | 4 | 5", true},
		{"label behind lines", lines + "<br><br>" + lines + "<br><br>Latest news<hr><i>S</i>", "Latest news", false},
		{"dialog", text + text + `<div role="dialog"><p>` + likely + "</p></div>" + text, likely, false},
		{"advertisement", text + text + `<div class="ad-slot"><p>` + likely + "</p></div>" + text, likely, false},
		{"box to write an address in", text + text + "<div><p>" + likely + `</p><form><input type="email"></form></div>` + text, likely, false},
		{"address", text + text + "<div>S 4<br>Mill Lane<br>Orrin</div>" + text, "S 4 Mill Lane Orrin", true},
		{"address of an element beside", text + "<div><p>A sure paragraph is here, as another.</p></div><section><div>S 4<br>Mill Lane<br>Orrin</div><div><p>A sure paragraph is here, as a third.</p></div></section>", "S 4 Mill Lane Orrin", true},
		{"box that surely has text and asks for an address", text + text + "<div><p>A" + likely[1:] + `</p><form><input type="email"></form></div>` + text, "A" + likely[1:], true},
		{"podcast", text + text + `<div class="podcast">` + likely + "</div>" + text, likely, false},
		{"preformatted", text + text + "<pre>Maybe open on Monday</pre>", "Maybe open on Monday", true},
		{"short sentence at the end of lines", lines + "<br><br>" + lines + "<br><br>Mind it.<hr>", "Mind it.", true},
		{"like the paragraph before it", `<main><section><div class="a"><p class="b">` + likely + "</p></div></section><section>" + text + text + `</section><article><div class="a"><p class="b">` + likely + `</p></div></article><div class="a"><p class="b">M` + likely[1:] + "</p></div></main>", "M" + likely[1:], true},
		{"out of an inner element", "<main><div><section>" + text + text + "</section><p>M" + likely[1:] + "</p></div></main>", "M" + likely[1:], true},
		{"quotation in a figure", text + text + "<figure><blockquote><p>P" + likely[1:] + "</p></blockquote><figcaption>Maud</figcaption></figure>" + text, "P" + likely[1:], true},
		{"quotation that is pulled", text + text + "<figure><blockquote>A sure paragraph is here</blockquote></figure>" + text, "A sure paragraph is here", false},
		{"plain element between", text + text + "<section><div><div>P" + likely[1:] + "</div></div></section>" + text, "P" + likely[1:], true},
		{"element between with a name", text + text + `<section id="join"><div><div>P` + likely[1:] + "</div></div></section>" + text, "P" + likely[1:], false},
		{"below lines that are links", text + text + strings.Repeat(`<div><div><a href="x">Go to our other story</a></div><p>`+likely+"</p></div>", 2), likely, false},
		{"letter with its head", text + text + "<div>Ann wrote on 3/12/2026 4:11 PM:<br>" + likely + "</div>" + text, "Ann wrote on 3/12/2026 4:11 PM: " + likely, false},
		{"heading of letters", text + "<main>" + text + "<p>" + "Letters" + "</p></main><div>Ann wrote on 3/12/2026 4:11 PM:<br>" + likely + "</div>", "Letters", false},
		{"about the author", text + text + `<div><div class="author-bio"><p>` + likely + "</p></div></div>", likely, false},
		{"paragraph with a picture", text + text + `<div><div class="media"><p>` + likely + "</p></div></div>", likely, true},
		{"sentence far behind a table", "<main><section>" + text + text + "</section><table><tr><td>x</td><td>y</td></tr><tr><td>x</td><td>y</td></tr></table><div><div>H" + likely[1:] + "</div></div></main>", "H" + likely[1:], true},
		{"pulled", text + text + "<blockquote>A sure paragraph is here</blockquote>", "A sure paragraph is here", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			pg := find(t, tt.html, Hints{})
			scores := make([]float64, len(pg.chunks))
			for i, ch := range pg.chunks {
				scores[i] = level[ch.text[0]]
			}
			for _, p := range pg.judge(scores) {
				if p.Text == tt.chunk && p.Keep != tt.want {
					t.Errorf("kept is %v, want %v: %q", p.Keep, tt.want, p.Text)
				}
			}
			if !slices.Contains(chunkTexts(pg), tt.chunk) {
				t.Errorf("%q is no chunk", tt.chunk)
			}
		})
	}
}

// Many doubtful paragraphs and teasers say nothing of how sure the model is of
// the text.
func TestLevel(t *testing.T) {
	t.Parallel()
	const paragraph = "<p>A paragraph is here, and it has as many words as one needs for that.</p>"
	pg := find(t, paragraph+paragraph+strings.Repeat("<div>"+paragraph+"</div>", 4)+
		strings.Repeat(`<div><p><a href="x">A teaser is here,</a> and it has as many words as one needs for that.</p></div>`, 4), Hints{})
	parts := make([]Part, len(pg.chunks))
	for i := range parts {
		parts[i] = Part{Words: pg.chunks[i].words, LinkWords: pg.chunks[i].linkWords, Score: 0.8}
		if i >= 2 {
			parts[i].Score = 0.3
		}
		if pg.chunks[i].linkFirst {
			parts[i].Score = 0.5
		}
	}
	if got := pg.level(parts); got != 0.8 {
		t.Errorf("the level is %v, want 0.8", got)
	}
}
