package dev.strangler.cli.catalogue;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The words of a piece of HTML. Markup, scripts and styles are left behind, so that nothing of it can ever run. */
final class PlainText implements NodeVisitor {

    private static final String BREAKS = "br,p,div,li,tr,ul,ol,table,blockquote,h1,h2,h3,h4,h5,h6";

    private final StringBuilder text = new StringBuilder();

    private PlainText() {}

    static String of(String html) {
        var body = Jsoup.parseBodyFragment(html).body();
        body.select("script,style,template,noscript,iframe,object").remove();
        var words = new PlainText();
        body.traverse(words);
        return words.text
                .toString()
                .replaceAll("[ \\t\\x0B\\f\\r\\u00a0]+", " ")
                .replaceAll(" ?\n ?", "\n")
                .replaceAll("\n{2,}", "\n")
                .strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            text.append(words.getWholeText().replace('\n', ' '));
        } else if (breaks(node)) {
            text.append('\n');
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (breaks(node)) {
            text.append('\n');
        }
    }

    private static boolean breaks(Node node) {
        return node instanceof Element element && element.is(BREAKS);
    }
}
