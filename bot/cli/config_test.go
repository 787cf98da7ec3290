package cli

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"

	"parley/bot"
	"parley/bot/limits"
	"parley/bot/manage"
	"parley/corpus/read"
	"parley/corpus/read/limit"
)

const example = "../../config.example.toml"

// TestExampleIsDefault guards that the example lists every key with the default
// it really has.
func TestExampleIsDefault(t *testing.T) {
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	var c Config
	if err := decodeConfig(example, data, &c); err != nil {
		t.Fatal(err)
	}
	if want := Default(); !reflect.DeepEqual(c, want) {
		t.Errorf("the example decodes to\n%+v\nthe defaults are\n%+v", c, want)
	}
	known := map[string]reflect.Type{}
	schema("", reflect.TypeFor[Config](), known)
	lines := keyLines(data)
	text := strings.Split(string(data), "\n")
	for key, kind := range known {
		if kind.Kind() == reflect.Struct {
			continue
		}
		line := lines[key]
		if line == 0 {
			t.Errorf("the example does not list %s", key)
			continue
		}
		if !strings.HasPrefix(text[line-2], "# ") {
			t.Errorf("line %d: %s has no comment above it", line, key)
		}
	}
}

// TestConfigRoundTrip guards that every key can be set: a written configuration
// reads as the same one.
func TestConfigRoundTrip(t *testing.T) {
	want := Default()
	want.Corpus.Paths = []string{"/news", "/more"}
	want.Answer.MaxSentences++
	want.Bot.AdminRoles, want.Bot.QuestionsPerUser = []string{"1", "2"}, 0
	want.Discord.Shards, want.Discord.ShardIDs = 4, []int{1, 3}
	data, err := toml.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "parley.toml")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestConfigProblems(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       []string // parts of the errors, one each, in order
	}{
		{"empty file", "", nil},
		{"byte order mark", "\ufeff[answer]\nmax_sentences = 2\n", nil},
		{"a whole number where a fraction can be", "[answer]\nthreshold = 1\n", nil},
		{"not TOML", "[answer\n", []string{"f.toml:1: "}},
		{"key given twice", "[answer]\nmax_sentences = 2\nmax_sentences = 3\n", []string{"f.toml:3: "}},
		{"unknown table", "[anwser]\nmax_sentences = 2\n", []string{"f.toml:1: anwser is not a key"}},
		{"everything at once", "x = 1\n[corpus]\npaths = \"a\"\n[answer]\nthreshold = 2.5\nmax_sentences = true\n", []string{
			"f.toml:1: x is not a key",
			"f.toml:3: corpus.paths must be a list of texts, not text",
			"f.toml:5: answer.threshold cannot be 2.5",
			"f.toml:6: answer.max_sentences must be a whole number, not true or false",
		}},
		{"a list of something else", "[corpus]\npaths = [\"a\", 1]\n", []string{"f.toml:2: corpus.paths must be a list of texts"}},
		{"shards without end", "[discord]\nshards = \"100001\"\n", []string{"f.toml:2: discord.shards must be"}},
		{"an empty path", "[corpus]\npaths = [\"a\",\n\"\"]\n", []string{"f.toml:2: corpus.paths cannot be"}},
		{"not a number", "[answer]\nthreshold = nan\n", []string{"f.toml:2: answer.threshold cannot be NaN"}},
		{"an embedder there is not", "[retrieval]\nembedder = \"bert\"\n", []string{`f.toml:2: retrieval.embedder cannot be "bert"`}},
		{"an endpoint without a model", "[retrieval]\nembedder = \"endpoint\"\n", []string{`f.toml:2: retrieval.embedder cannot be "endpoint" without`}},
		{"a model for vectors that nobody asks", "[openai]\nembedding_model = \"e5\"\n", []string{`retrieval.embedder cannot be "builtin" beside openai.embedding_model`}},
		{"an endpoint with a model", "[retrieval]\nembedder = \"endpoint\"\n[openai]\nembedding_model = \"e5\"\n", nil},
		{"vectors fitted on the articles", "[retrieval]\nembedder = \"lsa\"\n", nil},
		{"no weight at all", "[retrieval]\nwords = 0\ngrams = 0\nvectors = 0\n", []string{"f.toml:2: retrieval.words cannot be 0 beside"}},
		{"everything about the bot", "[bot]\nadmin_roles = [\"mods\"]\nadmin_users = [\"1\", \"@me\"]\nqueue = 0\nquestions_per_user = -1\nsuggestions = 4\n[store]\nretention_days = 0\n", []string{
			"f.toml:2: bot.admin_roles cannot hold \"mods\"", "f.toml:3: bot.admin_users cannot hold \"@me\"", "f.toml:4: bot.queue cannot be 0",
			"f.toml:5: bot.questions_per_user cannot be -1", "f.toml:6: bot.suggestions cannot be 4", "f.toml:8: store.retention_days cannot be 0",
		}},
		{"everything about reading, too little", "[corpus]\nmax_files = 0\nmax_total_bytes = 0\nmax_file_bytes = -1\nmax_article_bytes = 0\nmax_unpacked_bytes = 0\nmax_nodes = 0\nmax_depth = 0\nmax_memory_bytes = 1000\nmax_read_seconds = 0\n", []string{
			"f.toml:2: corpus.max_files cannot be 0", "f.toml:3: corpus.max_total_bytes", "f.toml:4: corpus.max_file_bytes cannot be -1", "f.toml:5: corpus.max_article_bytes",
			"f.toml:6: corpus.max_unpacked_bytes", "f.toml:7: corpus.max_nodes", "f.toml:8: corpus.max_depth", "f.toml:9: corpus.max_memory_bytes cannot be 1000", "f.toml:10: corpus.max_read_seconds",
		}},
		{"everything about reading, too much", "[corpus]\nmax_files = 10000000\nmax_total_bytes = 99999999999\nmax_file_bytes = 2000000000\nmax_article_bytes = 300000000\nmax_unpacked_bytes = 2000000000\nmax_nodes = 20000000\nmax_depth = 10000\nmax_memory_bytes = 5000000000\nmax_read_seconds = 3600\n", []string{
			"f.toml:2: corpus.max_files", "f.toml:3: corpus.max_total_bytes", "f.toml:4: corpus.max_file_bytes", "f.toml:5: corpus.max_article_bytes",
			"f.toml:6: corpus.max_unpacked_bytes", "f.toml:7: corpus.max_nodes", "f.toml:8: corpus.max_depth", "f.toml:9: corpus.max_memory_bytes", "f.toml:10: corpus.max_read_seconds",
		}},
		{"a value where a table belongs", "answer = 1\n[retrieval]\nwords = -1\n", []string{
			"f.toml:1: answer must be a table", "f.toml:3: retrieval.words cannot be -1",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Default()
			err := decodeConfig("f.toml", []byte(tt.file), &c)
			var all several
			if err != nil && !errors.As(err, &all) {
				all = several{err}
			}
			if len(all) != len(tt.want) {
				t.Fatalf("got %d errors, want %d: %v", len(all), len(tt.want), err)
			}
			for i, e := range all {
				if !strings.Contains(e.Error(), tt.want[i]) {
					t.Errorf("error %d: got %q, want it to say %q", i, e, tt.want[i])
				}
				var h *hinted
				if !errors.As(e, &h) || len(h.hints) == 0 {
					t.Errorf("error %d has no remedy: %v", i, e)
				}
			}
		})
	}
}

// TestCorpusOptions guards that every bound of reading reaches it.
func TestCorpusOptions(t *testing.T) {
	c := CorpusConfig{
		MaxFiles: 1, MaxTotalBytes: 2, MaxFileBytes: 3, MaxArticleBytes: 4, MaxUnpackedBytes: 5, MaxNodes: 6, MaxDepth: 7, MaxMemoryBytes: 8, MaxReadSeconds: 9,
	}
	want := read.Options{Files: 1, Bytes: 2, Limits: limit.Limits{FileBytes: 3, ArticleBytes: 4, Unpacked: 5, Nodes: 6, Depth: 7, Memory: 8, Time: 9 * time.Second}}
	if got := c.options(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestBotOptions guards that every key of the bot reaches it, and that 0 is no
// limit there.
func TestBotOptions(t *testing.T) {
	c := Default()
	c.Data, c.Store.RetentionDays = "d", 2
	c.Bot = BotConfig{
		AdminRoles: []string{"1"}, AdminUsers: []string{"2"}, ConversationMinutes: 3, QuotaMinutes: 4, QuestionsPerUser: 5,
		QuestionsPerServer: 6, AtOnce: 7, Queue: 8, RepeatSeconds: 9, GapDays: 10,
	}
	a := &app{env: Env{Getenv: noEnv}}
	got, err := a.botOptions(&c, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Engine == nil {
		t.Error("there is no engine")
	}
	got.Engine = nil
	if got.Suggest != -1 {
		t.Errorf("got %d questions to be offered for 0, which is the default", got.Suggest)
	}
	got.Suggest = 0
	want := bot.Options{
		Data: "d", Retention: 48 * time.Hour, Quiet: 3 * time.Minute, Managers: manage.Managers{Roles: []string{"1"}, Users: []string{"2"}},
		Quotas: limits.Quotas{PerUser: 5, PerChannel: -1, PerServer: 6, Window: 4 * time.Minute}, AtOnce: 7, Queue: 8, Repeat: 9 * time.Second, GapDays: 10,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestModelOptions guards that what is said of models reaches the bot.
func TestModelOptions(t *testing.T) {
	c := Default()
	c.OpenAI.Model, c.OpenAI.TokensPerDay, c.OpenAI.UserTokensPerDay, c.OpenAI.CostPerDay, c.OpenAI.KeepMinutes = "m", 1, 2, 3, 4
	a := &app{env: Env{Getenv: noEnv}}
	got, err := a.botOptions(&c, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if want := (limits.Budget{Tokens: 1, UserTokens: 2, Cost: 3}); got.Budget != want || got.Keep != 4*time.Minute || got.Writer != "m" {
		t.Errorf("got budget %+v, keep %s, engine %q", got.Budget, got.Keep, got.Writer)
	}
	if !strings.HasPrefix(got.Version, "m ") || got.Models == nil || got.AtOnce != waitingForModel {
		t.Errorf("got version %q, %d at once", got.Version, got.AtOnce)
	}
}

func TestRelativePathsCountFromTheFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "parley.toml")
	if err := os.WriteFile(file, []byte("[corpus]\npaths = [\"news\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "news"); c.Corpus.Paths[0] != want {
		t.Errorf("got %s, want %s", c.Corpus.Paths[0], want)
	}
}
