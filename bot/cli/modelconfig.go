package cli

import (
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"parley/bot"
	"parley/bot/answer"
	"parley/bot/answer/extract"
	"parley/bot/answer/factcheck"
	"parley/bot/answer/generate"
	"parley/bot/answer/suggest"
	"parley/bot/manage"
	"parley/bot/openai"
	"parley/retrieval/library"
)

// OpenAIConfig says which models to ask, over any endpoint that speaks OpenAI's
// API. Without a model nothing is asked. The key is not part of it.
type OpenAIConfig struct {
	BaseURL          string `toml:"base_url"`           // up to where /chat/completions begins
	API              string `toml:"api"`                // "openai" or "azure"
	APIVersion       string `toml:"api_version"`        // of Azure
	Model            string `toml:"model"`              // writes answers; empty quotes
	EmbeddingBaseURL string `toml:"embedding_base_url"` // of another endpoint that makes vectors; empty is base_url
	EmbeddingModel   string `toml:"embedding_model"`    // makes vectors; goes with retrieval.embedder = "endpoint"

	Dimensions     int    `toml:"dimensions"`      // of vectors; 0 is what the model gives
	DocumentPrefix string `toml:"document_prefix"` // put before texts of articles
	QueryPrefix    string `toml:"query_prefix"`    // put before questions

	AnswerSeconds int     `toml:"answer_seconds"` // that models may take for an answer
	StallSeconds  int     `toml:"stall_seconds"`  // of silence after which a request is given up
	Parallel      int     `toml:"parallel"`       // requests at a time
	PassageTokens int     `toml:"passage_tokens"` // of the articles in a prompt
	AnswerTokens  int     `toml:"answer_tokens"`  // of what the model writes
	Temperature   float64 `toml:"temperature"`

	InputPrice     float64 `toml:"input_price"`     // for a million tokens of a prompt
	OutputPrice    float64 `toml:"output_price"`    // for a million tokens that are written
	EmbeddingPrice float64 `toml:"embedding_price"` // for a million tokens to make vectors of

	TokensPerDay     int     `toml:"tokens_per_day"`      // of the bot; 0 is no limit
	UserTokensPerDay int     `toml:"user_tokens_per_day"` // of one user; 0 is no limit
	CostPerDay       float64 `toml:"cost_per_day"`        // of the bot; 0 is no limit
	KeepMinutes      int     `toml:"keep_minutes"`        // for which an answer that was written is repeated
}

func defaultOpenAI() OpenAIConfig {
	return OpenAIConfig{
		BaseURL: openai.DefaultBaseURL, API: openai.APIOpenAI,
		AnswerSeconds: int(generate.DefaultTime / time.Second), StallSeconds: int(openai.DefaultStall / time.Second),
		Parallel: openai.DefaultParallel, PassageTokens: generate.DefaultPassageTokens, AnswerTokens: generate.DefaultAnswerTokens,
		KeepMinutes: 60,
	}
}

// on reports whether a model is configured.
func (o *OpenAIConfig) on() bool { return o.Model != "" || o.EmbeddingModel != "" }

func (o *OpenAIConfig) problems() []problem {
	var out []problem
	check := func(ok bool, key string, value any, remedy string) {
		if !ok {
			out = append(out, problem{"openai." + key, fmt.Sprintf("cannot be %v", value), remedy})
		}
	}
	check(o.API == openai.APIOpenAI || o.API == openai.APIAzure, "api", fmt.Sprintf("%q", o.API), "write \"openai\" or \"azure\"")
	check(o.API == openai.APIAzure || o.APIVersion == "", "api_version", fmt.Sprintf("%q", o.APIVersion), "leave it empty, or set api = \"azure\"")
	check(strings.HasPrefix(o.BaseURL, "http://") || strings.HasPrefix(o.BaseURL, "https://"), "base_url", fmt.Sprintf("%q", o.BaseURL), "give an address such as "+openai.DefaultBaseURL+" or http://localhost:11434/v1")
	check(o.EmbeddingBaseURL == "" || strings.HasPrefix(o.EmbeddingBaseURL, "http://") || strings.HasPrefix(o.EmbeddingBaseURL, "https://"), "embedding_base_url", fmt.Sprintf("%q", o.EmbeddingBaseURL), "give an address such as http://localhost:8081/v1, or leave it empty")
	priced := o.InputPrice > 0 || o.OutputPrice > 0
	check(o.CostPerDay <= 0 || priced || !o.on(), "cost_per_day", fmt.Sprintf("%v without prices", o.CostPerDay), "set input_price and output_price, or limit tokens_per_day")
	return out
}

// The environment's names of the key of an endpoint, and of a file that holds it.
const (
	openaiKey        = "OPENAI_API_KEY"
	openaiFileKey    = "OPENAI_API_KEY_FILE" //nolint:gosec // the name of a variable, no secret
	embeddingKey     = "OPENAI_EMBEDDING_API_KEY"
	embeddingFileKey = "OPENAI_EMBEDDING_API_KEY_FILE" //nolint:gosec // the same
)

// endpoints are the clients of the configured models: one for both, or one each.
type endpoints struct {
	chat    *openai.Client // nil without a model that writes
	vectors *openai.Client // nil without a model that makes vectors
}

// all are the clients, each once.
func (e *endpoints) all() []*openai.Client {
	switch {
	case e.chat == nil && e.vectors == nil:
		return nil
	case e.chat == nil:
		return []*openai.Client{e.vectors}
	case e.vectors == nil || e.chat == e.vectors:
		return []*openai.Client{e.chat}
	}
	return []*openai.Client{e.chat, e.vectors}
}

// endpoints are the clients of the configured models. All of a command share them.
func (a *app) endpoints(cfg *Config, log *slog.Logger) (*endpoints, error) {
	if a.models != nil {
		return a.models, nil
	}
	e := &endpoints{}
	o := cfg.OpenAI
	apart := o.EmbeddingBaseURL != "" && o.EmbeddingBaseURL != o.BaseURL
	var err error
	if apart && o.EmbeddingModel != "" {
		own := o
		own.Model, own.BaseURL = "", o.EmbeddingBaseURL
		// A key is for the endpoint it was given for.
		if e.vectors, err = a.endpoint(&own, embeddingKey, embeddingFileKey, log); err != nil {
			return nil, err
		}
		o.EmbeddingModel = ""
	}
	if o.on() {
		c, err := a.endpoint(&o, openaiKey, openaiFileKey, log)
		if err != nil {
			return nil, err
		}
		if o.Model != "" {
			e.chat = c
		}
		if o.EmbeddingModel != "" {
			e.vectors = c
		}
	}
	a.models = e
	return e, nil
}

// endpoint makes a client with the key of the environment.
func (a *app) endpoint(o *OpenAIConfig, keyName, fileName string, log *slog.Logger) (*openai.Client, error) {
	key := a.env.Getenv(keyName)
	if path := a.env.Getenv(fileName); key == "" && path != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, hint(fmt.Errorf("read the key of the models: %w", err), fileName+" names the file that holds the key")
		}
		key = string(data)
	}
	c, err := openai.New(openai.Options{
		BaseURL: o.BaseURL, Key: openai.NewSecret(key), API: o.API, APIVersion: o.APIVersion,
		ChatModel: o.Model, EmbeddingModel: o.EmbeddingModel,
		Dimensions: o.Dimensions, DocumentPrefix: o.DocumentPrefix, QueryPrefix: o.QueryPrefix,
		Timeout: time.Duration(o.AnswerSeconds) * time.Second, Stall: time.Duration(o.StallSeconds) * time.Second, Parallel: o.Parallel,
		Temperature: o.Temperature, ChatInputPrice: o.InputPrice, ChatOutputPrice: o.OutputPrice, EmbeddingPrice: o.EmbeddingPrice,
		Log: log,
	})
	if err != nil {
		return nil, hint(err, "correct [openai] in the configuration, or "+keyName+" in the environment")
	}
	return c, nil
}

// engines makes engines over snapshots.
type engines struct {
	quoting func(*library.Snapshot) *extract.Engine
	model   answer.Completer // nil without one
	prompts *generate.Prompts
	options generate.Options
}

// quoter answers by quoting, checks statements and finds questions to go on with.
type quoter struct {
	*extract.Engine
	*factcheck.Checker
	*suggest.Suggester
}

// writer answers by having a model write, and does else what a quoter does.
type writer struct {
	*generate.Engine
	*factcheck.Checker
	*suggest.Suggester
}

// on makes the engine over a snapshot: one that writes where there is a model.
func (e *engines) on(s *library.Snapshot) bot.Answerer {
	quotes := e.quoting(s)
	checks := factcheck.New(quotes.Reader)
	more := suggest.New(s.Forward(), quotes)
	if e.model == nil {
		return quoter{quotes, checks, more}
	}
	return writer{generate.New(quotes, e.model, e.prompts, e.options), checks, more}
}

// version names the model and the texts that it gets: answers of another version
// may be others.
func (e *engines) version() string {
	if e.model == nil {
		return ""
	}
	return e.model.Model() + " " + e.prompts.Version()
}

// engines are those of the configuration, with what writes.
func (c *Config) engines(chat *openai.Client, log *slog.Logger) (*engines, error) {
	quoting, err := c.quoting()
	if err != nil {
		return nil, err
	}
	e := &engines{quoting: quoting}
	if chat == nil {
		return e, nil
	}
	if e.prompts, err = generate.OpenPrompts(); err != nil {
		return nil, err
	}
	e.model = chat.Completer()
	e.options = generate.Options{
		Time: time.Duration(c.OpenAI.AnswerSeconds) * time.Second, PassageTokens: c.OpenAI.PassageTokens, AnswerTokens: c.OpenAI.AnswerTokens, Log: log,
	}
	return e, nil
}

// states says how the models are, for the status; nil without any.
func (e *endpoints) states() func() []manage.Model {
	clients := e.all()
	if clients == nil {
		return nil
	}
	return func() []manage.Model {
		var out []manage.Model
		for _, c := range clients {
			out = append(out, states(c.State())...)
		}
		return out
	}
}

func states(s openai.State) []manage.Model {
	var out []manage.Model
	for _, part := range []struct {
		openai.PartState
		embeds bool
	}{{s.Chat, false}, {s.Embeddings, true}} {
		if part.Model == "" {
			continue
		}
		m := manage.Model{Name: part.Model, Embeds: part.embeds}
		if part.Breaker.Open {
			m.Down, m.Since, m.Why = true, part.Breaker.Since, part.Failure
		}
		out = append(out, m)
	}
	return out
}
