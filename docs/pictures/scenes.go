package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"parley/bot/discord/discordtest"
)

// scene is what one picture shows.
type scene struct {
	Name     string  `json:"name"` // of the file
	Messages []shown `json:"messages"`
}

// shown is a message and what Discord writes above it.
type shown struct {
	Used    string          `json:"used,omitempty"`  // the command that the message answers
	By      string          `json:"by,omitempty"`    // who used it
	Under   string          `json:"under,omitempty"` // the message whose button was pressed, when there was one
	Private bool            `json:"private"`         // only who asked sees it
	Message json.RawMessage `json:"message"`         // as Discord's API gives it
}

// said is a message of a person.
func said(m discordtest.Message) shown { return shown{Message: m.Raw} }

// answered is the bot's message to a command.
func answered(m discordtest.Message, by *discordtest.User, used string) shown {
	return shown{Used: used, By: by.Name, Private: m.Ephemeral, Message: m.Raw}
}

// play makes all scenes.
func play(ctx context.Context, dir string) ([]scene, error) {
	program, err := build(ctx, dir)
	if err != nil {
		return nil, err
	}
	var scenes []scene
	show := func(name string, messages ...shown) { scenes = append(scenes, scene{name, messages}) }

	err = perform(ctx, program, filepath.Join(dir, "questions"), "", func(s *stage) { questions(s, show) })
	if err != nil {
		return nil, err
	}
	articles := filepath.Join(dir, "articles")
	if err := before(articles); err != nil {
		return nil, err
	}
	var changed error
	err = perform(ctx, program, filepath.Join(dir, "managing"), articles, func(s *stage) {
		if changed = after(articles); changed == nil {
			managing(s, show)
		}
	})
	if err == nil {
		err = changed
	}
	return scenes, err
}

// questions are asked about the built-in articles.
func questions(s *stage, show func(string, ...shown)) {
	reader, c := s.User("reader"), s.Channel("general")
	ask := func(question string) discordtest.Message {
		return reader.Slash(c, "ask", discordtest.Args{"question": question}).Final(s.ctx)
	}
	answer := ask("Who met Putin?")
	show("answer", answered(answer, reader, "ask"))
	show("two-sided", answered(ask("How long did the Kremlin talks last?"), reader, "ask"))
	show("abstention", answered(ask("Who is the president of China?"), reader, "ask"))

	view := reader.Press(answer, "Sources").Final(s.ctx)
	show("sources", shown{Under: answer.Content, Private: view.Ephemeral, Message: view.Raw})

	claim := s.User("member").Say(c, "Witkoff met Putin in Moscow. The talks lasted nine hours. Zelenskyy sat at the table, too.")
	check := reader.OnMessage("Check against the articles", claim).Final(s.ctx)
	show("fact-check", said(claim), answered(check, reader, "Check against the articles"))
}

// managing is what admins do, after the articles have changed.
func managing(s *stage, show func(string, ...shown)) {
	reader, c := s.User("reader"), s.Channel("general")
	reload := s.admin.Slash(c, "corpus reload", nil).Final(s.ctx)
	show("reload", answered(reload, s.admin, "corpus reload"))
	for _, question := range []string{"Who met Putin?", "How long did the Kremlin talks last?", "Who is the president of China?"} {
		reader.Slash(c, "ask", discordtest.Args{"question": question}).Final(s.ctx)
	}
	status := s.admin.Slash(c, "corpus status", nil).Final(s.ctx)
	show("status", answered(status, s.admin, "corpus status"))
}

// talks is where the built-in articles are, from the repository's folder.
const talks = "corpus/talks"

// before writes the articles as they were: one is not there yet, one lacks its end.
func before(dir string) error {
	for _, name := range []string{"envoys-in-the-kremlin.md", "nearly-five-hours.md", "newslooks-envoy-meets-putin.md"} {
		if err := publish(dir, name, whole); err != nil {
			return err
		}
	}
	return publish(dir, "more-than-four-hours.md", func(text string) string {
		return text[:strings.LastIndex(strings.TrimSpace(text), "\n\n")] + "\n"
	})
}

// after brings them up to date, with a file that is none.
func after(dir string) error {
	for _, name := range []string{"more-than-four-hours.md", "trump-reasonably-good-meeting.md"} {
		if err := publish(dir, name, whole); err != nil {
			return err
		}
	}
	if err := os.Remove(filepath.Join(dir, "newslooks-envoy-meets-putin.md")); err != nil {
		return fmt.Errorf("remove article: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "draft.md"), nil, 0o600); err != nil {
		return fmt.Errorf("write draft: %w", err)
	}
	return nil
}

func whole(text string) string { return text }

// publish writes one of the built-in articles to a folder.
func publish(dir, name string, edit func(string) string) error {
	text, err := os.ReadFile(filepath.Join(talks, name))
	if err != nil {
		return fmt.Errorf("read article: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(edit(string(text))), 0o600); err != nil {
		return fmt.Errorf("write article: %w", err)
	}
	return nil
}
