package openai

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"strings"
	"time"
	"unicode"
)

// The defaults of [Options].
const (
	// DefaultBaseURL is OpenAI's own endpoint.
	DefaultBaseURL = "https://api.openai.com/v1"

	// DefaultAPIVersion is Azure's newest version of its data plane that is no
	// preview and has structured output
	// (https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle).
	DefaultAPIVersion = "2024-10-21"

	// DefaultTimeout bounds a call with its retries, DefaultStall a silence. A
	// judgement: people wait for an answer in a chat. A model that runs on a
	// processor, or is loaded when asked, may want more.
	DefaultTimeout = 60 * time.Second
	DefaultStall   = 20 * time.Second

	// DefaultParallel is as many requests as Ollama works on at a time on its own
	// (OLLAMA_NUM_PARALLEL was 4 where memory allowed); more would queue there.
	DefaultParallel = 4

	// DefaultBatchTexts and DefaultBatchTokens bound a request for vectors. OpenAI
	// takes 2048 texts and 300,000 tokens, 8192 in each text; local servers take
	// far less, and a failed request is to cost little.
	DefaultBatchTexts  = 64
	DefaultBatchTokens = 8000

	// DefaultInputTokens is what a text to embed may have: 8192 with OpenAI's
	// models, less what an estimate may be off.
	DefaultInputTokens = 8000

	// DefaultCachedQueries is how many vectors of queries are kept: 6 MiB of those
	// with 1536 dimensions.
	DefaultCachedQueries = 1024

	// DefaultRetries is how often a request is made again. OpenAI's own clients
	// do so twice (https://github.com/openai/openai-python#retries).
	DefaultRetries = 2

	// DefaultRetryShare is how many retries and hedges there may be for each
	// request of the last minute, the ratio of Finagle's retry budgets
	// (https://twitter.github.io/finagle/guide/Clients.html#retries), and
	// DefaultRetryFloor how many there may be a minute in any case: those of one
	// call and a hedge.
	DefaultRetryShare = 0.2
	DefaultRetryFloor = DefaultRetries + 1

	// DefaultBackoff is the first wait before a request is made again, doubled for
	// each further one, with jitter: 0.5 s as in OpenAI's own clients.
	DefaultBackoff = 500 * time.Millisecond

	// The breaker opens after DefaultFailures in a row and lets one request through
	// after DefaultProbe, then after twice as long, up to DefaultProbeMax: an
	// endpoint that is back is in use again within 30 s.
	DefaultFailures = 3
	DefaultProbe    = 5 * time.Second
	DefaultProbeMax = 20 * time.Second
)

// The kinds of API.
const (
	APIOpenAI = "openai"
	APIAzure  = "azure"
)

// Options configures New. Zero fields have the defaults above.
type Options struct {
	BaseURL    string // up to where /chat/completions begins; for Azure up to /openai
	Key        Secret // none for servers that ask for none
	API        string // APIOpenAI (default) or APIAzure
	APIVersion string // Azure only

	ChatModel      string // or Azure's deployment; empty for none
	EmbeddingModel string // or Azure's deployment; empty for none

	Dimensions     int    // of vectors; 0 for what the model gives
	DocumentPrefix string // put before texts of articles, such as "search_document: "
	QueryPrefix    string // put before queries, such as "search_query: "

	Timeout  time.Duration // for one call, retries included
	Stall    time.Duration // for the first byte of an answer and between two of them
	Parallel int           // requests in flight, of chat and of embeddings each

	Temperature float64 // 0 to 2

	ChatInputPrice  float64 // for a million tokens, in whatever currency
	ChatOutputPrice float64
	EmbeddingPrice  float64

	BatchTexts    int // texts in one request for vectors
	BatchTokens   int // estimated tokens in one request for vectors
	InputTokens   int // estimated tokens in one text, which is cut to it
	CachedQueries int // vectors of queries kept; below 0 for none

	Retries    int     // of one request; below 0 for none
	RetryShare float64 // retries and hedges per request of the last minute, 0 to 1
	RetryFloor int     // retries and hedges a minute in any case; below 0 for none
	Backoff    time.Duration

	Failures int // in a row until the breaker opens
	Probe    time.Duration
	ProbeMax time.Duration

	Log *slog.Logger // default: nowhere
}

func (o Options) withDefaults() Options {
	o.BaseURL = strings.TrimRight(cmp.Or(strings.TrimSpace(o.BaseURL), DefaultBaseURL), "/")
	o.API = cmp.Or(o.API, APIOpenAI)
	if o.API == APIAzure {
		// go-openai puts /openai there.
		o.BaseURL = strings.TrimRight(strings.TrimSuffix(o.BaseURL, "/openai"), "/")
		o.APIVersion = cmp.Or(o.APIVersion, DefaultAPIVersion)
	}
	o.Key = NewSecret(strings.TrimSpace(o.Key.Reveal()))
	o.Timeout = cmp.Or(o.Timeout, DefaultTimeout)
	o.Stall = cmp.Or(o.Stall, DefaultStall)
	o.Parallel = cmp.Or(o.Parallel, DefaultParallel)
	o.BatchTexts = cmp.Or(o.BatchTexts, DefaultBatchTexts)
	o.BatchTokens = cmp.Or(o.BatchTokens, DefaultBatchTokens)
	o.InputTokens = cmp.Or(o.InputTokens, DefaultInputTokens)
	o.CachedQueries = max(cmp.Or(o.CachedQueries, DefaultCachedQueries), 0)
	o.Retries = max(cmp.Or(o.Retries, DefaultRetries), 0)
	o.RetryShare = cmp.Or(o.RetryShare, DefaultRetryShare)
	o.RetryFloor = max(cmp.Or(o.RetryFloor, DefaultRetryFloor), 0)
	o.Backoff = cmp.Or(o.Backoff, DefaultBackoff)
	o.Failures = cmp.Or(o.Failures, DefaultFailures)
	o.Probe = cmp.Or(o.Probe, DefaultProbe)
	o.ProbeMax = max(cmp.Or(o.ProbeMax, DefaultProbeMax), o.Probe)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// validate returns all that is wrong, in words that need no look at the code.
func (o *Options) validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if err := checkBaseURL(o.BaseURL); err != nil {
		errs = append(errs, err)
	}
	if strings.ContainsFunc(o.Key.Reveal(), func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII || r == 0x7f }) {
		bad("key: holds a space, a line break or a letter beyond ASCII, which no key has")
	}
	switch o.API {
	case APIOpenAI:
		if o.APIVersion != "" {
			bad("api version: is for the API %q only, not %q", APIAzure, o.API)
		}
	case APIAzure:
		if !o.Key.Set() {
			bad("key: Azure needs one")
		}
	default:
		bad("api: %q is neither %q nor %q", o.API, APIOpenAI, APIAzure)
	}
	if o.ChatModel == "" && o.EmbeddingModel == "" {
		bad("models: neither a chat model nor an embedding model is named")
	}
	for _, n := range []struct {
		name  string
		value float64
		least float64
		most  float64
	}{
		{"dimensions", float64(o.Dimensions), 0, 65536},
		{"timeout in seconds", o.Timeout.Seconds(), 0.001, 3600},
		{"stall in seconds", o.Stall.Seconds(), 0.001, 3600},
		{"parallel", float64(o.Parallel), 1, 1000},
		{"temperature", o.Temperature, 0, 2},
		{"chat input price", o.ChatInputPrice, 0, math.MaxFloat32},
		{"chat output price", o.ChatOutputPrice, 0, math.MaxFloat32},
		{"embedding price", o.EmbeddingPrice, 0, math.MaxFloat32},
		{"batch texts", float64(o.BatchTexts), 1, 2048},
		{"batch tokens", float64(o.BatchTokens), 1, 300_000},
		{"input tokens", float64(o.InputTokens), 1, 1_000_000},
		{"cached queries", float64(o.CachedQueries), 0, 1_000_000},
		{"retries", float64(o.Retries), 0, 10},
		{"retry share", o.RetryShare, 0, 1},
		{"retry floor", float64(o.RetryFloor), 0, 1000},
		{"backoff in seconds", o.Backoff.Seconds(), 0.001, 60},
		{"failures", float64(o.Failures), 1, 1000},
		{"probe in seconds", o.Probe.Seconds(), 0.001, 3600},
		{"probe max in seconds", o.ProbeMax.Seconds(), 0.001, 3600},
	} {
		if !(n.value >= n.least && n.value <= n.most) { // NaN is neither
			bad("%s: %v is not within %v and %v", n.name, n.value, n.least, n.most)
		}
	}
	return errors.Join(errs...)
}

// checkBaseURL never quotes the address, which may hold a password.
func checkBaseURL(base string) error {
	u, err := url.Parse(base)
	switch {
	case err != nil:
		return errors.New("base URL: is no URL")
	case u.Scheme != "http" && u.Scheme != "https":
		return errors.New("base URL: does not begin with http:// or https://")
	case u.Hostname() == "":
		return errors.New("base URL: names no host")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return errors.New("base URL: has a query or a fragment, which no request would keep")
	case strings.HasSuffix(u.Path, "/chat/completions") || strings.HasSuffix(u.Path, "/embeddings"):
		return errors.New("base URL: goes on too long: it ends where /chat/completions begins, most often with /v1")
	}
	return nil
}
