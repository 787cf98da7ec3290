package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	goopenai "github.com/sashabaranov/go-openai"

	"parley/bot/answer"
	"parley/retrieval"
)

// Report is what [Client.Probe] found.
type Report struct {
	Checks []Check
}

// OK reports whether everything works that is needed.
func (r *Report) OK() bool {
	return !slices.ContainsFunc(r.Checks, func(c Check) bool { return !c.OK })
}

// Check is what was found about one thing.
type Check struct {
	Name string // such as "key" or "chat model"
	OK   bool   // works, maybe not as well as it could
	Says string // in one line
	Hint string // what to do; may be there beside OK
}

// Probe tries each part of the endpoint, for a few tokens: whether it can be
// reached and takes the key, whether its models are there and answer, whether it
// streams, says what it has used and keeps to a schema, and what vectors it
// makes. What builds on something broken is left out.
func (c *Client) Probe(ctx context.Context) Report {
	o := c.options
	o.Retries, o.Failures = 0, 1000 // what is there now is wanted, in one go
	p := &probing{options: &o}
	api := goopenai.NewClientWithConfig(c.config())
	if !p.reach(ctx, api) {
		return p.report
	}
	if o.ChatModel != "" {
		completer := newCompleter(api, &o)
		p.chat(ctx, completer)
		c.completer.dispatcher.book(completer.dispatcher.state("").Usage)
		c.completer.traits.update(completer.traits.get().merge)
	}
	if o.EmbeddingModel != "" {
		embedder := newEmbedder(api, &o)
		p.embed(ctx, embedder)
		c.embedder.dispatcher.book(embedder.dispatcher.state("").Usage)
	}
	return p.report
}

// probing is a probe under way.
type probing struct {
	options *Options
	report  Report
	models  []string // that the endpoint lists
	keyed   bool     // the key's check is in the report
}

func (p *probing) add(name string, ok bool, says, hint string) {
	p.report.Checks = append(p.report.Checks, Check{Name: name, OK: ok, Says: says, Hint: hint})
}

// fail adds an error.
func (p *probing) fail(name string, err error) {
	if e, ok := errors.AsType[*Error](err); ok {
		p.add(name, false, e.Error(), e.Hint())
		return
	}
	p.add(name, false, err.Error(), "try again")
}

// reach asks for the list of models, which few servers do not have. It reports
// whether the endpoint can be reached.
func (p *probing) reach(ctx context.Context, api *goopenai.Client) bool {
	ctx, cancel := context.WithTimeout(ctx, p.options.Timeout)
	defer cancel()
	list, err := api.ListModels(withExchange(ctx, &exchange{part: partModels, want: aListing, limit: maxListing}))
	for _, m := range list.Models {
		p.models = append(p.models, m.ID)
	}
	e, ok := errors.AsType[*Error](err)
	if err != nil && (!ok || e.Status == 0 && e.Kind != KindProtocol) {
		p.fail("endpoint", err)
		return false
	}
	p.add("endpoint", true, "can be reached", p.exposed())
	return true
}

// exposed warns of a key that travels in the clear.
func (p *probing) exposed() string {
	if p.options.Key.Set() && strings.HasPrefix(p.options.BaseURL, "http://") && !loopback(p.options.BaseURL) {
		return "the key goes over the network unencrypted: use https:// if the endpoint has it"
	}
	return ""
}

// key says once whether the key is accepted, going by the first request that
// needs it: lists of models are often public. It reports whether to go on.
func (p *probing) key(err error) bool {
	e, ok := errors.AsType[*Error](err)
	refused := ok && e.Kind == KindAuth
	if p.keyed {
		return !refused
	}
	switch {
	case refused && !p.options.Key.Set():
		p.add("key", false, "the endpoint asks for a key, and none is set", "set OPENAI_API_KEY")
	case refused:
		p.fail("key", err)
	case ok && e.Status == 0: // nothing is known of it
		return true
	case p.options.Key.Set():
		p.add("key", true, "is accepted", "")
	default:
		p.add("key", true, "none is set, and none is asked for", "")
	}
	p.keyed = true
	return !refused
}

// model says whether a model is there. It reports whether to go on.
func (p *probing) model(name, model string, err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Kind != KindModel {
		if err == nil {
			p.add(name, true, model+" is there", "")
		}
		return true
	}
	hint := e.Hint()
	switch likes := near(model, p.models); {
	case slices.Contains(p.models, model): // listed, and yet not there
	case len(likes) > 0:
		hint = "did you mean " + strings.Join(likes, " or ") + "?"
	case len(p.models) == 0:
		hint = "see that the base URL ends where /chat/completions begins, most often with /v1, and that the model's name is right"
	default:
		hint = "the endpoint lists " + strings.Join(p.models[:min(len(p.models), nearNames)], ", ") + and(len(p.models)-nearNames)
	}
	p.add(name, false, e.Error(), hint)
	return false
}

func and(more int) string {
	if more <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", more)
}

// probeTokens bounds an answer to a probe: models that reason first need some.
const probeTokens = 1024

// chat tries the chat model.
func (p *probing) chat(ctx context.Context, c *Completer) {
	began := time.Now()
	first, pieces := time.Duration(0), 0
	ask := answer.Prompt{Messages: []answer.Turn{{Role: userRole, Text: "Count from one to twenty in words, separated by spaces."}}, MaxTokens: probeTokens}
	done, err := c.Complete(ctx, ask, func(string) error {
		if pieces++; pieces == 1 {
			first = time.Since(began)
		}
		return nil
	})
	if !p.key(err) || !p.model("chat model", c.model, err) {
		return
	}
	switch {
	case err != nil:
		p.fail("chat", err)
		return
	case done.Finish == answer.Refused:
		p.add("chat", false, "refuses to count to twenty", "use another model, or loosen the endpoint's filter")
		return
	case pieces == 0:
		p.add("chat", false, fmt.Sprintf("writes nothing within %d tokens", probeTokens), "use a model that reasons less")
		return
	}
	p.add("chat", true, fmt.Sprintf("answers, the first text after %v, all of it after %v", round(first), round(time.Since(began))), "")
	if pieces > 1 {
		p.add("stream", true, fmt.Sprintf("comes in %d pieces", pieces), "")
	} else {
		p.add("stream", true, "comes in one piece: people see an answer only once it is complete", "switch streaming on at the endpoint or the proxy before it")
	}
	if done.Usage.Estimated {
		p.add("usage", true, "is not reported: tokens and cost are estimated", "")
	} else {
		p.add("usage", true, fmt.Sprintf("is reported: %d + %d tokens", done.Usage.PromptTokens, done.Usage.CompletionTokens), "")
	}
	p.schema(ctx, c)
}

// schema tries how far the chat model is held to a schema.
func (p *probing) schema(ctx context.Context, c *Completer) {
	const name = "structured output"
	// The words do not ask for JSON of this form: only the schema does.
	ask := answer.Prompt{
		System:    "You answer in JSON.",
		Messages:  []answer.Turn{{Role: userRole, Text: "What is the capital of France?"}},
		MaxTokens: probeTokens,
		Schema: &answer.Schema{Name: "probe", JSON: json.RawMessage(
			`{"type":"object","properties":{"probe_town":{"type":"string"}},"required":["probe_town"],"additionalProperties":false}`)},
	}
	var text strings.Builder
	_, err := c.Complete(ctx, ask, func(piece string) error {
		text.WriteString(piece)
		return nil
	})
	if err != nil {
		p.fail(name, err)
		return
	}
	var got map[string]any
	if lacks := c.traits.get().lacks(); len(lacks) > 0 {
		p.add("requests", true, "are made without "+strings.Join(lacks, ", ")+": the endpoint refuses them with it", "")
	}
	parsed := json.Unmarshal([]byte(text.String()), &got) == nil
	_, kept := got["probe_town"].(string)
	const weaker = "a newer server, or another model, would be held to the form of an answer"
	switch format := c.traits.get()[traitFormat]; {
	case format == formatSchema && kept:
		p.add(name, true, "json_schema: answers keep to their form", "")
	case format == formatSchema:
		p.add(name, true, "json_schema is taken and not kept to: the prompt alone asks for the form", weaker)
	case format == formatObject && parsed:
		p.add(name, true, "json_object: answers are JSON, the prompt asks for its form", weaker)
	default:
		p.add(name, true, "none: the prompt alone asks for the form", weaker)
	}
}

// embed tries the embedding model.
func (p *probing) embed(ctx context.Context, e *Embedder) {
	began := time.Now()
	vecs, err := e.Embed(ctx, retrieval.Document, []string{"The talks lasted five hours.", "Bread is baked from flour."})
	if !p.key(err) || !p.model("embedding model", p.options.EmbeddingModel, err) {
		return
	}
	got := e.given.get()
	wanted := p.options.Dimensions
	if got > 0 && wanted > 0 && got != wanted {
		hint := fmt.Sprintf("set dimensions to %d, or to 0 for whatever the model gives", got)
		p.add("embeddings", true, "are made", "")
		p.add("dimensions", false, fmt.Sprintf("are %d, and %d are configured", got, wanted), hint)
		return
	}
	if err != nil {
		p.fail("embeddings", err)
		return
	}
	p.add("embeddings", true, fmt.Sprintf("two texts take %v", round(time.Since(began))), "")
	says := fmt.Sprintf("are %d, as the model gives", len(vecs[0]))
	if wanted > 0 {
		says = fmt.Sprintf("are %d, as configured", len(vecs[0]))
	}
	p.add("dimensions", true, says, "")
}

func round(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(100 * time.Millisecond)
	}
	return max(d.Round(time.Millisecond), time.Millisecond)
}
