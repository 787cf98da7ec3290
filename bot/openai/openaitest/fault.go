package openaitest

import (
	"slices"
	"time"
)

// Fault is something that an endpoint does wrong, or does not know.
type Fault string

// Faults of the connection. [Server.Die] is another one.
const (
	BadCertificate  Fault = "certificate of an unknown authority" // Options.Faults only
	BrokenHandshake Fault = "handshake broken off"                // Options.Faults only
	Dropped         Fault = "connection closed without an answer"
)

// Faults of the answer's status.
const (
	Unauthorized  Fault = "401"
	Forbidden     Fault = "403"
	UnknownModel  Fault = "404 model"
	UnknownPath   Fault = "404 page" // of HTML, from another server
	RateLimited   Fault = "429"      // with Failure.RetryAfter
	QuotaUsedUp   Fault = "429 quota"
	InternalError Fault = "500"
	BadGateway    Fault = "502" // of HTML, from a proxy
	Unavailable   Fault = "503"
	BadRequest    Fault = "400" // without a word about what is bad
	Redirect      Fault = "302" // to another host
	PromptFilter  Fault = "400 content_filter"
	Switching     Fault = "101" // and then silence
	Says          Fault = "whatever Failure says"

	TooLongOpenAI   Fault = "context overflow, OpenAI"
	TooLongLlamaCPP Fault = "context overflow, llama.cpp"
	TooLongVLLM     Fault = "context overflow, vLLM"
	TooLongOllama   Fault = "context overflow, Ollama"
)

// Faults of the answer's body.
const (
	EmptyBody    Fault = "empty body"
	HTMLPage     Fault = "web page with 200"
	BrokenJSON   Fault = "broken JSON"
	ErrorInBody  Fault = "error with 200"
	StalledEarly Fault = "silent before the first byte"
	Slow         Fault = "late" // by Failure.Wait
	Huge         Fault = "far too large"
)

// Faults of a stream of text.
const (
	Truncated     Fault = "stream ends in the middle"
	Reset         Fault = "connection reset in the middle"
	StalledMiddle Fault = "stream silent in the middle"
	Endless       Fault = "stream without an end"
	ErrorInStream Fault = "error in the middle of the stream"
	RefusalDelta  Fault = "refusal"
	ContentFilter Fault = "content_filter"
	ToolCall      Fault = "tool call that nobody asked for"
	NoText        Fault = "stream without text"
	NoEnd         Fault = "stream kept open after its end"      // and no [DONE]
	Comments      Fault = "comments in the stream"              // harmless
	LateEnd       Fault = "a moment between [DONE] and the end" // harmless
)

// Faults of vectors.
const (
	WrongCount      Fault = "one vector too few"
	WrongDimensions Fault = "vectors of another length"
	MixedDimensions Fault = "vectors of two lengths"
	NaNVector       Fault = "vector with NaN"
	NullVector      Fault = "vector with null"
	ZeroVector      Fault = "zero vector"
	DoubleIndex     Fault = "an index twice"
	Shuffled        Fault = "vectors out of order" // harmless
	TooManyTexts    Fault = "more than 4 texts are too many"
	BadText         Fault = "500 for texts with [BadWord]"
	ZeroText        Fault = "zero vector for texts with [BadWord]"
	NullText        Fault = "null in vectors of texts with [BadWord]"
	OneText         Fault = "500 for more than one text"
	LongText        Fault = "texts with [BadWord] are too long"
)

// BadWord is in texts that some faults are about.
const BadWord = "xyzzy"

// What an endpoint may not know. It refuses it as servers do, or leaves it out.
const (
	NoUsage         Fault = "no usage"
	NoSchema        Fault = "no json_schema"
	NoObject        Fault = "no json_object"
	NoStreamOptions Fault = "no stream_options"
	NoTemperature   Fault = "no temperature"           // OpenAI's reasoning models
	NoMaxTokens     Fault = "no max_tokens"            // OpenAI's reasoning models
	NoCompletionMax Fault = "no max_completion_tokens" // older servers
	NoStreaming     Fault = "no streaming"
	NoStream        Fault = "no stream"               // it is refused
	NoSystem        Fault = "no system role"          // templates of Gemma and Mistral under vLLM
	NoSystemCrash   Fault = "500 on the system role"  // the same under llama.cpp
	NoZero          Fault = "temperature is above 0"  // text-generation-inference
	NoKeywords      Fault = "no additionalProperties" // Gemini
	NoEffort        Fault = "no reasoning_effort"
	NoDimensions    Fault = "no dimensions"
	NoBase64        Fault = "no base64" // it is refused
	OnlyFloats      Fault = "only floats"
	NoList          Fault = "no list of models"
)

// Faults are all of them, for tables that leave none out.
func Faults() []Fault {
	return []Fault{
		BadCertificate, BrokenHandshake, Dropped,
		Unauthorized, Forbidden, UnknownModel, UnknownPath, RateLimited, QuotaUsedUp, InternalError, BadGateway, Unavailable,
		BadRequest, Redirect, PromptFilter, Switching, Says, TooLongOpenAI, TooLongLlamaCPP, TooLongVLLM, TooLongOllama,
		EmptyBody, HTMLPage, BrokenJSON, ErrorInBody, StalledEarly, Slow, Huge,
		Truncated, Reset, StalledMiddle, Endless, ErrorInStream, RefusalDelta, ContentFilter, ToolCall, NoText, NoEnd, Comments, LateEnd,
		WrongCount, WrongDimensions, MixedDimensions, NaNVector, NullVector, ZeroVector, DoubleIndex, Shuffled, TooManyTexts,
		BadText, ZeroText, NullText, LongText, OneText, NoStream, NoSystem, NoSystemCrash, NoZero, NoKeywords, NoEffort,
		NoUsage, NoSchema, NoObject, NoStreamOptions, NoTemperature, NoMaxTokens, NoCompletionMax, NoStreaming, NoDimensions,
		NoBase64, OnlyFloats, NoList,
	}
}

// Failure is when a fault shows.
type Failure struct {
	Fault Fault
	On    Route // "" for any
	Times int   // how many requests; 0 for all until Calm
	After int   // how many requests go well before

	RetryAfter string        // of 429 and 503
	Wait       time.Duration // of Slow; default 100 ms

	// Of Says; by default a server that has nothing to say but 400.
	Status int
	Media  string // default "application/json"
	Body   string
}

// Fail adds a failure.
func (s *Server) Fail(f Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, &f)
}

// Calm ends all failures, but for those of the connection.
func (s *Server) Calm() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = nil
}

// failing are the failures that a request meets, and uses up.
func (s *Server) failing(on Route) troubles {
	s.mu.Lock()
	defer s.mu.Unlock()
	var now troubles
	s.failures = slices.DeleteFunc(s.failures, func(f *Failure) bool {
		switch {
		case f.On != "" && f.On != on:
			return false
		case f.After > 0:
			f.After--
			return false
		}
		now = append(now, *f)
		f.Times--
		return f.Times == 0
	})
	return now
}

// troubles are the failures of one request.
type troubles []Failure

func (t troubles) has(f Fault) bool {
	return slices.ContainsFunc(t, func(x Failure) bool { return x.Fault == f })
}

// first is the first of the faults that is there, with its details.
func (t troubles) first(faults ...Fault) (Failure, bool) {
	for _, f := range t {
		if slices.Contains(faults, f.Fault) {
			return f, true
		}
	}
	return Failure{}, false
}
