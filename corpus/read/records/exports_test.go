package records

import (
	"strings"
	"testing"

	"parley/corpus/read/document"
	"parley/corpus/read/limit"
)

// exports are records as programs and services write them, with what is to be known
// of their articles: "FIELD=VALUE" for the statement that counts, "| TEXT" for a
// block, "# TEXT" for a heading, "! REASON" for a refusal, "? DOUBT".
var exports = []struct{ name, in, want string }{
	{
		"ghost export", `{"db":[{"meta":{"exported_on":1900000000000,"version":"5.0"},"data":{"posts":[{"id":"64a","title":"The mill","html":"<p>The mill burnt.</p>","plaintext":"The mill burnt.","mobiledoc":"{}","status":"published","published_at":"2025-05-02T10:00:00.000Z","created_at":"2025-05-01T10:00:00.000Z"}],"users":[{"id":"1","name":"Ada Holm"},{"id":"2","name":"Jon Reed"}],"posts_authors":[{"id":"y","post_id":"64a","author_id":"2","sort_order":1},{"id":"z","post_id":"64a","author_id":"1","sort_order":0}],"settings":[{"key":"title","value":"Ostmar Courier"},{"key":"lang","value":"en"}]}}]}`,
		"id=64a;title=The mill;published=2025-05-02T10:00:00.000Z;author=Ada Holm;author=Jon Reed;publisher=Ostmar Courier;| The mill burnt.",
	},
	{
		"ghost answer", `{"posts":[{"id":"64a","title":"The mill","html":"<p>The mill burnt.</p>","url":"https://c.example/mill/","published_at":"2025-05-02T10:00:00.000+00:00","authors":[{"id":"1","name":"Ada Holm"},{"id":"2","name":"Jon Reed"}],"primary_author":{"id":"1","name":"Ada Holm"}}],"meta":{"pagination":{"page":1}}}`,
		"id=64a;title=The mill;author=Ada Holm;author=Jon Reed;url=https://c.example/mill/;published=2025-05-02T10:00:00.000+00:00;| The mill burnt.",
	},
	{"ghost, one author", `{"posts":[{"title":"The mill","plaintext":"The mill burnt.","primary_author":{"name":"Ada Holm"}}]}`, "title=The mill;author=Ada Holm;| The mill burnt."},
	{
		"ghost, lexical alone", `{"posts":[{"title":"The mill","html":null,"plaintext":null,"lexical":"{\"root\":{\"children\":[{\"type\":\"heading\",\"tag\":\"h2\",\"children\":[{\"type\":\"extended-text\",\"text\":\"The night\"}]},{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"The \"},{\"type\":\"link\",\"url\":\"x\",\"children\":[{\"type\":\"text\",\"text\":\"mill\"}]},{\"type\":\"text\",\"text\":\" burnt.\"}]}]}}","status":"scheduled"}]}`,
		"title=The mill;# The night;| The mill burnt.;! is not published: its \"status\" is \"scheduled\"",
	},
	{
		"news search, taken away", `{"articles":[{"source":{"name":"[Removed]"},"title":"[Removed]","content":"[Removed]"},{"title":"The mill","content":"The mill burnt... [1234 chars]"}]}`,
		"title=The mill;| The mill burnt...;? only the start of its text is there: \"content\" ends in \"[1234 chars]\";note has no text: it was taken away, \"content\" is \"[Removed]\"",
	},
	{
		"one result", `{"response":{"status":"ok","content":{"id":"a/1","webTitle":"The mill","webUrl":"https://x.example/1","webPublicationDate":"2025-12-02T10:00:00Z","fields":{"byline":"Ada Holm","body":"<p>The mill burnt.</p>"}}}}`,
		"id=a/1;title=The mill;author=Ada Holm;url=https://x.example/1;published=2025-12-02T10:00:00Z;| The mill burnt.",
	},
	{
		"wordpress", `[{"id":7,"date":"2025-05-02T12:00:00","guid":{"rendered":"https://c.example/?p=7"},"status":"publish","link":"https://c.example/mill/","title":{"rendered":"The &#8220;mill&#8221;"},"content":{"rendered":"<p>The mill burnt.</p>","protected":false},"excerpt":{"rendered":"<p>x</p>"},"author":3,"yoast_head_json":{"og_site_name":"Ostmar Courier"},"_embedded":{"author":[{"id":3,"name":"Ada Holm"}]}}]`,
		"id=7;title=The “mill”;publisher=Ostmar Courier;author=Ada Holm;url=https://c.example/mill/;published=2025-05-02T12:00:00;| The mill burnt.",
	},
	{
		"blog service", `[{"type_of":"article","id":5,"title":"The mill","description":"d","url":"https://d.example/m","published":true,"published_at":"2025-05-02T10:00:00Z","body_markdown":"The mill **burnt**.","user":{"name":"Ada Holm","username":"ada"},"organization":{"name":"Courier","username":"c"}}]`,
		"id=5;title=The mill;publisher=Courier;author=Ada Holm;url=https://d.example/m;published=2025-05-02T10:00:00Z;| The mill burnt.",
	},
	{"blog service, not published", `[{"title":"The mill","published":false,"body_markdown":"The mill **burnt**."}]`, "title=The mill;| The mill burnt.;! is not published: its \"published\" is false"},
	{
		"items of a site", `[{"by":"eva","id":12,"time":1746180002,"title":"The mill?","text":"The mill burnt.<p>I&#x27;d like to know.","type":"story","url":""}]`,
		"id=12;title=The mill?;author=eva;published=2025-05-02T10:00:02Z;| The mill burnt.;| I'd like to know.",
	},
	{
		"search of a site", `{"hits":[{"created_at":"2025-05-02T10:00:00Z","title":"The mill?","url":null,"author":"eva","story_text":"It burnt.<p>Why?","objectID":"12"}]}`,
		"id=12;title=The mill?;author=eva;published=2025-05-02T10:00:00Z;| It burnt.;| Why?",
	},
	{
		"listing", `{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"id":"x1","title":"The mill","selftext":"The mill **burnt**.","author":"ada","created_utc":1746180000.0,"permalink":"/r/x1","url":"https://r.example/x1"}},{"kind":"t3","data":{"id":"x2","title":"B","selftext":"[deleted]","author":"[deleted]"}}]}}`,
		"id=x1;title=The mill;author=ada;url=https://r.example/x1;published=2025-05-02T10:00:00Z;| The mill burnt.",
	},
	{
		"papers", `{"paperId":"abc","title":"On mills","abstract":"The mill of Ostmar is studied.","publicationDate":"2025-05-02","venue":"Journal of Mills","authors":[{"authorId":"1","name":"Ada Holm"}]}`,
		"id=abc;title=On mills;publisher=Journal of Mills;author=Ada Holm;published=2025-05-02;| The mill of Ostmar is studied.;? its text is not there, only its \"abstract\"",
	},
	{
		"search of news", `{"_type":"News","value":[{"name":"The mill","url":"https://c.example/1","description":"The mill burnt.","provider":[{"_type":"Organization","name":"Courier"}],"datePublished":"2025-05-02T10:00:00Z"}]}`,
		"title=The mill;publisher=Courier;url=https://c.example/1;published=2025-05-02T10:00:00Z;| The mill burnt.;? its text is not there, only its \"description\"",
	},
	{
		"editor's nodes", `{"items":[{"sys":{"id":"c1"},"fields":{"title":"The mill","body":{"nodeType":"document","data":{},"content":[{"nodeType":"heading-2","content":[{"nodeType":"text","value":"The night"}]},{"nodeType":"paragraph","content":[{"nodeType":"text","value":"The ","marks":[]},{"nodeType":"hyperlink","data":{"uri":"x"},"content":[{"nodeType":"text","value":"mill","marks":[{"type":"bold"}]}]},{"nodeType":"text","value":" burnt.","marks":[]}]},{"nodeType":"unordered-list","content":[{"nodeType":"list-item","content":[{"nodeType":"paragraph","content":[{"nodeType":"text","value":"The "},{"nodeType":"text","value":"wheel"}]}]}]}]}}}]}`,
		"id=c1;title=The mill;# The night;| The mill burnt.;* The wheel",
	},
	{
		"editor's tree", `{"title":"The mill","content":{"root":{"type":"root","children":[{"type":"heading","tag":"h2","children":[{"type":"text","text":"The night"}]},{"type":"paragraph","children":[{"type":"text","text":"The mill of "},{"type":"text","text":"Ostmar"},{"type":"linebreak"},{"type":"text","text":"Burnt again."}]}]}}}`,
		"title=The mill;# The night;| The mill of Ostmar;| Burnt again.",
	},
	{
		"editor's document", `{"title":"The mill","content":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"The "},{"type":"text","marks":[{"type":"bold"}],"text":"mill"},{"type":"text","text":" burnt."}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"The wheel"}]}]}]}]}}`,
		"title=The mill;| The mill burnt.;* The wheel",
	},
	{
		"editor's children", `{"title":"The mill","body":[{"type":"paragraph","children":[{"text":"The "},{"text":"mill","bold":true},{"type":"link","url":"x","children":[{"text":" burnt"}]},{"text":"."}]}]}`,
		"title=The mill;| The mill burnt.",
	},
	{
		"portable text", `{"title":"The mill","body":[{"_type":"block","style":"h2","children":[{"_type":"span","text":"The night"}]},{"_type":"block","style":"normal","children":[{"_type":"span","text":"The "},{"_type":"span","marks":["em"],"text":"mill"},{"_type":"span","text":" burnt."}]},{"_type":"block","listItem":"bullet","children":[{"_type":"span","text":"The wheel"}]}]}`,
		"title=The mill;# The night;| The mill burnt.;* The wheel",
	},
	{
		"post of a network", `[{"id":"1","created_at":"2025-05-02T10:00:00Z","content":"<p>The mill burnt.</p>","url":"https://m.example/1","account":{"username":"ada","display_name":"Ada Holm"},"language":"en"}]`,
		"id=1;author=Ada Holm;url=https://m.example/1;published=2025-05-02T10:00:00Z;language=en;| The mill burnt.",
	},
	{"pages of a wiki", `{"batchcomplete":"","query":{"pages":{"12":{"pageid":12,"ns":0,"title":"Ostmar","extract":"Ostmar is a town."}}}}`, "id=12;title=Ostmar;| Ostmar is a town."},
}

// tables are tables as people name their columns.
var tables = []struct{ name, in, want string }{
	{
		"usual", "headline,body,published,journalist,link,outlet\nThe mill,The mill burnt.,2 May 2025,Ada Holm,https://c.example/1,Courier\n",
		"title=The mill;publisher=Courier;author=Ada Holm;url=https://c.example/1;published=2 May 2025;| The mill burnt.",
	},
	{
		"several words", "Headline;Article Body;Date Published;By;Web Address;News Source\nThe mill;The mill burnt.;2 May 2025;Ada Holm;https://c.example/1;Courier\n",
		"title=The mill;publisher=Courier;author=Ada Holm;url=https://c.example/1;published=2 May 2025;| The mill burnt.",
	},
	{
		"library", "Title,Full Text,Publication Date,Authors,Publication title,Document URL,Abstract\nThe mill,The mill burnt.,2 May 2025,Ada Holm,Courier,https://c.example/1,x\n",
		"title=The mill;publisher=Courier;author=Ada Holm;url=https://c.example/1;published=2 May 2025;| The mill burnt.",
	},
	{
		"blog", "post_title,post_content,post_date,post_author,post_status,post_name\nThe mill,<p>The mill burnt.</p>,2025-05-02 10:00:00,Ada Holm,publish,the-mill\nB,<p>It fell.</p>,2025-05-02,Ada Holm,draft,b\n",
		"title=The mill;author=Ada Holm;published=2025-05-02 10:00:00;| The mill burnt.;title=B;author=Ada Holm;published=2025-05-02;| It fell.;! is a draft",
	},
	{
		"set of data", "news_headline,news_content,time_published,reporter_name\nThe mill,The mill burnt.,2025-05-02,Ada Holm\n",
		"title=The mill;author=Ada Holm;published=2025-05-02;| The mill burnt.",
	},
	{
		"archive", "stories_id,publish_date,title,url,language,media_name,media_url,story_text\n1,2025-05-02,The mill,https://c.example/1,en,Courier,c.example,The mill burnt.\n",
		"id=1;title=The mill;publisher=Courier;url=https://c.example/1;published=2025-05-02;language=en;| The mill burnt.",
	},
	{
		"German", "Überschrift;Artikeltext;Erscheinungsdatum;Autorin;Medium\nDie Mühle;Die Mühle brannte.;2.5.2025;Ada Holm;Kurier\n",
		"title=Die Mühle;publisher=Kurier;author=Ada Holm;published=2.5.2025;| Die Mühle brannte.",
	},
	{
		"French", "Titre;Texte;Date de parution;Journaliste;Média\nLe moulin;Le moulin a brûlé.;2/5/2025;Ada Holm;Courrier\n",
		"title=Le moulin;publisher=Courrier;author=Ada Holm;published=2/5/2025;| Le moulin a brûlé.",
	},
}

func TestExports(t *testing.T) {
	t.Parallel()
	for _, c := range exports {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			compareRecords(t, ReadJSON, c.in, c.want)
		})
	}
	for _, c := range tables {
		t.Run("table, "+c.name, func(t *testing.T) {
			t.Parallel()
			compareRecords(t, ReadCSV, c.in, c.want)
		})
	}
}

func compareRecords(t *testing.T, read func(*limit.Meter, string) ([]*document.Document, []document.Note, error), in, want string) {
	t.Helper()
	docs, notes, err := read(limit.New(t.Context(), limit.Limits{}), in)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		seen := map[document.Field]string{}
		for _, s := range d.Statements {
			if from, ok := seen[s.Field]; ok && (s.Field != document.Author || from != s.From) {
				continue
			}
			seen[s.Field] = s.From
			got = append(got, string(s.Field)+"="+s.Value)
		}
		for _, b := range d.Blocks {
			got = append(got, [...]string{"| ", "# ", "* ", "= ", "` "}[b.Kind]+b.Text)
		}
		if d.Doubt != "" {
			got = append(got, "? "+d.Doubt)
		}
		if d.Refused != "" {
			got = append(got, "! "+d.Refused)
		}
		for _, n := range d.Warnings {
			got = append(got, "note "+n.Reason)
		}
	}
	if !strings.Contains(want, "note ") {
		notes = nil
	}
	for _, n := range notes {
		got = append(got, "note "+n.Reason)
	}
	if got := strings.Join(got, ";"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
