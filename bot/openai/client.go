package openai

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	goopenai "github.com/sashabaranov/go-openai"

	"parley/bot/answer"
)

// Client is one endpoint. Its methods may be called at the same time.
type Client struct {
	options   Options
	transport *transport
	completer *Completer
	embedder  *Embedder
}

// New makes a client of an endpoint. It sends nothing.
func New(o Options) (*Client, error) {
	o = o.withDefaults()
	if err := o.validate(); err != nil {
		return nil, fmt.Errorf("configure endpoint: %w", err)
	}
	c := &Client{options: o, transport: newTransport(&o)}
	api := goopenai.NewClientWithConfig(c.config())
	if o.ChatModel != "" {
		c.completer = newCompleter(api, &o)
	}
	if o.EmbeddingModel != "" {
		c.embedder = newEmbedder(api, &o)
	}
	return c, nil
}

// config is go-openai's. It does not know the key: the transport puts it in.
func (c *Client) config() goopenai.ClientConfig {
	config := goopenai.DefaultConfig("")
	config.BaseURL = c.options.BaseURL
	config.HTTPClient = c.transport
	if c.options.API == APIAzure {
		config.APIType = goopenai.APITypeAzure
		config.APIVersion = c.options.APIVersion
		config.AzureModelMapperFunc = url.PathEscape
	}
	return config
}

// Completer has the chat model write; nil without Options.ChatModel.
func (c *Client) Completer() *Completer { return c.completer }

// Embedder has the embedding model make vectors; nil without
// Options.EmbeddingModel.
func (c *Client) Embedder() *Embedder { return c.embedder }

// String names the host. It keeps fmt from the options, whose base URL may hold a
// password.
func (c *Client) String() string {
	u, err := url.Parse(c.options.BaseURL)
	if err != nil {
		return "endpoint"
	}
	return "endpoint at " + u.Host
}

// GoString is String: the verb %#v prints no more.
func (c *Client) GoString() string { return c.String() }

// Close closes connections that no request uses. The client stays usable.
func (c *Client) Close() { c.transport.client.CloseIdleConnections() }

// State is how an endpoint is doing.
type State struct {
	Chat       PartState // zero without a chat model
	Embeddings PartState // zero without an embedding model
}

// PartState is how one part of an endpoint is doing, since the start.
type PartState struct {
	Model   string
	Breaker BreakerState
	Failure string    // the last error in a fixed sentence; empty when there was none
	Says    string    // what the endpoint said with it, or what is wrong with its answer; may be empty
	Hint    string    // what to do about it
	At      time.Time // when it was
	Left    []string  // how texts begin that could not be embedded while others could, the first ten
	Usage   answer.Usage
}

// State says how the endpoint is doing. It sends nothing.
func (c *Client) State() State {
	var s State
	if c.completer != nil {
		s.Chat = c.completer.dispatcher.state(c.options.ChatModel)
	}
	if c.embedder != nil {
		s.Embeddings = c.embedder.dispatcher.state(c.options.EmbeddingModel)
	}
	return s
}

func (d *dispatcher) state(model string) PartState {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := PartState{Model: model, Breaker: d.breaker.look(), At: d.at, Usage: d.total, Left: slices.Clone(d.left)}
	if d.failed != nil {
		s.Failure, s.Says, s.Hint = d.failed.Message(), d.failed.Detail, d.failed.Hint()
	}
	return s
}
