package discord

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"github.com/bwmarrin/discordgo"

	"parley/bot/discord/gateway"
)

// intents are what the bot must hear besides interactions, which need none:
// messages that mention it, and direct messages. Neither is privileged.
const intents = discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// handshakeTimeout bounds the websocket's handshake. A judgement.
const handshakeTimeout = 15 * time.Second

var _ gateway.Session = (*discordgo.Session)(nil)

// bare makes a session of discordgo that does nothing by itself: it does not
// reconnect, wait, repeat, or keep what it hears.
func bare(token string, client *http.Client) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("make discord session: %w", err)
	}
	s.Client = client
	s.UserAgent = "DiscordBot (parley, 1)"
	s.LogLevel = -1 // it would write to standard error, tokens in addresses included
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.StateEnabled = false
	s.Compress = false // the line reads along
	s.Identify.Compress = false
	s.Identify.Intents = intents
	s.Identify.Properties = discordgo.IdentifyProperties{OS: runtime.GOOS, Browser: "parley", Device: "parley"}
	// Handlers run one after the other in the reading goroutine, so that ours
	// decides what gets a goroutine. Ours never blocks.
	s.SyncEvents = true
	return s, nil
}

// event is one dispatch of the gateway, not decoded yet.
type event struct {
	name string
	data json.RawMessage
}

// sessions returns the maker of gateway sessions, whose events go to take.
// It decodes nothing itself: discordgo's types are emptied by a component of a
// type they do not know.
func sessions(token string, client *http.Client, logger *slog.Logger, take func(event)) func(gateway.Hookup) (gateway.Session, error) {
	return func(h gateway.Hookup) (gateway.Session, error) {
		s, err := bare(token, client)
		if err != nil {
			return nil, err
		}
		s.ShardID, s.ShardCount = h.Shard, h.Shards
		dialer := *s.Dialer // a copy: discordgo gives the same to all sessions
		dialer.NetDialContext, dialer.NetDialTLSContext, dialer.HandshakeTimeout = h.Dial, h.DialTLS, handshakeTimeout
		dialer.Proxy = nil // the line's business
		s.Dialer = &dialer
		s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
			// discordgo recovers nothing, and a panic here would end the process.
			defer func() {
				if p := recover(); p != nil {
					logger.Error("gateway event lost", "event", e.Type, "panic", fmt.Sprint(p))
				}
			}()
			if e.Type == "READY" {
				h.Ready()
			}
			take(event{e.Type, e.RawData})
		})
		return s, nil
	}
}
