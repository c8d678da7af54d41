// Reads a JSON document from standard input with the package that the argument names, and writes what it made of it.
'use strict';

const { text } = require('node:stream/consumers');
const { Readable } = require('node:stream');

const readers = {
  standardwebhooks: ({ secret, headers, body }) => {
    // As if it had just come, whatever clock the sender has.
    const at = Number(headers['webhook-timestamp']) * 1000;
    Date.now = () => at;
    const { Webhook } = require('standardwebhooks');
    try {
      return { event: new Webhook(secret).verify(body, headers) };
    } catch (fault) {
      return { refused: fault.message };
    }
  },

  'rss-parser': async ({ feed }) => {
    const Parser = require('rss-parser');
    const { title, feedUrl, link, items } = await new Parser().parseString(feed);
    return { title, self: feedUrl, link, items: items.map(({ id, title, link, isoDate }) => ({ id, title, link, at: isoDate })) };
  },

  feedparser: ({ feed }) => new Promise((resolve, reject) => {
    const FeedParser = require('feedparser');
    const items = [];
    const parser = Readable.from([feed]).pipe(new FeedParser());
    parser.on('error', reject);
    parser.on('data', ({ guid, title, link, date }) => items.push({ id: guid, title, link, at: date.toISOString() }));
    parser.on('end', () => resolve({ title: parser.meta.title, self: parser.meta.xmlurl, link: parser.meta.link, items }));
  }),
};

text(process.stdin)
  .then(input => readers[process.argv[2]](JSON.parse(input)))
  .then(output => process.stdout.write(JSON.stringify(output)));
