package clean

import (
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
)

// What pages add around reports, told by what a line says. Every pattern is
// about a whole line; none looks inside a paragraph, so that a sentence of a
// report that speaks of cookies or newsletters stays.

// maxFurnitureBytes is the length of a line above which it is not looked at:
// the longest prompts and copyright notices stay under it.
const maxFurnitureBytes = 420

// The patterns match lines in lower case without the marks around them.
var (
	commentForm = text.Pattern(`^(leave an? (reply|comment|response)( to .*)?|(post|add|write) (a )?comment|cancel reply|your email address will not be published.*|required fields are marked.*|save my name, email.*|notify me of .*|((view|show|load|see|read) )?(all )?\(?\d*\)? ?comments?( ?\(\d+\))?|no comments( yet)?|be the first to (comment|reply|review|rate|share).*|comments? (are|is) (closed|off|disabled).*|you must be (logged|signed) in.*|(log|sign) ?in to (comment|reply|leave|post).*|join the (conversation|discussion)( below)?|this site uses akismet.*|learn how your comment data.*|have your say|report (this )?(comment|ad))$`)

	rating = text.Pattern(`^(how useful was th.*|click on a star.*|average rating.*|vote count.*|no votes so far.*|rate this( \w+)?|submit rating|we are sorry that this \w+ was not useful.*|let us improve this .*|tell us how we can improve.*|as you found this \w+ useful.*|(was|did you find) this (article|post|page|story|content)?.{0,15}(helpful|useful|interesting).*|\d(\.\d)? ?(/|out of) ?5( stars?)?( \(?\d+ (votes?|ratings?|reviews?)\)?)?)$`)

	sharePrompt = text.Pattern(`^(share|tweet|pin|forward)( (this|it|the|on|via|to|with|by|article|story|post|page)\b.{0,60})?$|^(copy link|copy url|link copied.*|copied|share options|share full article|\d* ?shares?|gift (this )?article|save (article|story|for later)|print (this )?(article|page|story)?|email (this )?(article|page|story)?|bookmark( this)?.*)$`)

	subscribe = text.Pattern(`^(sign up (for|to|here|now|today)( (our|the|free|get|receive|daily|a|here|now)\b.*)?|(sign up|subscribe|register)( (now|today|here|free|to|for)\b.*)?|get (the latest|our|breaking|more|all the|unlimited|full)\b.*(news|newsletters?|inbox|alerts?|emails?|access|updates?|stories|headlines)\b.*|.{0,60}\b(delivered|straight|direct|right)( directly| straight)? to your inbox.*|(follow|find|like|join) us\b.*|follow .{1,40} on (x|twitter|facebook|instagram|telegram|whatsapp|linkedin|youtube|threads|bluesky|google news|social media)\b.*|download (our|the) .*app.*|(support|fund) (our|independent|quality|public) journalism.*|support the .{1,30}|free (daily|weekly|e-?mail) newsletter.*|follow .{1,60} coverage (of|at|on) .*|(become|already) an? (member|subscriber|supporter).*|enter your e-?mail.*|stay (informed|connected|up to date|up-to-date|in the know).*(newsletter|subscri|follow|sign|notification).*|newsletters?( sign ?up)?|daily (newsletter|briefing|digest)|donate( now)?|push notifications?.*|enable notifications.*|thank(s| you) for (reading|subscribing|signing|your interest).*|make us (a )?preferred.*|add .{1,40} as a preferred source.*|join (our|the) .*(channel|newsletter|group|community|list)\b.*)$`)

	related = text.Pattern(`^((read|see|watch|listen|view|also|related|recommended|must read|more|explore|don.?t miss|up next|video|in pictures) ?(more|also|next|now|related|read|live|here)?:.{3,}|(also read|read also|see also|read (more|next)|read (the )?(full|original) (story|article|report|text|piece|interview).*|related|related (articles?|stories|story|posts?|news|topics?|content|coverage|reading|links?|items|videos?)|more (on|from|about|in|stories|news|like|coverage|headlines|top)( .*)?|recommended( (for you|stories|articles|reading|by .*))?|you (may|might|will|could) (also )?(like|love|enjoy|be interested in|have missed)( this)?|(most|top|also) (read|popular|viewed|shared|commented|stories|discussed|watched)( .{0,20})?|trending( (now|topics|stories|news|on .*))?|popular( (now|posts|stories|articles))?|(the )?(latest|recent|top|breaking|more|other|all|world|local|today.?s)( top| breaking)? (news|stories|posts|articles|headlines|updates|videos)|latest|editor.?s.? (picks?|choice)|don.?t miss( this| it)?|up next|what to read next|(continue|keep) reading.*|in case you missed it|featured( (stories|articles|posts|videos?))?|(watch|listen)( (live|now|more|next|on .*|to this .*))?|click here.*|tap here.*|learn more|find out more|see more|show more|load more.*|view (all|more).*|read (full )?article|from (the|our) (archives?|partners?)|around the web|partner (content|stories)|suggested (reading|for you|articles)|explore (more|topics?)))$`)

	navigation = text.Pattern(`^(menu|main menu|more menu|save|saved|reuse this content|published|updated|.{0,40}back to home( ?page)?|skip past .*|after newsletter promotion|toggle (menu|navigation)|navigation|main navigation|home|homepage|search( .{0,25})?|close( menu)?|open( menu| navigation)?|skip to( main)? (content|navigation).*|jump to .{1,30}|(back|return|scroll) to (the )?top|top|log ?in|log ?out|sign in|sign out|my account|account|register|contact( us)?|about( us)?|advertise( with us)?|careers|site ?map|rss( feed)?|e-?paper|podcasts?|tags?|tagged( with)?|categor(y|ies)|topics?|sections?|filed under|posted in|print|share|comments?|reply|email|e-?mail|name|website|submit|send|next|previous|prev|back|more|options|settings|language|english|edition|all|pages?:? ?\d*|page \d+ of \d+|\d+ of \d+|play( video)?|pause|mute|unmute|video player is loading.*|audio player is loading.*|your browser does not support.*|please enable javascript.*|javascript is (disabled|required).*|(listen|\d+) ?(\d+)? ?(-|–)? ?min(ute)?s?( read| listen)?|(reading time|estimated reading time|est\. reading time):?.*|\d+ ?(sec|seconds?|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?) (ago|read)|listen to this (article|story)( .*)?|(this )?article (is )?(more than|was published) .* (ago|old)|\d+ views?|views?:? ?[\d,.]+k?)$`)

	legal = text.Pattern(`^((©|\(c\)|copyright)[ ©]*(\(c\) ?)?((19|20)\d\d\b.*|.{0,80}(all rights reserved|inc|ltd|llc)\b.*)|©.*|(.{0,120}[ .©])?all rights? reserved\.?( .{0,120})?|.*\b(may|must|can) ?not be (re)?(published|produced|broadcast|rewritten|redistributed|printed|copied|used without)\b.*(material|permission|consent|content|redistributed|rewritten).*|(terms|conditions) (of|&|and) .{3,40}|(our )?(privacy|cookies?|ad(vertising)?) (policy|notice|settings?|preferences|statement|choices|center)( .{0,60})?|(we|our partners|we and our \w+) (and our partners )?(use|value) (cookies|your privacy)\b.*|th(is|e|ese) (web)?sites? uses? cookies.*|by (continuing|using|clicking|subscribing|signing|submitting|entering|providing)\b.{0,250}\b(agree|accept|consent|acknowledge)\b.*|(accept|reject|allow|decline)( all)?( (cookies|and continue|and close))?|manage (cookies|preferences|consent|settings|options).*|our standards:.*|do not sell .*|(disclaimer|privacy notice) ?:.*|.{2,40} is not responsible for the content of external sites.*|legal notice|imprint|impressum)$`)

	advertising = text.Pattern(`^(advertisements?|advertising|adverts?|ads?|sponsored( (content|post|links?|by .*))?|promoted( (content|stories|links?|by .*))?|paid (content|post|partnership|for by .*)|(story|article|content|text) continues (below|after)( .*)?|(advertisement|ad) ?[-–—:|].{0,80}|(scroll|keep scrolling) (down )?to continue.*|remove ads|why (am i seeing )?this ad.*|report this ad|affiliate (links?|disclosure).*|we may (earn|receive) (a )?commission.*)$`)

	signOff = text.Pattern(`^\(?((additional |further )?(reporting|writing|editing|research|photography|production|compiled|edited|written|translated)( and (editing|writing|reporting|edited))? by|compiled from|with (reporting|files|agencies|inputs?|additional reporting)( from| by)?|agencies|staff and agencies|source: agencies)\b.{0,250}\)?$`)

	contributed = text.Pattern(`^.{3,160} contributed( reporting)?( to this (report|story|article))?\.?$`)

	republished = text.Pattern(`^(this|the) (article|story|post|report|piece|interview|text) (was |has been |is )?(originally |first |also |previously )*(published|republished|appeared|posted|produced|reprinted|syndicated)\b.{0,250}$`)

	agencyNote = text.Pattern(`^(this is a (developing|breaking)( news)? story\b.{0,160}|(more|further) (details|information|updates?) (to|will) follow|developing( story)?|breaking( news)?|exclusive|just in|live( updates?)?|top story|(this|the) (story|article|report|post|page) (has been|was|is being|will be) (updated|corrected|amended|edited)\b.{0,200}|correction ?:.*|editor.?s note ?:.*|what (do you think|are your thoughts).*|(have|got) (a (news )?tip|something to say|any thoughts|a story).*|(email|contact|write to) (us|the (author|reporter|editor|newsroom)).*|send (us )?(your )?(tips?|letters?|feedback|story ideas?)\b.*)$`)
)

// socialNames are the words of lines such as "Facebook Twitter WhatsApp Email".
var socialNames = text.Pattern(`^((facebook|twitter|x|whatsapp|linkedin|reddit|telegram|email|e-mail|pinterest|instagram|youtube|tiktok|messenger|threads|bluesky|mastodon|flipboard|vk|viber|line|tumblr|print|copy|link|share|more|on|via|or|and|rss|pocket|google|news|weibo|wechat|signal|snapchat|discord|sms|mail)[ |/,·•]*)+$`)

// furnitureReason says what kind of page furniture a line is, or nothing.
func furnitureReason(content string) string {
	if len(content) > maxFurnitureBytes {
		return ""
	}
	t := strings.ToLower(strings.Trim(content, " *:!.|>»›→←«‹+#[]▼▲►▶●■✓✔-–—_~=…"))
	t = strings.ReplaceAll(t, "’", "'")
	sentence := closes(content) && !strings.HasSuffix(content, ":")
	switch {
	case t == "":
		return "no text"
	case commentForm().MatchString(t):
		return "comment form"
	case rating().MatchString(t):
		return "rating"
	case legal().MatchString(t):
		return "legal notice"
	case advertising().MatchString(t):
		return "advertising"
	case subscribe().MatchString(t):
		return "subscription prompt"
	case republished().MatchString(t), agencyNote().MatchString(t):
		return "note of the editors"
	case signOff().MatchString(t) && (!sentence || strings.Contains(t, ";") || strings.HasPrefix(content, "(") || text.Words(t) <= 8):
		return "credits of the report"
	case contributed().MatchString(t) && text.Words(t) <= headlineWords && strings.Contains(t, "contributed to this"), contributed().MatchString(t) && strings.Contains(t, "contributed reporting"):
		return "credits of the report"
	case sharePrompt().MatchString(t) && !sentence, socialNames().MatchString(t) && !sentence:
		return "share prompt"
	case related().MatchString(t) && (!sentence || text.Words(t) <= 6):
		return linkLabel
	case navigation().MatchString(t) && !sentence:
		return "navigation"
	}
	return ""
}

// Reasons that say something about the lines that follow.
const (
	linkLabel   = "link to other articles"
	otherReport = "headline of another article"
)

// furniture drops the lines that furnitureReason knows.
func (c *cleaner) furniture() {
	for i := range c.lines {
		l := &c.lines[i]
		if !l.kept() || l.listed() && l.ends {
			continue
		}
		reason := furnitureReason(l.Text)
		if n := c.next(i); reason == "navigation" && l.Kind == document.Heading && n < len(c.lines) && c.lines[n].paragraph() {
			continue // a section that is called "Sections"
		}
		if reason != "" {
			c.drop(i, reason)
		}
	}
}

// pager matches the labels of links to the article before and after.
var pager = text.Pattern(`(?i)^[«‹←<\s]*(previous|prev|next|older|newer)( (article|post|story|entry|news))?s?[»›→>:\s]*$`)

// listLabel matches the labels, in lower case, that stand above a list of links.
var listLabel = text.Pattern(`^(related|more (on|from|about|in|stories|news|coverage|top)|(the )?(top|latest|recent|breaking|other|popular|trending|recommended|suggested)|most |also |you (may|might|will|could)|explore|editor|around the web|from (the|our)|in case you|what to read)`)

// promotion matches the lines around an advertisement for a newsletter that
// some pages add for screen readers.
var promotion = text.Pattern(`(?i)^(skip past|after) .{0,30}promotion$`)

// maxPromotion is how many lines such an advertisement may have.
const maxPromotion = 12

// promotions drops what stands between "skip past newsletter promotion" and
// "after newsletter promotion".
func (c *cleaner) promotions() {
	start := -1
	for i := range c.lines {
		switch content := c.lines[i].Text; {
		case !promotion().MatchString(content):
		case content[0] == 's' || content[0] == 'S':
			start = i
		case start >= 0 && i-start <= maxPromotion:
			for j := start; j <= i; j++ {
				c.drop(j, "subscription prompt")
			}
			start = -1
		}
	}
}

// neighbours drops what follows a label: the headline after "Previous Article",
// the headlines after "Related stories", and the readers' comments after a
// comment form.
func (c *cleaner) neighbours() {
	paragraphs := 0
	for i := range c.lines {
		l := &c.lines[i]
		if l.kept() && l.paragraph() {
			paragraphs++
		}
		switch {
		case pager().MatchString(l.Text):
			l.reason = "navigation"
			if n := c.next(i); n < len(c.lines) && c.lines[n].name() && c.lines[n].words <= headlineWords {
				c.drop(n, otherReport)
			}
		case l.reason == linkLabel && !strings.Contains(l.Text, ": ") && listLabel().MatchString(strings.ToLower(l.Text)):
			c.dropHeadlines(i)
		case l.reason == "comment form" && paragraphs >= 3 && strings.HasPrefix(strings.ToLower(l.Text), "leave a"):
			for j := i + 1; j < len(c.lines); j++ {
				c.drop(j, "after the comment form")
			}
			return
		}
	}
}

// dropHeadlines drops the headlines under a label, but not one that stands
// right above a paragraph: that one may be a heading of the report.
func (c *cleaner) dropHeadlines(label int) {
	for i := c.next(label); i < len(c.lines); i = c.next(i) {
		l := &c.lines[i]
		if l.ends && l.listed() || !l.name() && !l.listed() || l.words > headlineWords {
			return
		}
		if n := c.next(i); n < len(c.lines) && c.lines[n].Kind == document.Plain && c.lines[n].paragraph() {
			return
		}
		c.drop(i, otherReport)
	}
}

// formatLabel reports whether a heading names only the format of what follows
// it, alone or after a colon.
func formatLabel(content string) bool {
	if i := strings.LastIndex(content, ": "); i >= 0 {
		content = content[i+2:]
	}
	switch strings.ToLower(strings.Trim(content, " :.-–—")) {
	case "quick look", "quick looks", "deep look", "deep dive", "at a glance", "in brief", "in short", "tl;dr", "tldr", "the gist",
		"summary", "highlights", "key points", "key takeaways", "key highlights", "takeaways", "the lead", "overview",
		"full story", "the full story", "in depth", "the details", "story highlights", "what to know", "fast facts",
		"quick facts", "quick read", "long read", "top story", "main story", "article", "story", "news", "report":
		return true
	}
	return false
}
