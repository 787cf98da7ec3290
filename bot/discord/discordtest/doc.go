// Package discordtest is a local Discord: REST and gateway over real HTTP and
// websocket on one loopback port, good enough that an unmodified bot runs on
// it, and strict: every breach of Discord's rules by the bot fails the test.
//
//	d := discordtest.New(t, discordtest.Options{})        // bot's api_url: d.URL(), token: d.Token()
//	u, ch := d.User("user1").Speaks("de"), d.Channel("general")
//	d.AwaitReady(ctx, 1)                                  // connected, commands registered
//	it := u.Slash(ch, "ask", discordtest.Args{"question": "…"})  // "corpus reload" for subcommands
//	msg := it.Final(ctx)                                  // rests for Options.Settle; it.Until, it.Followups, it.Acked
//	it2 := u.Press(msg, "Sources")                        // by label or custom_id; u.Select
//	it3 := u.Submit(it2, map[string]string{"Reason": "…"})     // the form that it2 opened; it2.Modal(ctx)
//	u.Autocomplete(ch, "ask", "article", args).Choices(ctx)
//	u.OnMessage("Check against the articles", said)       // message command
//	said := u.Say(d.DM(u), "…"); d.ReplyTo(ctx, said)     // u.Reply(to, text, ping), d.Mention()
//	u.Slash(ch, "corpus reload", nil, discordtest.Forged())    // also Dead() = 10062, Taken() = 40060
//	d.VisibleTo(u, ch); d.SeenBy("secret")                // who can read what, edits and deletions included
//	d.DropGateway(4000); d.Op7(); d.Op7First(1); d.InvalidSession(false); d.RefuseSessions(false)
//	d.WithholdAcks(true); d.Silence(true); d.AskHeartbeat(); d.NewProcess(); d.Advance(15 * time.Minute)
//	d.Fault(discordtest.Fault{Method: "PATCH", Path: "/webhooks/**", Times: 3, Status: 502}); d.Storm429(…); d.Calm()
//	discordtest.Quantile(d.Latencies(), 0.99); d.Requests(); d.Count("POST", "/channels/*/messages"); d.Statuses()
//	d.Allow(discordtest.RuleLate); d.Caught(rule); d.Violations()
//
// What is checked: every body against Discord's OpenAPI file where that is
// there (Options.Spec), the rules that the file does not hold (rules*.go), the
// order and time of acknowledgements (callback.go), rights (permission.go),
// rate limits (ratelimit.go) and the gateway's rules (gateway.go, session.go).
// Beyond Discord's own rules, each send and each edit must carry
// allowed_mentions {"parse": []}, and nobody may be pinged.
//
// What is not there: voice, reactions, webhooks other than those of
// interactions, interactions over HTTP, and compression of the whole stream.
package discordtest
