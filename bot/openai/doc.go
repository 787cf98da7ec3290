// Package openai is parley's client of endpoints that speak OpenAI's API: OpenAI
// itself, Azure OpenAI, Ollama, the llama.cpp server, vLLM, LM Studio and others.
//
// A [Client] is one endpoint. Its [Completer] has a model write, its [Embedder]
// has one make vectors; each is nil unless a model is configured for it. Both go
// through a dispatcher of their own (dispatcher.go: slots, breaker, retries and
// their budget) and down to one transport (transport.go), which sends what
// go-openai has built. What an endpoint does not know (a schema, a parameter, an
// encoding, so many texts) is found out by asking and remembered (traits.go,
// batch.go). [Client.State] says how an endpoint is doing, [Client.Probe] tries all
// of it.
//
// go-openai builds the requests and their addresses and frames the streams. What
// it does not do is done below it, in the transport, before it sees an answer:
//
//   - It reads lines, error bodies and answers of any length: the transport caps them.
//   - Its errors hold whole bodies, and a body that is no JSON object under
//     "error" is lost as a message: the transport makes an [Error] of every status.
//   - A page of HTML with status 200 and a stream that breaks off both read as
//     the end of a stream: the transport takes a stream for ended by [DONE] alone.
//   - An error in the middle of a stream is noticed in one spelling of it, and
//     once the line after it has come: the transport looks for it in every event.
//   - Comment lines pile up and count as empty messages: the transport drops them.
//   - A vector is read in the one encoding that was asked for, null as 0: the
//     transport takes both encodings, and numbers only.
//   - A temperature of 0 is left out, which asks for 1: the transport puts it in.
//   - Azure's deployments lose the dots and colons of their names, and names are
//     put into addresses as they are: they are escaped before.
//   - Redirects turn a POST into a GET and take the api-key header to any host:
//     the transport follows none.
//   - Requests wait as long as the other side likes: the transport cuts a silence.
package openai
