// Package openaitest is a local endpoint that speaks OpenAI's API over real HTTP
// on loopback, strict: every request that the API would not take fails the test.
//
//	s := openaitest.New(t, openaitest.Options{})      // base URL: s.URL(), key: s.Key()
//	s := openaitest.New(t, openaitest.Options{Chat: func(r openaitest.Request) openaitest.Script {
//		return openaitest.Script{Text: "…", Pace: 5 * time.Millisecond}
//	}})
//	s.Fail(openaitest.Failure{Fault: openaitest.RateLimited, Times: 2, RetryAfter: "1"})
//	s.Fail(openaitest.Failure{Fault: openaitest.NoSchema}) // until s.Calm()
//	s.Die(); s.Reopen()                                // on the same address
//	s.Requests(); s.Count(openaitest.Chat); s.Peak(openaitest.Embeddings)
//	s.Allow(openaitest.RuleAuth); s.Caught(openaitest.RuleAuth)
//
// Chats are answered by Options.Chat, a [Script] for each request; texts are
// embedded as bags of hashed words, so that similar texts are near each other.
// What a server may do wrong, or not know, is a [Fault].
package openaitest
