package markup

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
	"parley/corpus/read/readtest"
)

// show writes blocks and drops as lines: "# " before a heading, "- " an item,
// "= " a row, "+ " a line that no blank line stands before, and at the end
// "REASON: TEXT" for what was left out.
func show(blocks []document.Block, dropped []document.Drop) string {
	var b strings.Builder
	for _, bl := range blocks {
		if !bl.Gap {
			b.WriteString("+ ")
		}
		b.WriteString([]string{"", "# ", "- ", "= "}[bl.Kind] + bl.Text + "\n")
	}
	for _, d := range dropped {
		b.WriteString("~ " + d.Reason + ": " + d.Text + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

type example struct {
	name, in, want string
}

func (e example) check(t *testing.T) {
	t.Helper()
	t.Run(e.name, func(t *testing.T) {
		t.Parallel()
		blocks, dropped, err := Fragment(limit.New(context.Background(), limit.Limits{}), e.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := show(blocks, dropped); got != e.want {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", e.in, got, e.want)
		}
	})
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, e := range []example{
		{"time", `<p>The market of Orrin opens on <time datetime="2031-03-04">Tuesday, 4 March</time>, at noon.</p>`, "The market of Orrin opens on Tuesday, 4 March, at noon."},
		{"wbr", `<p>It grew from 800<wbr> to 1100 crowns at ex<wbr>tra<wbr>ordinary speed.</p>`, "It grew from 800 to 1100 crowns at extraordinary speed."},
		{"soft hyphen", `<p>The coun&shy;cil of Or&#173;rin met.</p>`, "The council of Orrin met."},
		{"nobr", `<p>It takes <nobr>3 hours</nobr> by boat.</p>`, "It takes 3 hours by boat."},
		{"label", `<p>It ended <label>8</label> to 2, the clerk said.</p>`, "It ended 8 to 2, the clerk said."},
		{"custom element", `<p>The baker of <x-place href="/w">Wend</x-place> gave two ovens.</p>`, "The baker of Wend gave two ovens."},
		{"custom paragraphs", `<x-text><x-para>The hall has closed.</x-para><x-para>Nobody swims.</x-para></x-text>`, "The hall has closed.\nNobody swims."},
		{"custom paragraphs after a time", `<time>3 May</time><x-para>The hall has closed.</x-para><x-para>Nobody swims.</x-para>`, "3 May\nThe hall has closed.\nNobody swims."},
		{"custom lines", `<x-box><x-line>the roof</x-line><x-line>the pump</x-line></x-box><p>End.</p>`, "the roof\nthe pump\nEnd."},
		{"custom block around blocks", `Before <x-box><p>within</p></x-box> after`, "Before\nwithin\nafter"},
		{"custom sentence alone", `<h2>Pool</h2><x-lead>The hall has closed.</x-lead><p>End.</p>`, "# Pool\nThe hall has closed.\nEnd."},
		{"custom words", `<p><x-w>The</x-w> <x-w>hall</x-w> <x-w>has closed.</x-w></p><div><x-w>No</x-w><x-w>body</x-w></div>`, "The hall has closed.\nNobody"},
		{"custom sentence in a sentence", `<div>He said <x-q>"We are done."</x-q> and left.</div>`, `He said "We are done." and left.`},
		{"Word's paragraphs", `<p>The barn burnt<o:p></o:p> down <o:p>twice</o:p> in May.</p>`, "The barn burnt down twice in May."},
		{"noindex, output, data", `<p>In <noindex>all</noindex> <output>41</output> of <data value=9>nine</data> came.</p>`, "In all 41 of nine came."},
		{"script", `<p>It carried 51 guests,<script>ad("<b>")</script> said the clerk,<style>p{}</style> and left.</p>`, "It carried 51 guests, said the clerk, and left."},
		{"svg", `<p>The office <svg viewBox="0 0 9 9"><title>icon</title><path d="M0"/></svg> counted 51 guests.</p>`, "The office counted 51 guests."},
		{"picture between", `<p>The goat<img src=a alt="A goat">ate <picture><source srcset=b><img src=b></picture>the hat<canvas>no canvas</canvas>.</p>`, "The goat ate the hat."},
		{"media", `<p>Listen <audio src=a>Your browser is old</audio>to it, <video>or see</video>she said <iframe src=x>frame</iframe>twice.</p>`, "Listen to it, she said twice."},
		{"button", `<p>The price<button>Share</button> is 3 crowns<input value=4> a day.</p>`, "The price is 3 crowns a day.\n~ form control: Share"},
		{"button in a sentence", `<p>He writes that <button class=g>the lamp</button> spoke. By Ann <button>Follow</button> May 4</p>`, "He writes that the lamp spoke. By Ann May 4\n~ form control: Follow"},
		{"NITF", `<body.content><block><hl2>Ship</hl2>It sank.</block><block><media><media-producer>J. Dow</media-producer></media>The end.</block></body.content>`, "# Ship\nIt sank.\nThe end.\n~ photo caption: J. Dow"},
		{"bold in words", `<p>The <b>town council</b> of <i>Wend</i>s voted <em>no</em>. <a href="/x">It</a>, too.</p>`, "The town council of Wends voted no. It, too."},
		{"in items", `<ul><li>It was <b>the baker</b> who said so, not <i>Ada Finch</i> herself.</li><li><strong>Ada Finch</strong> voted no.</li></ul>`, "- It was the baker who said so, not Ada Finch herself.\n- Ada Finch voted no."},
		{"in quotations", `<blockquote>The <em>whole</em> town is <b>glad</b> of it.</blockquote>`, "The whole town is glad of it."},
		{"in div", `<div>The <b>council</b>
		of   Orrin<span> voted </span><span> on it</span>.</div>`, "The council of Orrin voted on it."},
		{"div and text", `<div>One line. <div>Another one.</div> A third.</div>`, "One line.\nAnother one.\nA third."},
		{"break in a sentence", `<p>There were 45 guests and eleven people<br>will lose their beds.</p>`, "There were 45 guests and eleven people will lose their beds."},
		{"address", `<address>Orrin Gazette<br>4 Mill Lane<br>Orrin</address>`, "Orrin Gazette\n+ 4 Mill Lane\n+ Orrin"},
		{"list of words", `<p>apples<br>pears<br>plums of Wend</p>`, "apples\n+ pears\n+ plums of Wend"},
		{"two breaks", `<p>The first paragraph of it<br><br>and the second.</p>`, "The first paragraph of it\nand the second."},
		{"no-break spaces", `<p>It has 12&nbsp;000 &nbsp; beds.&nbsp;</p><p>&nbsp;</p>`, "It has 12 000 beds."},
		{"entities once", `<p>Write &amp;lt; for a &lt;, and R&amp;D for R&D.</p>`, "Write &lt; for a <, and R&D for R&D."},
		{"headings", `<h2>The <i>fair</i></h2><h4>Of Wend</h4><div role=heading>Also</div><p>It came.</p>`, "# The fair\n# Of Wend\n# Also\nIt came."},
		{"heading of two lines", `<h1>A fire<br>In Wend</h1>`, "# A fire In Wend"},
		{"rule", `One day.<hr>The next.`, "One day.\nThe next."},
		{"preformatted", "<pre>Orrin had a long and cold winter in that year, and the people\nof the town said so for years to come. They burnt all the chairs\nthat they had and then the tables too.</pre>", "Orrin had a long and cold winter in that year, and the people of the town said so for years to come. They burnt all the chairs that they had and then the tables too."},
		{"code", "<pre><code>line 1\n  line 2</code></pre>", "line 1\n+ line 2"},
		{"details", `<details><summary>More of it</summary><p>The rest is here.</p></details>`, "# More of it\nThe rest is here."},
		{"ruby", `<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>は大きい。</p>`, "東京は大きい。\n~ pronunciation above the line: とうきょう"},
		{"abbreviation", `<p>The <abbr title="Union of Bakers">UB</abbr> and the <acronym>XO</acronym> met.</p>`, "The UB and the XO met."},
		{"inline by style", `<p>A</p><div style="display: inline">The one</div> <div style="display:inline">and the other.</div>`, "A\nThe one and the other."},
		{"block by style", `<span style="display:block">The one.</span><span style="display:block">The other.</span>`, "The one.\nThe other."},
	} {
		e.check(t)
	}
}

func TestQuotations(t *testing.T) {
	t.Parallel()
	for _, e := range []example{
		{"English", `<p>She said <q>we leave</q>, and <q>no <q>maybe</q> about it</q>.</p>`, "She said “we leave”, and “no ‘maybe’ about it”."},
		{"German", `<div lang="de-AT"><p>Sie sagte: <q>Wir gehen</q>.</p></div>`, "Sie sagte: „Wir gehen“."},
		{"French", `<p lang=fr>Elle dit <q>oui</q>.</p>`, "Elle dit «oui»."},
		{"marks in it", `<p>She said <q>“we leave”</q>.</p>`, "She said “we leave”."},
	} {
		e.check(t)
	}
}

func TestLists(t *testing.T) {
	t.Parallel()
	for _, e := range []example{
		{"nested", `<ol><li>One thing<ul><li>Part of it</li></ul></li><li><p>Two.</p><p>And more.</p></li></ol>`, "- One thing\n- Part of it\n- Two.\n- And more."},
		{"of articles", `<ul><li><h3>Fire in Wend</h3><p>A barn burnt.</p></li></ul>`, "# Fire in Wend\nA barn burnt."},
		{"definitions", `<dl><dt>Fare</dt><dd>4 crowns</dd><dt>Why now?</dt><dd>Fuel is dear.</dd></dl>`, "- Fare: 4 crowns\n- Why now? Fuel is dear."},
		{"several terms and definitions", `<dl><dt>Cat<dt>Dog<dd>An animal<dd>A pet<dt>Last</dl><p>Text.`, "- Cat, Dog: An animal\n- A pet\n- Last\nText."},
		{"in divs", `<dl><div><dt>Seats</dt><dd><p>Two.</p></dd></div></dl>`, "- Seats: Two."},
	} {
		e.check(t)
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	for _, e := range []example{
		{"rows spanned", `<table><tr><th>Year<th>Part<th>Cost<tr><td rowspan=2>2026<td>roof<td>4<tr><td>pump<td>3<tr><td>2027<td>none<td>0</table>`, "= Year | Part | Cost\n= 2026 | roof | 4\n= 2026 | pump | 3\n= 2027 | none | 0"},
		{"rows spanned in the middle", `<table><tr><td>North<td rowspan=3>daily<td>4<tr><td>South<td>5<tr><td>East<td>6</table>`, "= North | daily | 4\n= South | daily | 5\n= East | daily | 6"},
		{"rows and columns spanned", `<table><tr><td rowspan=2 colspan=2>Wend<td>4<tr><td>5<tr><td colspan=2>Orrin<td>6</table>`, "= Wend | 4\n= Wend | 5\n= Orrin | 6"},
		{"rows spanned to the end of their part", `<table><tbody><tr><td rowspan=0>Wend<td>4<tr><td>5</tbody><tbody><tr><td>Orrin<td>6</tbody></table>`, "= Wend | 4\n= Wend | 5\n= Orrin | 6"},
		{"of data", `<table><caption>Lines</caption><thead><tr><th>Line<th>Guests</thead><tr><td>Line <b>North</b> to Wend</td><td>51 <i>guests</i> a day</td></tr></table>`, "Lines\n= Line | Guests\n= Line North to Wend | 51 guests a day"},
		{"without header", `<table><tr><td>North<td>51</table>`, "= North | 51"},
		{"empty cells", `<table><tr><th><th>May<th>June<tr><td>North<td><td>7</table>`, "= May | June\n= North | | 7"},
		{"cell of lines", `<table><tr><th>Stop<th>Time<tr><td>Mill<br>Lane<td><p>9 a.m.</p><p>noon</p></table>`, "= Stop | Time\n= Mill Lane | 9 a.m. noon"},
		{"one column", `<table><tr><td><p>The council met.</p><p>It left.</p></td></tr></table>`, "The council met.\nIt left."},
		{"by role", `<table role=presentation><tr><td>Left text.</td><td>Right text.</td></tr></table>`, "Left text.\nRight text."},
		{"of a page", `<table><tr><td>Menu</td><td><h1>Fire</h1><p>A barn burnt.</p></td></tr></table>`, "Menu\n# Fire\nA barn burnt."},
		{"in a table of a page", `<table><tr><td>Menu</td><td>Text.<table><tr><td>North<td>51</table></td></tr></table>`, "Menu\nText.\n= North | 51"},
		{"in a cell", `<table><tr><th>Line<th>Stops<tr><td>North<td>Two <table><tr><td>Mill<td>Lane</table></table>`, "= Line | Stops\n= North | Two\n= Mill | Lane"},
		{"hidden cell", `<table><tr><td>North<td hidden>9<td>51</table>`, "= North | 51\n~ hidden text: 9"},
	} {
		e.check(t)
	}
}

func TestRaisedAndLowered(t *testing.T) {
	t.Parallel()
	for _, e := range []example{
		{"marks", `<p>It carried 51<sup>1</sup> guests a day.<sup>2</sup> Ten people<sup>3</sup>will go.</p>`, "It carried 51 guests a day. Ten people will go.\n~ footnote mark: 1\n~ footnote mark: 2\n~ footnote mark: 3"},
		{"linked", `<p>It carried 51<sup><a href="#cite_note-4">[4]</a></sup> guests<sup class="reference">7</sup>.</p>`, "It carried 51 guests.\n~ footnote mark: [4]\n~ footnote mark: 7"},
		{"not raised", `<p>It carried 51<a href="#fn3">[3]</a> guests<a class=footnote-ref href="#x">9</a>.</p>`, "It carried 51 guests.\n~ footnote mark: [3]\n~ footnote mark: 9"},
		{"set apart by classes", `<p><span class=name>Great Moor</span><span class=price>2,910</span> <span class=by>By Ann Poe</span><span class=date>March 1</span> <span class=first>T</span><span class=rest>he CO</span><span class=n>2</span> i<b class=x>P</b>od, <i class=a>Mc</i>Donald</p>`, "Great Moor 2,910 By Ann Poe March 1 The CO2 iPod, McDonald"},
		{"not raised, by a style sheet", `<p>It carried guests<a class="x" href="#footnote-3">3</a> daily.<a href="#fn4">4</a> See note <a href="#fn3">3</a>, and <a href="#top">2</a>.</p>`, "It carried guests daily. See note 3, and 2.\n~ footnote mark: 3\n~ footnote mark: 4"},
		{"signs", `<p>It carried 51<sup>*</sup> guests<sup>†</sup>, they say<sup>1,2</sup>.</p>`, "It carried 51 guests, they say.\n~ footnote mark: *\n~ footnote mark: †\n~ footnote mark: 1,2"},
		{"citation needed", `<p>It sank<sup>[<i>citation needed</i>]</sup> in May.</p>`, "It sank in May.\n~ footnote mark: [citation needed]"},
		{"exponents", `<p>10<sup>6</sup> crowns for 30 m<sup>2</sup>, or 5 km<sup>3</sup>; 10<sup>−3</sup>, 2<sup>10</sup>, E = mc<sup>2</sup>, x<sup>2</sup>.</p>`, "10^6 crowns for 30 m², or 5 km³; 10^−3, 2^10, E = mc², x²."},
		{"ordinals", `<p>The 1<sup>st</sup> and 22<sup>nd</sup>, the XX<sup>e</sup>, Widget<sup>TM</sup>.</p>`, "The 1st and 22nd, the XXe, Widget™."},
		{"formulas", `<p>CO<sub>2</sub> and H<sub>2</sub>O, <sup>14</sup>C, Ca<sup>2+</sup>, v<sub>max</sub>.</p>`, "CO₂ and H₂O, ¹⁴C, Ca²⁺, v_max."},
		{"fractions", `<p>It takes 3<sup>1</sup>/<sub>2</sub> hours, or <sup>3</sup>&frasl;<sub>4</sub> of a day.</p>`, "It takes 3 1/2 hours, or 3⁄4 of a day."},
		{"price", `<p>It costs $3<sup>99</sup> a day.</p>`, "It costs $3.99 a day."},
		{"notes", `<p>It sank.<sup><a href="#fn1" id="fnref1">1</a></sup></p><section role="doc-endnotes"><ol><li id="fn1">In the harbor. <a href="#fnref1">↩</a></li></ol></section>`, "It sank.\n~ footnote mark: 1\n~ footnote: In the harbor. ↩"},
		{"link of a heading", `<h2>Fire<a class=headerlink href="#fire">¶</a></h2>`, "# Fire"},
		{"math", `<p>So <math alttext="x"><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac><annotation>x^2</annotation></math> holds.</p>`, "So x^2 = 1/(a + b) holds."},
		{"math shown twice", `<p>So <span><span class=katex-mathml><math><mi>y</mi></math></span><span aria-hidden=true>y</span></span> holds.</p>`, "So y holds.\n~ hidden text: y"},
	} {
		e.check(t)
	}
}

func TestLeftOut(t *testing.T) {
	t.Parallel()
	for _, e := range []example{
		{"struck", `<p>It carried <del>12</del> 51 guests; the fare is <s>3</s> <ins>4</ins> crowns, <span style="text-decoration: line-through red">not 5</span> now.</p>`, "It carried 51 guests; the fare is 4 crowns, now.\n~ struck text: 12\n~ struck text: 3\n~ struck text: not 5"},
		{"struck with its blanks", `<p>It was<del> 12 </del>51, colo<del>u</del>r.</p>`, "It was 51, color.\n~ struck text: 12\n~ struck text: u"},
		{"hidden", `<p>Seen.</p><p hidden>One.</p><div hidden><p>Two.</p></div><p style="display:none">Three.</p><p style="visibility: hidden">Four.</p><span class="sr-only">Five.</span><template>Six.</template><noscript>Seven.</noscript><dialog>Eight.</dialog><dialog open>Open.</dialog>`, "Seen.\nOpen.\n~ hidden text: One.\n~ hidden text: Two.\n~ hidden text: Three.\n~ hidden text: Four.\n~ hidden text: Five.\n~ hidden text: Six.\n~ hidden text: Seven.\n~ hidden text: Eight."},
		{"off the page", `<p>Seen.<span style="position:absolute; left:-9999px">Far.</span><span style="font-size:0">Small.</span><b style="position:absolute;clip:rect(0 0 0 0)">Cut.</b></p>`, "Seen.\n~ hidden text: Far.\n~ hidden text: Small.\n~ hidden text: Cut."},
		{"until found", `<p hidden="until-found">Found.</p><p aria-hidden="true">Seen.</p>`, "Found.\nSeen."},
		{"caption", `<figure><img src=a><figcaption>A goat eats.</figcaption></figure><p>Text.</p>`, "Text.\n~ photo caption: A goat eats."},
		{"figure of a quotation", `<figure><blockquote>We leave.</blockquote><figcaption>Ada Finch, baker</figcaption></figure>`, "We leave.\nAda Finch, baker"},
		{"figure of a table", `<figure><table><tr><td>North<td>51</table></figure>`, "= North | 51"},
		{"controls", `<form><label>Name <input></label><select><option>One</select><textarea>Two</textarea><p>Text of the form.</p></form>`, "Text of the form.\n~ form control: Name\n~ form control: One\n~ form control: Two"},
	} {
		e.check(t)
	}
}

// A style sheet in the page hides as an attribute does; what it shows on some
// screens or in some state is not hidden.
func TestStyleSheet(t *testing.T) {
	t.Parallel()
	const page = `<html><head><style>/* .c{display:none} */ .a, p.b { display: none } @media print { .c { display: none } }
		.d { display: none } @media (min-width: 9px) { .d { display: block } } #e { visibility: hidden; } .f .g { display: none }</style></head>
		<body style="display:none"><p class=a>A.</p><p class="x b">B.</p><p class=c>C.</p><p class=d>D.</p><p id=e>E.</p><p class=g>G.</p></body></html>`
	m := limit.New(context.Background(), limit.Limits{})
	root, err := Parse(m, page)
	if err != nil {
		t.Fatal(err)
	}
	blocks, dropped, err := Blocks(m, root)
	if err != nil {
		t.Fatal(err)
	}
	want := "C.\nD.\nG.\n~ hidden text: A.\n~ hidden text: B.\n~ hidden text: E."
	if got := show(blocks, dropped); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A tree that was taken from a page and mended is read as the page is.
func TestBlocksOfPart(t *testing.T) {
	t.Parallel()
	m := limit.New(context.Background(), limit.Limits{})
	root, err := Parse(m, `<html lang=de><body><nav>Start</nav><div hidden id=own><p>Sie sagte <q>ja</q>.</p></div></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "id") == "own" {
			blocks, _, err := Blocks(m, n)
			if got, want := show(blocks, nil), "Sie sagte „ja“."; err != nil || got != want {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		}
	}
}

func TestRowsOfLayout(t *testing.T) {
	t.Parallel()
	root, err := html.Parse(strings.NewReader(`<table><tr><td><table><tr><td><p>The mill of Orrin burnt down.</p></td></tr></table></td><td>Most read</td></tr></table>`))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data != "tr" {
			continue
		}
		blocks, _, err := Blocks(limit.New(t.Context(), limit.Limits{}), n)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := show(blocks, nil), "The mill of Orrin burnt down.\nMost read"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		return
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	fonts := ""
	for i := range 400 {
		fonts += "<font size=" + strings.Repeat("1", i) + ">"
	}
	for name, in := range map[string]string{
		"elements":   many("<p>x", 2_000_000),
		"formatting": fonts + many("<p>x</p>", 500_000),
		"depth":      many("<div>", 100_000),
		"spans":      many("<span>", 600) + "x",
		"tables":     many("<table><tr><td>", 2000),
		"rowspans":   "<table>" + many("<tr>"+many("<td rowspan=100>"+many("long ", 100), 99)+many("<tr><td>x", 99), 20),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := Fragment(limit.New(context.Background(), limit.Limits{}), in)
			if !errors.Is(err, limit.ErrLimit) {
				t.Errorf("got %v, want an error about a limit", err)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Fragment(limit.New(ctx, limit.Limits{}), "<p>x"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v after the context ended", err)
	}
}

func FuzzFragment(f *testing.F) {
	for _, s := range []string{
		`<p>It carried 51<sup>1</sup> guests<br>a <del>day</del>.</p>`, `<table><tr><td>a<td><table><tr><td>b</table></table>`,
		`<dl><dt>a<dd>b<dt>c</dl>`, "<pre>a\n b</pre>", `<q lang=de>a<q>b`, `<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>`,
		`<figure><img><figcaption>a</figure>`, `<ul><li>a<li><h2>b</h2>`, "<sup></sup><sub>\xff</sub>", `<svg><text>a</text></svg>`,
		`<style>.a{display:none}</style><p class=a>b`, `<select><option>a<table><tr>`, "a\u00adb\u2028c\x00d",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var blocks []document.Block
		var dropped []document.Drop
		var err error
		readtest.Timed(t, s, func() { blocks, dropped, err = Fragment(limit.New(context.Background(), limit.Limits{}), s) })
		if err != nil && (len(blocks) > 0 || len(dropped) > 0) {
			t.Error("blocks beside an error")
		}
		for _, b := range blocks {
			if b.Text == "" || b.Text != document.Squeeze(document.Normalise(b.Text)) || strings.ToValidUTF8(b.Text, "") != b.Text || strings.Contains(b.Text, "\n") {
				t.Errorf("block %q is not normalised", b.Text)
			}
		}
		if slices.ContainsFunc(dropped, func(d document.Drop) bool { return d.Text == "" || d.Reason == "" }) {
			t.Error("a drop without text or reason")
		}
	})
}
